"""A store that the first version left behind opens in every later build, and nothing in it has changed."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

import almenstyring as al
from almenstyring.builtin.readable import render_text

KEPT = Path(__file__).parent / "v1" / "dialog.db"
SHA256 = "f938808bc9a03fb175b75ee798f1d2bb9497525cd3b8d6d7bf367a591df1af93"
HEAD = "a361442e1eacfb678ae5813c1e547de96b16573a841d33153b280493e8da5291"
YEAR = al.ReportYear(2026)
COUNCIL = al.Actor("tilsyn-T01", role="municipality", municipality="T01")


@pytest.fixture
def address(tmp_path: Path) -> str:
    assert hashlib.sha256(KEPT.read_bytes()).hexdigest() == SHA256, "the corpus is never written again"
    return f"sqlite:{shutil.copy(KEPT, tmp_path / 'dialog.db')}"


def test_its_chain_is_whole_and_ends_where_it_ended(address: str) -> None:
    with al.connect(address, actor=COUNCIL) as council:
        report = council.verify()
    assert (report.ok, report.records, report.head.hash) == (True, 20, HEAD)


def test_both_sendings_are_read_and_shown_by_the_standard_kept_with_them(address: str) -> None:
    with al.connect(address, actor=COUNCIL) as council:
        first, second = (council.sent_package("T004", YEAR, number) for number in (1, 2))
        shown = render_text(second, council.standard_of(second), "da", date(2026, 6, 22))
        attached = council.attachment(second, "protokol.pdf")

    assert first.report["democracy.tenant_democracy"].comment != "Uddybet."
    assert second.report["democracy.tenant_democracy"].comment == "Uddybet."
    assert [given.code for given in second.confirmations] == [given.code for given in first.confirmations]
    assert all(given.location.unit and given.message.da for given in second.confirmations)
    assert second.accounts[0].provenance is not None
    assert "Uddybet." in shown
    assert "SYNTETISK" in shown
    assert attached == b"%PDF-1.7 SYNTETISK"


def test_a_receipt_kept_elsewhere_still_verifies(address: str) -> None:
    receipt = al.decode((KEPT.parent / "receipt.json").read_bytes(), al.Receipt)
    with al.connect(address, actor=COUNCIL) as council:
        assert council.verify(receipt).ok


def test_the_status_is_what_it_was(address: str) -> None:
    with al.connect(address, actor=COUNCIL) as council:
        [report] = [
            row
            for row in council.status(year=YEAR, on=date(2026, 8, 1))
            if str(row.organisation) == "T004" and row.expectation.element == al.Element.GOVERNANCE_REPORT
        ]
    assert (report.status, report.sent_on, report.times_returned) == (
        al.PackageStatus.UNDER_REVIEW,
        date(2026, 6, 22),
        1,
    )
    assert report.timing == al.Timing(al.Timeliness.LATE, 21)
