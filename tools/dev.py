"""What a developer runs: ``python3 tools/dev.py COMMAND``, with nothing but Python 3.11 and pip.

The tools live in ``.tools`` and the environment in ``.venv``; nothing outside the tree is touched, no Python is
ever downloaded, and an environment that already fits the lock file is used as it is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
LOCK = ROOT / "requirements" / "lock.txt"
UV_LOCK = ROOT / "requirements" / "uv.txt"
ADAPTERS = tuple(sorted(path.parent for path in ROOT.glob("adapters/*/pyproject.toml")))
PROJECTS = (ROOT, *ADAPTERS)
PYTHON = str(VENV / SCRIPTS / "python")
LINTED = ("src", "adapters", "tests", "examples", "benchmarks", "tools", "docs")


class StepFailedError(Exception):
    """A command that the work needs did not succeed."""


def environment() -> dict[str, str]:
    """The caller's environment without what would make the work differ from machine to machine."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    path = os.pathsep.join([str(VENV / SCRIPTS), kept.get("PATH", "")])
    return kept | {"UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PATH": path}


def run(*command: str | Path, **variables: str) -> None:
    """Run a command in the root of the tree, with ``variables`` in its environment; its output goes where ours goes."""
    run_at(ROOT, *command, **variables)


def run_at(folder: Path, *command: str | Path, **variables: str) -> None:
    """The same in another folder."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    try:
        status = subprocess.run(words, cwd=folder, env=environment() | variables, check=False).returncode
    except OSError as error:
        raise StepFailedError(f"could not start {words[0]}: {error}") from error
    if status:
        raise StepFailedError(f"exit {status} from: {' '.join(words)}")


# --- the environment --------------------------------------------------------------------------------------------------


def fingerprint() -> str:
    """What the environment depends on: the interpreter, the place, the lock and every project file."""
    digest = hashlib.sha256(f"{sys.version}|{ROOT}".encode())
    for path in (LOCK, *(project / "pyproject.toml" for project in PROJECTS)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def setup(_: list[str] | None = None) -> None:
    """Make .venv as the lock file says, unless it already is."""
    stamp = VENV / "almenstyring-stamp"
    wanted = fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and Path(PYTHON).exists():
        return
    stamp.unlink(missing_ok=True)
    print(f"Setting up {VENV.name} with Python {sys.version.split()[0]} ...", flush=True)
    if uv := find_uv():
        install_with_uv(uv)
    else:
        install_with_pip()
    stamp.write_text(wanted)


def find_uv() -> Path | None:
    """The pinned uv in .tools, installed there if need be; None where it cannot be had."""
    uv = TOOLS / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    mark = TOOLS / "almenstyring-stamp"
    wanted = UV_LOCK.read_text()
    if uv.exists() and mark.is_file() and mark.read_text() == wanted:
        return uv
    shutil.rmtree(TOOLS, ignore_errors=True)
    # --target touches nothing but the folder, so it is allowed where the system's Python refuses installs.
    pip = (sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--require-hashes")
    try:
        run(*pip, "--target", TOOLS, "-r", UV_LOCK)
    except StepFailedError as error:
        print(f"uv could not be installed ({error}); going on with venv and pip.", file=sys.stderr)
        return None
    mark.write_text(wanted)
    return uv


def install_with_uv(uv: Path) -> None:
    """The usual way: seconds."""
    if not Path(PYTHON).exists() or not is_this_python():
        run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    run(uv, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", LOCK)
    run(uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", *editables())


def install_with_pip() -> None:
    """The slow way, where there is no uv."""
    run(sys.executable, "-m", "venv", "--clear", VENV)
    run(PYTHON, "-m", "pip", "install", "-qq", "--require-hashes", "-r", LOCK)
    run(PYTHON, "-m", "pip", "install", "-qq", "--no-deps", "--no-build-isolation", *editables())


def editables() -> list[str]:
    """The core and every adapter as ``-e`` arguments."""
    return [word for project in PROJECTS for word in ("-e", str(project))]


def is_this_python() -> bool:
    """Whether .venv was made here from the interpreter that runs now; a copied one still points elsewhere."""
    question = "import sys; print(sys.version, sys.prefix, sep='|')"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == f"{sys.version}|{VENV}"


# --- the commands -----------------------------------------------------------------------------------------------------


def lock(_: list[str]) -> None:
    """Resolve every dependency anew and write requirements/lock.txt; it holds hashes and no address."""
    if not (uv := find_uv()):
        raise StepFailedError("lock needs uv")
    ours = [word for project in PROJECTS for word in ("--no-emit-package", distribution(project))]
    compile_ = (uv, "pip", "compile", "--quiet", "--universal", "--upgrade", "--python-version", "3.11")
    plain = ("--generate-hashes", "--no-header", "--no-annotate")
    projects = [project / "pyproject.toml" for project in PROJECTS]
    run(*compile_, *plain, "--group", "dev", *ours, *projects, "--output-file", LOCK)


def distribution(project: Path) -> str:
    """The name of the distribution in a folder: the adapters' folders bear it, the root need not."""
    return "almenstyring" if project == ROOT else project.name


