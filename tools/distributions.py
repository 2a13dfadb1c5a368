"""Builds every distribution and tries it as a user would have it: installed, not editable, outside the tree.

Three environments are made in a temporary folder:

1. everything: the core with its command line and every adapter; the demonstration's program runs there;
2. the core alone: it imports and checks, and the command says in one line what is missing;
3. the oldest versions of every dependency that the project files allow; the tests run there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import dev

CORE_ALONE = """
import sys
import almenstyring as al

report = al.check(al.empty_package("T001", al.ReportYear(2026)))
assert not report.ok, "an empty package has something in the way"
extras = {"click", "rich", "jinja2", "openpyxl", "sqlite_utils", "pytest", "hypothesis"}
assert not extras & set(sys.modules), extras & set(sys.modules)
with al.connect("memory:", actor=al.Actor("a", role="operator")) as workspace:
    assert workspace.verify().ok
print(f"{len(report)} findings in an empty package")
"""

_OF_OLDER_PYTHONS = ("deapack",) if sys.version_info < (3, 14) else ()
TEST_TOOLS = ("aiosmtpd", "ical", "pytest-xdist", "python-stdnum", "sybil", "numpy", "trustme", *_OF_OLDER_PYTHONS)
"""What only the tests need."""


MEETING_DEPENDENCIES = (
    *(f"tests/{name}" for name in ("builtin", "cli", "codec", "content", "corpus", "plugins", "testing")),
    *("tests/domain/test_calendar.py", "tests/domain/test_calendar_periods.py", "tests/test_files.py"),
)
"""The tests through which every dependency is used; the others are of the library's own code alone."""


class DistributionError(Exception):
    """What was built does not do what it promises."""


def environment(venv: Path) -> dict[str, str]:
    """What a user's shell has after activating the environment."""
    return dev.environment() | {"PATH": f"{venv / dev.SCRIPTS}{os.pathsep}/usr/bin{os.pathsep}/bin", "COLUMNS": "120"}


