"""How long ``import almenstyring`` takes, beside a bare interpreter and the packages it needs.

CPU seconds with byte code, the smallest of several fresh processes. Bar: at most 250 ms above the bare
interpreter, and none of the heavy drivers loaded. ``--check`` exits 1 where it does not hold.
"""

from __future__ import annotations

import argparse
import compileall
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

BAR_SECONDS = 0.250
HEAVY = ("pendulum", "openpyxl", "sqlite_utils", "click", "rich", "jinja2")
RUNS = 9


def cpu_seconds(program: str) -> float:
    """The CPU time of the quickest of several processes that run the program, by what each says of itself."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    timed = f"{program}; import time; print(time.process_time())"
    command = [sys.executable, "-c", timed]
    runs = [subprocess.run(command, check=True, env=environment, capture_output=True) for _ in range(RUNS)]
    return min(float(run.stdout) for run in runs)


def main() -> int:
    """Measure, print, and compare with the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    spec = find_spec("almenstyring")
    assert spec is not None
    assert spec.origin is not None
    compileall.compile_dir(str(Path(spec.origin).parent), quiet=1)
    bare = cpu_seconds("pass")
    peers = cpu_seconds("import attrs, cattrs, pluggy")
    ours = cpu_seconds("import almenstyring")
    listed = f"import sys, almenstyring; print(*(name for name in {HEAVY} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", listed], check=True, capture_output=True, text=True).stdout.strip()
    print(f"bare interpreter            {bare * 1000:7.0f} ms CPU")
    print(f"attrs, cattrs and pluggy    {(peers - bare) * 1000:7.0f} ms CPU above it")
    print(f"almenstyring                {(ours - bare) * 1000:7.0f} ms CPU above it (bar {BAR_SECONDS * 1000:.0f})")
    print(f"ratio to those packages     {(ours - bare) / (peers - bare):7.2f}")
    print(f"heavy drivers loaded        {loaded or 'none'}")
    return int(options.check and (ours - bare > BAR_SECONDS or bool(loaded)))


if __name__ == "__main__":
    sys.exit(main())
