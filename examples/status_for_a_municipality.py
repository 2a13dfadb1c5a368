"""What a municipality is owed in a year, and what it has got (SYNTETISK: every organisation is invented).

python status_for_a_municipality.py [T01]
"""

from __future__ import annotations

import sys
from datetime import date

import almenstyring as al

YEAR = al.ReportYear(2026)


def reports_owed_to(code: str, on: date) -> tuple[al.StatusRow, ...]:
    """The governance reports owed to the municipality, with what has come of each on the day."""
    operator = al.Actor("drift-1", role="operator")
    with al.connect("memory:", actor=operator, test_mode=True) as installation:
        installation.import_register("synthetic:")
        council = installation.acting_as(al.Actor("tilsyn-1", role="municipality", municipality=code))
        for master in installation.register():
            if str(master.home_municipality_on(on)) == code and master.organisation.kind.takes_part_in_dialogue:
                council.set_deadline(master.number, YEAR, date(2026, 7, 1))
        rows = council.status(year=YEAR, on=on)
    return tuple(row for row in rows if row.expectation.element is al.Element.GOVERNANCE_REPORT)


def main(code: str = "T01") -> None:
    """Print one line per report."""
    for row in reports_owed_to(code, on=date(2026, 7, 8)):
        late = row.timing.days_late
        state = al.label(row.timing.timeliness)["da"] + (f" {late} dage" if late else "")
        print(f"{row.organisation} {row.name}: frist {row.due or 'ikke sat'}, {state} ({row.expectation.law})")


if __name__ == "__main__":
    main(*sys.argv[1:])
