"""What event hooks receive: one frozen event each, without personal data or document text."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.reporting import PackageStatus
from almenstyring.domain.values import LbfNumber


@frozen(kw_only=True)
class PackageMoved:
    """A package took a step of the workflow (da: pakken skiftede status)."""

    organisation: LbfNumber
    report_year: ReportYear
    status: PackageStatus
    on: date
    by: str
