"""Real processes for the tests of stores: children that are killed, and children that run at the same time."""

from __future__ import annotations

import os
import signal
import time
import traceback
import warnings
from collections.abc import Callable
from io import TextIOWrapper
from typing import NoReturn

import pytest

Say = Callable[[str], None]
Work = Callable[[Say], None]
"""What a child does; it tells its parent about it line by line, first of all "ready"."""

Killed = Callable[[Work, float], list[str]]
Together = Callable[..., list[list[str]]]


class Child:
    """A forked process. It starts warm, so a test can afford hundreds, and ``work`` may be any function."""

    def __init__(self, work: Work) -> None:
        heard, said = os.pipe()
        obeyed, ordered = os.pipe()
        with warnings.catch_warnings():
            # From Python 3.12 on a fork beside other threads warns; the child only runs the test's own code.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if not self.pid:
            _be_the_child(work, said, obeyed)
        os.close(said)
        os.close(obeyed)
        self._ordered = ordered
        self._heard: TextIOWrapper = os.fdopen(heard, encoding="utf-8")

    def wait_until_ready(self) -> None:
        line = self._heard.readline()
        assert line == "ready\n", line + self._heard.read()

    def start(self) -> None:
        os.write(self._ordered, b"go\n")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> tuple[list[str], int]:
        """All it said since, and how it ended: 0 or minus the signal."""
        lines = self._heard.read().splitlines()
        self._heard.close()
        os.close(self._ordered)
        _, status = os.waitpid(self.pid, 0)
        return lines, os.waitstatus_to_exitcode(status)


def _be_the_child(work: Work, said: int, obeyed: int) -> NoReturn:
    """Never return into the test: that is the parent's."""

    def say(line: str) -> None:
        os.write(said, f"{line}\n".encode())
        if line == "ready":
            os.read(obeyed, 3)

    try:
        work(say)
    except BaseException:
        say(traceback.format_exc())
        os._exit(1)
    os._exit(0)


@pytest.fixture
def killed() -> Killed:
    """Run work in a child, kill it so many seconds after it said "ready", and return what it said by then."""

    def run(work: Work, delay: float) -> list[str]:
        child = Child(work)
        child.wait_until_ready()
        child.start()
        time.sleep(delay)
        child.kill()
        lines, ending = child.end()
        assert ending == -signal.SIGKILL, lines
        return lines

    return run


@pytest.fixture
def together() -> Together:
    """Run works in children that all start when all are ready; return what each said."""

    def run(*works: Work) -> list[list[str]]:
        children = [Child(work) for work in works]
        for child in children:
            child.wait_until_ready()
        for child in children:
            child.start()
        endings = [child.end() for child in children]
        assert [code for _, code in endings] == [0] * len(works), endings
        return [lines for lines, _ in endings]

    return run
