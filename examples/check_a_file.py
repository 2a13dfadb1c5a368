"""Check package files as a test suite or a CI job does: nothing is stored, the exit code says it all.

python check_a_file.py package.json ...
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import almenstyring as al


def findings_in(path: Path) -> al.CheckReport:
    """What the built-in rules say of the package in the file; DecodeError names every fault of a file that is none."""
    return al.check(al.decode(path.read_bytes(), al.DocumentationPackage, file=path.name))


def main(arguments: Sequence[str]) -> int:
    """0: every package could be sent; 1: something is in the way; 2: a file is no package."""
    worst = 0
    for name in arguments:
        try:
            report = findings_in(Path(name))
        except (OSError, al.DecodeError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            worst = 2
            continue
        for finding in report.in_the_way:
            print(f"{name}: {finding.severity} {finding.code} {finding.location}: {finding.message.da}")
        worst = max(worst, int(not report.ok))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
