"""A whole country's report year: 561 organisations and 7,085 estates generated, opened and checked.

Every step goes through the public API on the memory store. The peer for the ratio is the time the
standard library's ``json`` needs to write and read the same documents, the physical part of the work.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime

import almenstyring as al

YEAR = al.ReportYear(2026)


def main() -> int:
    """Generate, open, check, and print what each step cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=561)
    parser.add_argument("--estates", type=int, default=7085)
    parser.add_argument("--check", action="store_true", help="exit 1 unless the whole country went through")
    options = parser.parse_args()
    source = f"synthetic:national?organisations={options.organisations}&estates={options.estates}&seed=1"
    actor = al.Actor("drift", role="operator")
    clock = lambda: datetime(2026, 7, 1, tzinfo=UTC)  # noqa: E731 - a clock is any callable

    with al.connect("memory:", actor=actor, test_mode=True, clock=clock) as workspace:
        started = time.perf_counter()
        workspace.import_register(source)
        country = tuple(workspace.register())
        masters = [m for m in country if m.organisation.kind.takes_part_in_dialogue]
        estates = sum(len(m.estates) for m in country)
        imported = time.perf_counter()
        packages = [workspace.open_package(m.number, YEAR) for m in masters]
        opened = time.perf_counter()
        findings: Counter[str] = Counter()
        for package in packages:
            findings.update(finding.severity.value for finding in workspace.check(package))
        checked = time.perf_counter()

    documents = [al.encode(package) for package in packages]
    floor = time.perf_counter()
    for document in documents:
        json.dumps(json.loads(document))
    json_seconds = time.perf_counter() - floor
    print(
        f"{len(country)} organisations, {len(masters)} of them report, {estates} estates, {findings.total()} findings"
    )
    print(f"register generated and imported  {imported - started:7.2f} s")
    print(f"packages opened and prefilled    {opened - imported:7.2f} s")
    print(f"packages checked                 {checked - opened:7.2f} s  {dict(sorted(findings.items()))}")
    print(f"json alone on the documents      {json_seconds:7.2f} s ({sum(map(len, documents)) / 1e6:.1f} MB)")
    print(f"whole / json                     {(checked - started) / json_seconds:7.1f}")
    whole = (len(country), estates) == (options.organisations, options.estates)
    return int(options.check and not (whole and findings))


if __name__ == "__main__":
    sys.exit(main())
