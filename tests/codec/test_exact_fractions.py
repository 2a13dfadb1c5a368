"""Exact fractions of a stored column are read as they are written, and anything else that claims to be one is none."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from almenstyring.codec import decode, encode
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import DecodeError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.reporting import FigureColumn
from almenstyring.domain.values import EstateId

COLUMN = FigureColumn(
    figure="rent_per_m2",
    definition=3,
    ledger=Ledger.ESTATE,
    report_year=ReportYear(2026),
    computed_on=date(2026, 8, 3),
    units=(EstateId.parse("T001-T0101"),),
    days=(date(2025, 12, 31),),
    exact=(Fraction(-7, 3),),
    weights=(None,),
    statuses=(FigureStatus.FINAL,),
    residents=(None,),
)


def with_exact(written: object) -> str:
    return json.dumps({**json.loads(encode(COLUMN)), "exact": [written]})


@pytest.mark.parametrize(
    ("written", "fraction"),
    [("-7/3", Fraction(-7, 3)), ("12", Fraction(12)), ("6/4", Fraction(3, 2)), ("0", Fraction(0)), (None, None)],
    ids=repr,
)
def test_a_fraction_is_read_exactly(written: object, fraction: Fraction | None) -> None:
    assert decode(with_exact(written), FigureColumn).exact == (fraction,)


@pytest.mark.parametrize("written", [12, True, "0.5", "1/0", "3/-4", "1 / 2", "", "x", "9" * 41, ["1"]], ids=repr)
def test_what_is_no_fraction_is_refused_at_its_place(written: object) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(with_exact(written), FigureColumn)
    [fault] = caught.value.faults
    assert fault.path == "$.exact[0]"
    assert "brøk" in fault.message.da and "fraction" in fault.message.en
