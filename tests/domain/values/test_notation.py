"""Numbers are read exactly or refused, and written as people of each language write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Language
from almenstyring.domain.values import (
    Area,
    Dkk,
    DkkPerHome,
    DkkPerSquareMetre,
    DkkPerUnit,
    Quantity,
    Ratio,
    TenancyUnits,
)

Refused = Callable[..., InvalidValueError]
kinds = st.sampled_from((Dkk, Area, Ratio, TenancyUnits, DkkPerSquareMetre, DkkPerUnit, DkkPerHome))
counts = st.integers(-(2**63) + 1, 2**63 - 1)


@pytest.mark.parametrize(
    ("value", "count"),
    [
        pytest.param("1234.50", 123450, id="kroner and øre"),
        pytest.param("1234.5", 123450, id="one decimal"),
        pytest.param("1234", 123400, id="no decimals"),
        pytest.param(" -0.05 ", -5, id="a few øre below zero"),
        pytest.param("-0", 0, id="minus zero is zero"),
        pytest.param("007", 700, id="leading zeros"),
        pytest.param(1234, 123400, id="an int counts whole kroner"),
        pytest.param(-3, -300, id="a negative int"),
        pytest.param(Decimal("1234.50"), 123450, id="a Decimal"),
        pytest.param(Decimal("1234.5000"), 123450, id="a Decimal of a database column with four decimals"),
        pytest.param(Decimal("1E+3"), 100000, id="a Decimal with an exponent"),
        pytest.param(Decimal("-0.00"), 0, id="a negative Decimal zero"),
    ],
)
def test_money_is_read_exactly(value: str | int | Decimal, count: int) -> None:
    assert Dkk.of(value) == Dkk(count)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("1234.505", id="half an øre"),
        pytest.param("1.230", id="what may be a Danish thousand"),
        pytest.param(Decimal("0.001"), id="a Decimal with too many decimals"),
        pytest.param("1.234,50", id="Danish notation"),
        pytest.param("1,234.50", id="English thousands"),
        pytest.param("1e3", id="an exponent in a text"),
        pytest.param("1e400", id="1e400"),
        pytest.param(Decimal("1E+400"), id="a Decimal of 1E+400"),
        pytest.param(Decimal("1E-400"), id="a Decimal of 1E-400"),
        pytest.param(Decimal("1E+999999999999999999"), id="a Decimal that would fill the memory"),
        pytest.param("NaN", id="the text NaN"),
        pytest.param("Infinity", id="the text Infinity"),
        pytest.param(Decimal("NaN"), id="a Decimal that is no number"),
        pytest.param(Decimal("sNaN"), id="a signalling Decimal that is no number"),
        pytest.param(Decimal("-Infinity"), id="an infinite Decimal"),
        pytest.param(12.5, id="a float"),
        pytest.param(float("nan"), id="a float that is no number"),
        pytest.param(True, id="a truth value"),
        pytest.param(None, id="nothing"),
        pytest.param("", id="an empty text"),
        pytest.param(" ", id="a blank"),
        pytest.param(".5", id="no digit before the point"),
        pytest.param("5.", id="no digit after the point"),
        pytest.param("+5", id="a plus sign"),
        pytest.param("--5", id="two signs"),
        pytest.param("5 kr.", id="a unit"),
        pytest.param("1 000", id="a blank between thousands"),
        pytest.param("٣", id="a digit of another script"),
        pytest.param("9" * 5000, id="five thousand digits"),
        pytest.param(10**5000, id="an int of five thousand digits"),
        pytest.param("92233720368547758.08", id="one øre more than a 64-bit column holds"),
        pytest.param("-92233720368547758.08", id="one øre less than a symmetric 64-bit range holds"),
    ],
)
def test_what_is_not_exactly_an_amount_is_refused(value: str, refused: Refused) -> None:
    refused(Dkk.of, value)


@pytest.mark.parametrize(("kind", "decimals"), [(Dkk, 2), (TenancyUnits, 1)])
def test_too_many_decimals_are_named_and_never_rounded_away(
    kind: type[Quantity], decimals: int, refused: Refused
) -> None:
    for error in (refused(kind.of, "0.005"), refused(kind.parse_danish, "0,005"), refused(kind.of, Decimal("0.005"))):
        assert error.context["decimals"] == decimals


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("1.234,50", 123450, id="dots between thousands"),
        pytest.param("1234,50", 123450, id="no dots"),
        pytest.param("1.234", 123400, id="a dot before three digits is a thousand"),
        pytest.param("1.234.567,8", 123456780, id="millions"),
        pytest.param("12,3", 1230, id="one decimal"),
        pytest.param("-0,05", -5, id="an ordinary minus"),
        pytest.param("−1.000", -100000, id="a typographic minus"),
        pytest.param(" 0 ", 0, id="blanks around"),
    ],
)
def test_danish_notation_is_read(text: str, count: int) -> None:
    assert Dkk.parse_danish(text) == Dkk(count)


@pytest.mark.parametrize(
    "text",
    ["12.34", "1.23", "1234.567", "1.2345", "0.123", "01.234", "1..234", "1.234.56", ".234", "1,234.50", "1,2,3"]
    + ["1,", ",5", "1,234", "1e3", "", "kr. 5", "1 234,50", 1234, 12.5, None, Decimal(5), True],
    ids=repr,
)
def test_danish_notation_is_strict(text: str, refused: Refused) -> None:
    refused(Dkk.parse_danish, text)


@pytest.mark.parametrize(
    ("figure", "plain", "danish", "english"),
    [
        (Dkk.of("1234.50"), "1234.50", "1.234,50 kr.", "DKK 1,234.50"),
        (Dkk(-5), "-0.05", "-0,05 kr.", "DKK -0.05"),
        (Dkk.of(-1234567), "-1234567.00", "-1.234.567,00 kr.", "DKK -1,234,567.00"),
        (Area.of("4313.25"), "4313.25", "4.313,25 m²", "4,313.25 m²"),
        (Ratio.of("2.73"), "2.73", "2,73 pct.", "2.73%"),
        (TenancyUnits.of("588.6"), "588.6", "588,6 lejemålsenheder", "588.6 tenancy units"),
        (DkkPerSquareMetre.of(1077), "1077.00", "1.077,00 kr. pr. m²", "DKK 1,077.00 per m²"),
        (DkkPerUnit.of(661), "661.00", "661,00 kr. pr. lejemålsenhed", "DKK 661.00 per tenancy unit"),
        (DkkPerHome.of("0.5"), "0.50", "0,50 kr. pr. bolig", "DKK 0.50 per home"),
    ],
    ids=lambda case: case if isinstance(case, str) else type(case).__name__,
)
def test_a_figure_is_printed_plainly_and_in_both_languages(
    figure: Quantity, plain: str, danish: str, english: str
) -> None:
    assert str(figure) == plain
    assert figure.display("da") == danish
    assert figure.display("en") == english
    for language, shown in (("da", danish), ("en", english)):
        assert all(word in shown for word in figure.unit[language].split())  # type: ignore[index]


@given(kinds, counts)
def test_plain_notation_reads_back_what_it_wrote(kind: type[Quantity], count: int) -> None:
    figure = kind(count)
    assert kind.of(str(figure)) == figure
    assert kind.of(Decimal(str(figure))) == figure


@given(kinds, counts)
def test_danish_notation_reads_back_what_it_wrote(kind: type[Quantity], count: int) -> None:
    shown = kind(count).display("da").removesuffix(kind.unit.da).strip()
    assert kind.parse_danish(shown) == kind(count)


@given(kinds, counts)
def test_both_languages_write_the_same_digits(kind: type[Quantity], count: int) -> None:
    languages: tuple[Language, ...] = ("da", "en")
    digits = ["".join(c for c in kind(count).display(language) if c in "0123456789") for language in languages]
    assert digits[0] == digits[1]
