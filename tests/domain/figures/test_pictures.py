"""Pictures are exact data that say themselves in both languages: what is shown, of whom, how firm, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.picture_parts import Measure, Spread
from almenstyring.domain.figures.pictures import (
    DistributionPicture,
    EfficiencyPicture,
    Picture,
    TrendBreak,
    TrendPicture,
    TrendPoint,
    canonical_picture,
)
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.domain.values import Dkk, DkkPerUnit, Number, Ratio

RENT = Measure(
    name=Text("Husleje", "Rent"),
    unit=Text("kr.", "DKK"),
    decimals=0,
    pattern=Text("{figure} {unit}", "{unit} {figure}"),
)
QUANTILES = (800, 900, 1000, 1100, 1200)


def spread(*quantiles: Any, n: int = 12) -> Spread:
    p10, q1, median, q3, p90 = quantiles or QUANTILES
    return Spread(n=n, p10=p10, q1=q1, median=median, q3=q3, p90=p90, method=Text("type 7", "type 7"))


DISTRIBUTION = DistributionPicture(
    unit_name="Prøvehaven",
    is_synthetic=True,
    measure=RENT,
    group=Text("afdelinger", "estates"),
    year=2025,
    value=1050,
    spread=spread(),
    status=FigureStatus.PROJECTED,
)
TREND = TrendPicture(
    unit_name="Prøvehaven",
    is_synthetic=False,
    measure=RENT,
    group=Text("afdelinger", "estates"),
    points=(
        TrendPoint(year=2023, value=1000, median=900),
        TrendPoint(year=2025, value=Fraction(2101, 2), status=FigureStatus.PROVISIONAL),
    ),
    breaks=(TrendBreak(year=2025, label=Text("ny metode.", "new method.")),),
)
EFFICIENCY = EfficiencyPicture(
    unit_name="Prøvehaven", is_synthetic=True, year=2025, score=Fraction(643, 10), potential=Fraction(357, 10), peers=34
)
PICTURES: dict[str, Picture] = {"distribution": DISTRIBUTION, "trend": TREND, "efficiency": EFFICIENCY}


# What pictures say


def test_a_distribution_says_everything_it_shows() -> None:
    assert DISTRIBUTION.title == Text("SYNTETISK: Husleje, regnskabsår 2025", "SYNTETISK: Rent, accounting year 2025")
    assert DISTRIBUTION.caption.da == "12 afdelinger, fremskrevne tal, fraktiler: type 7"
    assert DISTRIBUTION.description.en == (
        "SYNTETISK: Rent, accounting year 2025. "
        "Prøvehaven has DKK 1,050, between the median and the upper quartile. "
        "The group is 12 estates, projected figures, quantiles: type 7. "
        "10th percentile DKK 800; lower quartile DKK 900; median DKK 1,000; upper quartile DKK 1,100; "
        "90th percentile DKK 1,200."
    )


def test_a_distribution_without_the_units_value_says_so() -> None:
    assert "Prøvehaven har intet tal. Gruppen" in evolve(DISTRIBUTION, value=None).description.da


def test_a_distribution_that_is_hidden_says_why_and_nothing_of_the_group() -> None:
    hidden = evolve(DISTRIBUTION, spread=None, why_empty=Text("For få.", "Too few."))
    assert hidden.caption == DISTRIBUTION.group
    assert hidden.description.da == "SYNTETISK: Husleje, regnskabsår 2025. Prøvehaven har 1.050 kr. For få."


def test_a_trend_says_every_year_and_every_break() -> None:
    assert TREND.title.en == "Rent, accounting years 2023-2025"
    assert TREND.caption.da == "Prøvehaven mod medianen for afdelinger"
    assert TREND.description.da == (
        "Husleje, regnskabsår 2023-2025. Prøvehaven mod medianen for afdelinger. "
        "2023: 1.000 kr. (median 900 kr.); 2025: 1.051 kr. (median intet tal, foreløbige tal). "
        "Databrud fra 2025: ny metode."
    )


def test_a_trend_of_one_year_names_it_once() -> None:
    one = evolve(TREND, points=TREND.points[:1])
    assert one.title == Text("Husleje, regnskabsår 2023", "Rent, accounting year 2023")


@pytest.mark.parametrize(
    ("score", "limit", "verdict"),
    [
        pytest.param(Fraction(6999, 100), 70, "red (below 70)", id="below the limit"),
        pytest.param(70, 70, "not red (70 or above)", id="on the limit"),
        pytest.param(71, Fraction(141, 2), "not red (70.50 or above)", id="above a limit with decimals"),
        pytest.param(Fraction(139999, 2000), 70, "red (below 70)", id="rounded to the limit, and yet below it"),
    ],
)
def test_a_score_is_red_below_the_limit(score: Any, limit: Any, verdict: str) -> None:
    picture = evolve(EFFICIENCY, score=score, red_limit=limit)
    assert picture.verdict.en == verdict
    assert picture.is_red is verdict.startswith("red")


def test_an_efficiency_score_says_how_it_came_about() -> None:
    assert EFFICIENCY.description.en == (
        "SYNTETISK: Efficiency score, accounting year 2025. Prøvehaven has the score 64.30, red (below 70). "
        "The potential is 35.70%. "
        "The score is computed by the published method, not the official efficiency score, 34 peers."
    )
    official = evolve(EFFICIENCY, is_official=True, peers=None, best_practice="Forbilledet", is_synthetic=False)
    assert official.caption.da == "det officielle effektivitetstal, bedste praksis: Forbilledet"
    assert official.title.da == "Effektivitetstal, regnskabsår 2025"
    without = evolve(official, potential=None).description
    assert without.da == official.description.da.replace("Potentialet er 35,70 pct. ", "")
    assert without.en == official.description.en.replace("The potential is 35.70%. ", "")
    assert "otential" in official.description.da and "otential" not in without.da + without.en


def test_without_a_score_the_picture_says_why_and_is_not_red() -> None:
    empty = evolve(EFFICIENCY, score=None)
    assert not empty.is_red
    assert empty.description.da.startswith(
        "SYNTETISK: Effektivitetstal, regnskabsår 2025. Prøvehaven. Der er intet effektivitetstal. Tallet er beregnet"
    )


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_invented_units_are_marked(name: str, language: Language) -> None:
    for is_synthetic in (True, False):
        picture = evolve(PICTURES[name], is_synthetic=is_synthetic)
        for text in (picture.title, picture.description):
            assert text[language].startswith("SYNTETISK: ") is is_synthetic
            assert text[language].count("SYNTETISK") == is_synthetic


@pytest.mark.parametrize("status", FigureStatus)
def test_how_firm_figures_are_is_always_said_of_a_group_and_of_a_year_unless_they_are_final(
    status: FigureStatus,
) -> None:
    words = {"final": "final figures", "provisional": "provisional", "projected": "projected", "corrected": "corrected"}
    assert words[status.value] in evolve(DISTRIBUTION, status=status).description.en
    said = evolve(TREND, points=(TrendPoint(year=2025, value=1, status=status),)).description.en
    assert (words[status.value] in said) is (status is not FigureStatus.FINAL)


# What is refused


@pytest.mark.parametrize("value", [1.0, True, "1", float("nan")], ids=repr)
def test_nothing_but_exact_numbers_is_shown(value: Any, refused: Callable[..., InvalidValueError]) -> None:
    refused(evolve, DISTRIBUTION, value=value)
    refused(evolve, DISTRIBUTION, single_values=value)
    refused(TrendPoint, year=2025, value=value)
    refused(evolve, EFFICIENCY, score=value)
    refused(spread, 1, 2, 3, 4, value)


@pytest.mark.parametrize(
    "value", [1050, Fraction(1050), Number(10500, 1), Dkk.of(1050), DkkPerUnit.of(1050), Ratio.of(1050)], ids=repr
)
def test_every_exact_number_is_shown_alike(value: Any) -> None:
    assert evolve(DISTRIBUTION, value=value) == DISTRIBUTION


@pytest.mark.parametrize(
    ("quantiles", "n"),
    [((2, 1, 3, 4, 5), 5), ((1, 2, 3, 5, 4), 5), ((1, 2, 3, 4, 5), 0)],
    ids=["falling at first", "falling at last", "of nobody"],
)
def test_a_spread_rises_and_is_of_somebody(quantiles: tuple[int, ...], n: int) -> None:
    with pytest.raises(InvalidValueError, match="A spread rises"):
        spread(*quantiles, n=n)
    assert spread(7, 7, 7, 7, 7, n=1).n == 1


@pytest.mark.parametrize(
    ("n", "count", "is_allowed"),
    [(10, 10, True), (9, 9, False), (12, 11, False), (10, 11, False), (9, 0, True)],
    ids=["ten of ten", "nine of nine", "one is missing", "one too many", "none"],
)
def test_single_values_are_those_of_the_whole_group_and_of_ten_at_least(n: int, count: int, is_allowed: bool) -> None:
    values = tuple(map(Fraction, range(count)))
    if is_allowed:
        assert evolve(DISTRIBUTION, spread=spread(n=n), single_values=values).single_values == values
    else:
        with pytest.raises(InvalidValueError, match=f"{count} single values .* group of {n}"):
            evolve(DISTRIBUTION, spread=spread(n=n), single_values=values)


def test_what_is_hidden_shows_no_single_value_either() -> None:
    with pytest.raises(InvalidValueError, match="group of 0"):
        evolve(DISTRIBUTION, spread=None, single_values=tuple(range(12)))


@pytest.mark.parametrize("years", [(), (2025, 2025), (2025, 2024)], ids=["none", "twice", "falling"])
def test_the_years_of_a_trend_rise(years: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValueError, match="its years rise"):
        evolve(TREND, points=tuple(TrendPoint(year=year) for year in years))


# Parts


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (799, "below the 10th percentile"),
        (800, "equal to the 10th percentile"),
        (850, "between the 10th percentile and the lower quartile"),
        (900, "equal to the lower quartile"),
        (Fraction(9999, 10), "between the lower quartile and the median"),
        (1150, "between the upper quartile and the 90th percentile"),
        (1200, "equal to the 90th percentile"),
        (Fraction(12001, 10), "above the 90th percentile"),
    ],
)
def test_where_a_value_lies_is_said_in_words(value: Any, where: str) -> None:
    assert spread().position(Fraction(value)).en == where


@given(st.lists(st.fractions(-100, 100), min_size=5, max_size=5).map(sorted), st.fractions(-100, 100))
def test_where_a_value_lies_is_said_truly_of_any_spread(quantiles: list[Fraction], value: Fraction) -> None:
    made, names = spread(*quantiles), [name.en for name in Spread.NAMES]
    said = made.position(value).en
    below = [name for name, quantile in zip(names, quantiles, strict=True) if quantile < value]
    above = [name for name, quantile in zip(names, quantiles, strict=True) if quantile > value]
    if len(below) + len(above) < len(names):
        assert said.removeprefix("equal to the ") == next(n for n in names if n not in below + above)
    elif below and above:
        assert said == f"between the {below[-1]} and the {above[0]}"
    else:
        assert said == ("below the 10th percentile" if above else "above the 90th percentile")


def test_a_measure_writes_a_value_as_people_do_and_rounds_it_once() -> None:
    assert RENT.display(Fraction(2101, 2)) == Text("1.051 kr.", "DKK 1,051")
    assert RENT.display(Fraction(-1, 2)) == Text("-1 kr.", "DKK -1")
    assert evolve(RENT, decimals=2).display(Fraction(1000)).da == "1.000,00 kr."
    assert RENT.display(None) == Text("intet tal", "no figure")


@given(st.text())
def test_any_text_of_a_picture_is_one_line_that_a_page_can_hold(text: str) -> None:
    both = Text(text, text)
    measure = Measure(name=both, unit=both)
    picture = evolve(DISTRIBUTION, unit_name=text, group=both, why_empty=both, measure=measure)
    shown = (picture.unit_name, picture.group.da, picture.why_empty.en, measure.name.da, measure.unit.en)
    for each in (*shown, evolve(EFFICIENCY, best_practice=text).best_practice):
        assert " ".join(each.split()) == each
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 for c in each)
        each.encode()
    assert f"{picture.unit_name} har " in picture.description.da
    assert f"12 {picture.group.en}, " in picture.description.en


def test_what_no_page_can_hold_leaves_a_sign_that_it_was_there() -> None:
    assert evolve(DISTRIBUTION, unit_name=" a\x00b\n\tc ").unit_name == "a\ufffdb c"


# One text for each picture


def test_equal_pictures_have_one_canonical_text_and_unequal_ones_others() -> None:
    assert canonical_picture(evolve(DISTRIBUTION, value=Number(10500, 1))) == canonical_picture(DISTRIBUTION)
    dots = evolve(DISTRIBUTION, single_values=tuple(range(12)))
    others: list[Picture] = [
        *PICTURES.values(),
        dots,
        evolve(dots, single_values=(*range(11), 12)),
        evolve(DISTRIBUTION, value=Fraction(1050) + Fraction(1, 10**12)),
        evolve(DISTRIBUTION, value=None),
        evolve(DISTRIBUTION, spread=spread(800, 900, 1000, 1100, 1201)),
        evolve(DISTRIBUTION, group=Text("afdelinger", "others")),
        evolve(TREND, breaks=()),
        evolve(TREND, points=TREND.points[:1]),
        evolve(EFFICIENCY, is_official=True),
    ]
    assert len({canonical_picture(each) for each in others}) == len(others)
