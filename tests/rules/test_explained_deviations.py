"""Whose deviations a row of the account of deviations explains."""

from __future__ import annotations

import pytest

from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting.explanations import is_about
from almenstyring.domain.values import EstateId, LbfNumber

ESTATE, ORGANISATION = EstateId.parse("T001-T0101"), LbfNumber("T001")


@pytest.mark.parametrize(
    ("unit", "text", "meant"),
    [
        (ESTATE, "T001-T0101", True),
        (ESTATE, "Afdeling T0101", True),
        (ESTATE, "Afdeling T0102", False),
        (ESTATE, "T001", False),
        (ORGANISATION, "T001", True),
        (ORGANISATION, "Organisationen T001 som helhed", True),
        (ORGANISATION, "T001-T0101", False),
        (ORGANISATION, "None", False),
    ],
)
def test_a_row_is_about_the_unit_it_names_and_an_estate_is_not_its_organisation(
    unit: Unit, text: str, meant: bool
) -> None:
    assert is_about(unit, text) is meant