FIRST_HALF = ("tests/application", "tests/codec", "tests/domain", "tests/rules")
"""About half of the tests by time: each half runs on a processor of its own."""
LOWEST_COVERAGE = 95
COUNTING = ("-m", "slipcover", "--branch", "--source", "src,adapters", "--omit", "adapters/*/tests/*", "--json")
PYTEST = ("-m", "pytest", "-W", "ignore::pytest.PytestAssertRewriteWarning")  # slipcover is imported before pytest


def test(arguments: list[str]) -> None:
    """Run all tests with coverage; with arguments, run pytest with just those."""
    setup()
    if arguments:
        run(PYTHON, "-m", "pytest", *arguments)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counts = [folder / "first.json", folder / "second.json"]
        others = [f"--ignore={path}" for path in FIRST_HALF]
        with (folder / "second.txt").open("w+", encoding="utf-8") as told:
            words = [PYTHON, *COUNTING, "--out", str(counts[1]), *PYTEST, *others]
            second = subprocess.Popen(words, cwd=ROOT, env=environment(), stdout=told, stderr=subprocess.STDOUT)
            try:
                run(PYTHON, *COUNTING, "--out", counts[0], *PYTEST, *FIRST_HALF)
            finally:
                status = second.wait()
                told.seek(0)
                print(told.read(), flush=True)
        if status:
            raise StepFailedError(f"exit {status} from the tests of the second half")
        merged = ("--skip-covered", "--fail-under", str(LOWEST_COVERAGE), "--out", folder / "both.json")
        run(PYTHON, "-m", "slipcover", "--branch", "--merge", *counts, *merged)


def demo(arguments: list[str]) -> None:
    """Play the year from register to export; the results are left in demo/."""
    setup()
    run(PYTHON, "examples/the_year.py", "--target", "demo", *arguments)


def check(_: list[str]) -> None:
    """Everything that looks at the code without running it."""
    setup()
    linted = [name for name in LINTED if (ROOT / name).is_dir()]
    run(PYTHON, "-m", "ruff", "check", *linted)
    run(PYTHON, "-m", "ruff", "format", "--check", *linted)
    run(PYTHON, "-m", "mypy")
    for adapter in ADAPTERS:  # their tests' modules have the same names, so each adapter is a run of its own
        if any((adapter / "tests").rglob("*.py")):
            run(PYTHON, "-m", "mypy", str(adapter / "tests"), MYPYPATH=str(adapter))
    run(VENV / SCRIPTS / "lint-imports", "--no-cache", "--no-logo")
    run(PYTHON, "-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "src", *sources())


def sources() -> list[str]:
    """The adapters' source folders."""
    return [str((adapter / "src").relative_to(ROOT)) for adapter in ADAPTERS]


def docs(_: list[str]) -> None:
    """Build the documentation; a warning is an error."""
    setup()
    run(PYTHON, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "-b", "html", "docs", "docs/_build")


def benchmark(arguments: list[str]) -> None:
    """Measure against hand-written code, as ratios within one run."""
    setup()
    for program in sorted((ROOT / "benchmarks").glob("bench_*.py")):
        print(f"--- {program.stem}", flush=True)
        run(PYTHON, program, *arguments)


def distributions(arguments: list[str]) -> None:
    """Build every wheel and sdist and try them in clean environments outside the tree."""
    setup()
    run(PYTHON, "tools/distributions.py", *arguments)


def clean(_: list[str]) -> None:
    """Remove everything made here: environment, tools, caches, results."""
    caches = (".mypy_cache", ".ruff_cache", ".pytest_cache")
    made = (".venv", ".tools", "demo", "dist", "docs/_build", "docs/reference/generated", *caches)
    for name in made:
        shutil.rmtree(ROOT / name, ignore_errors=True)


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    command.__name__: command for command in (setup, test, demo, check, docs, benchmark, distributions, lock, clean)
}


def usage(commands: Iterable[Callable[[list[str]], None]]) -> str:
    """One line per command, from its docstring."""
    lines = [f"  {command.__name__:<14}{(command.__doc__ or '').splitlines()[0]}" for command in commands]
    return "\n".join(["usage: python3 tools/dev.py COMMAND [ARGUMENTS]", "", *lines])


def main(arguments: list[str]) -> int:
    """Run one command; say in one line what failed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words before anything else fails
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    if not arguments or arguments[0] not in COMMANDS:
        print(usage(COMMANDS.values()), file=sys.stderr)
        return 2
    try:
        COMMANDS[arguments[0]](arguments[1:])
    except StepFailedError as error:
        print(f"dev.py {arguments[0]}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
