"""What a hook is told of a package holds no personal data and no text of the document."""

from __future__ import annotations

from datetime import date

from attrs import fields

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.events import PackageMoved
from almenstyring.domain.reporting import PackageStatus
from almenstyring.domain.values import LbfNumber


def test_an_event_names_package_status_day_and_an_opaque_actor_and_nothing_else() -> None:
    moved = PackageMoved(
        organisation=LbfNumber("T001"),
        report_year=ReportYear(2026),
        status=PackageStatus.SENT,
        on=date(2026, 6, 29),
        by="kontor-1",
    )
    assert [field.name for field in fields(PackageMoved)] == ["organisation", "report_year", "status", "on", "by"]
    assert hash(moved) is not None