def run_in(venv: Path, folder: Path, *command: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run one of the environment's programs in a folder; anything but the expected status is an error."""
    words = [str(venv / dev.SCRIPTS / command[0]), *map(str, command[1:])]
    done = subprocess.run(
        words, cwd=folder, env=environment(venv), capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != status:
        line = " ".join(str(word) for word in command)
        raise DistributionError(f"exit {done.returncode}, not {status}, from: {line}\n{done.stdout}{done.stderr}")
    return done


def expect(condition: bool, message: str) -> None:
    """Raise with the message unless the condition holds."""
    if not condition:
        raise DistributionError(message)


# --- building ---------------------------------------------------------------------------------------------------------


def build(project: Path, work: Path) -> Path:
    """Build the sdist from the tree and the wheel from the unpacked sdist, so that the sdist is known to be whole."""
    target = work / "dist" / dev.distribution(project)
    dev.run_at(project, dev.PYTHON, "-m", "hatchling", "build", "-t", "sdist", "-d", target)
    archive = next(target.glob("*.tar.gz"))
    unpacked = work / "unpacked"
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked, filter="data")
    source = unpacked / archive.name.removesuffix(".tar.gz")
    expect((source / "LICENSE").is_file(), f"{archive.name} holds no LICENSE")
    dev.run_at(source, dev.PYTHON, "-m", "hatchling", "build", "-t", "wheel", "-d", target)
    return next(target.glob("*.whl"))


def make_venv(uv: Path, work: Path, name: str, requirements: Sequence[str], *options: str | Path) -> Path:
    """A clean environment with the given requirements."""
    venv = work / name
    dev.run(uv, "venv", "--quiet", "--python", sys.executable, venv)
    python = venv / dev.SCRIPTS / "python"
    dev.run(uv, "pip", "install", "--quiet", "--python", python, *options, *requirements)
    return venv


def locked_version(name: str) -> str:
    """The lock file's requirement for one package, without its hashes."""
    return next(line.split()[0] for line in dev.LOCK.read_text().splitlines() if line.startswith(f"{name}=="))


# --- the three trials -------------------------------------------------------------------------------------------------


def try_everything(uv: Path, work: Path, core: Path, adapters: Sequence[Path]) -> None:
    """The core, its command line and every adapter: help, the list of plug-ins, and the whole demonstration."""
    wheels = [f"almenstyring[cli] @ {core.as_uri()}", *map(str, adapters)]
    venv = make_venv(uv, work, "everything", wheels, "--constraint", dev.LOCK)
    folder = work / "user"
    folder.mkdir()
    home = run_in(venv, folder, "python", "-c", "import almenstyring; print(almenstyring.__file__)").stdout
    expect(str(venv) in home, f"the installed core is not the one that was imported: {home}")
    run_in(venv, folder, "almenstyring", "--help")
    plugins = run_in(venv, folder, "almenstyring", "plugins").stdout
    for adapter in dev.ADAPTERS:
        expect(adapter.name.removeprefix("almenstyring-") in plugins, f"{adapter.name} is not in:\n{plugins}")
    for part in (dev.ROOT / "examples").glob("*.py"):
        shutil.copy(part, folder)
    run_in(venv, folder, "python", "the_year.py", "--target", "result")
    for kind in ("*.db", "*.xlsx", "*.json", "*.svg", "*.png"):
        expect(any((folder / "result").rglob(kind)), f"the demonstration left no {kind}")


def try_core_alone(uv: Path, work: Path, core: Path) -> None:
    """No extra, no adapter: the library works and the command says in one line what it lacks."""
    venv = make_venv(uv, work, "core", [str(core)], "--constraint", dev.LOCK)
    print(run_in(venv, work, "python", "-W", "error", "-c", CORE_ALONE).stdout.strip())
    said = run_in(venv, work, "almenstyring", "--help", status=2).stderr
    expect(len(said.splitlines()) == 1 and "almenstyring[cli]" in said, f"not one line that helps:\n{said}")


def oldest_requirements(uv: Path, work: Path) -> Path:
    """The lowest versions that satisfy all project files, which count as direct requirements only when read so."""
    path = work / "oldest.txt"
    ours = [word for project in dev.PROJECTS for word in ("--no-emit-package", dev.distribution(project))]
    projects = [project / "pyproject.toml" for project in dev.PROJECTS]
    options = ("--quiet", "--resolution", "lowest-direct", "--all-extras", "--no-header", "--no-annotate")
    dev.run(uv, "pip", "compile", *options, "--python", sys.executable, *ours, *projects, "--output-file", path)
    print("oldest:", ", ".join(path.read_text().split()))
    return path


def try_oldest(uv: Path, work: Path, core: Path, adapters: Sequence[Path]) -> None:
    """The tests that meet them, with every declared dependency in the oldest version its project file allows."""
    tools = [locked_version(name) for name in TEST_TOOLS]  # no part of the promise
    venv = make_venv(uv, work, "oldest", tools, "-r", oldest_requirements(uv, work))
    dev.run(uv, "pip", "install", "--quiet", "--python", venv / dev.SCRIPTS / "python", "--no-deps", core, *adapters)
    folder = work / "oldest-tests"
    for tests in ("tests", *(f"adapters/{adapter.name}/tests" for adapter in dev.ADAPTERS)):
        if (dev.ROOT / tests).is_dir():
            shutil.copytree(dev.ROOT / tests, folder / tests, ignore=shutil.ignore_patterns("__pycache__", "project"))
    shutil.copy(dev.ROOT / "conftest.py", folder)
    options = ("--import-mode=importlib", "-q", "-n", "2", "-p", "no:cacheprovider", "--hypothesis-profile", "few")
    done = run_in(venv, folder, "python", "-m", "pytest", *options, *MEETING_DEPENDENCIES, "adapters")
    print(done.stdout.strip().splitlines()[-1])


def main() -> int:
    """Build, try, and tell how long each part took."""
    uv = dev.find_uv()
    if not uv:
        print("distributions needs uv", file=sys.stderr)
        return 1
    begun = time.monotonic()

    def tell(what: str) -> None:
        print(f"[{time.monotonic() - begun:5.1f} s] {what}", flush=True)

    with tempfile.TemporaryDirectory(prefix="almenstyring-") as name:
        work = Path(name).resolve()
        try:
            core, *adapters = [build(project, work) for project in dev.PROJECTS]
            tell(f"built {1 + len(adapters)} sdists, and as many wheels from them")
            try_everything(uv, work, core, adapters)
            tell("everything installed: the demonstration's program ran")
            try_core_alone(uv, work, core)
            tell("the core alone works")
            try_oldest(uv, work, core, adapters)
            tell("the oldest allowed dependencies pass the tests")
        except (DistributionError, dev.StepFailedError) as error:
            print(f"distributions: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
