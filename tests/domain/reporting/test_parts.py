"""The parts of a package besides the sheets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from almenstyring.domain.errors import AlmenstyringError, InvalidValueError
from almenstyring.domain.reporting import (
    LARGEST_ATTACHMENT,
    MISSING,
    NONE,
    AnnualReport,
    AnnualReportItem,
    Answer,
    Attachment,
    AuditorsProtocol,
)

Raised = Callable[..., AlmenstyringError]


def of_size(size: int) -> Attachment:
    return Attachment(name="beretning.pdf", media_type="application/pdf", size=size, sha256="0" * 64)


@pytest.mark.parametrize("size", [0, 1, LARGEST_ATTACHMENT])
def test_an_attachment_may_have_any_size_up_to_the_largest(size: int) -> None:
    assert of_size(size).size == size


@pytest.mark.parametrize("size", [-1, LARGEST_ATTACHMENT + 1])
def test_an_attachment_of_an_impossible_size_is_refused(size: int, raised: Raised) -> None:
    error = raised(InvalidValueError, of_size, size)
    assert str(size) in error.message.da and str(LARGEST_ATTACHMENT) in error.message.en


def test_an_annual_report_tells_five_things_in_the_order_of_the_law() -> None:
    assert list(AnnualReportItem) == [
        "financial_problems",
        "financial_management",
        "own_control",
        "cost_goals",
        "auditor_remarks",
    ]


def test_an_item_nobody_told_of_is_missing_and_ingen_is_not() -> None:
    report = AnnualReport(items={AnnualReportItem.AUDITOR_REMARKS: Answer(value=NONE)})
    assert report[AnnualReportItem.OWN_CONTROL] is MISSING
    assert not report[AnnualReportItem.AUDITOR_REMARKS].is_missing


@pytest.mark.parametrize(
    ("protocol", "missing"),
    [
        pytest.param(AuditorsProtocol(), True, id="nothing"),
        pytest.param(AuditorsProtocol(summary="  \n"), True, id="a blank text"),
        pytest.param(AuditorsProtocol(summary="Ingen bemærkninger."), False, id="a text"),
        pytest.param(AuditorsProtocol(attachment="protokol.pdf"), False, id="a document"),
        pytest.param(AuditorsProtocol(summary=" ", attachment="protokol.pdf"), False, id="a document without a text"),
    ],
)
def test_a_protocol_is_missing_without_text_and_document(protocol: AuditorsProtocol, missing: bool) -> None:
    assert protocol.is_missing is missing
