"""The command line: a thin layer over the public API, in the extra ``cli``."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

INTERRUPTED = 130

MISSING_EXTRA = (
    "almenstyring: kommandolinjen kræver / the command line needs: pip install 'almenstyring[cli]' ({name} mangler)"
)


def main() -> None:
    """Run the command line; without the extra say so in one line and exit with 2."""
    _prepare_streams()
    try:
        from almenstyring.cli.app import run

        code = run(sys.argv[1:])
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich", "jinja2", "markdown_it"):
            raise
        print(MISSING_EXTRA.format(name=error.name), file=sys.stderr)
        code = 2
    except KeyboardInterrupt:  # also while the modules are loaded
        print("Afbrudt. / Interrupted.", file=sys.stderr)
        code = INTERRUPTED
    _leave_quietly()
    sys.exit(code)


def _prepare_streams() -> None:
    """UTF-8 into files and pipes whatever the machine's code page is; a terminal keeps its own and loses no run."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for the whole run
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _leave_quietly() -> None:
    """What could not be written was told already; nothing more may fail while Python ends."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
