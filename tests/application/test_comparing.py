"""A figure beside its peers' is what a count by hand gives, exactly, and nobody else can be read from it."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.application.comparing import (
    SHOWN_BESIDE,
    compared_in,
    minimum_for,
)
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.expressions import KRONER
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.distribution import Minimum
from almenstyring.domain.figures.key_figures import Weighting
from almenstyring.domain.figures.reckoning import rounded
from almenstyring.domain.organisations import Unit
from almenstyring.domain.values import EstateId

from .a_country import (
    BY_HAND,
    COMPUTED,
    ESTATES,
    EVERYBODY,
    FIGURES,
    PEERS,
    SHEETS,
    UNITS,
    compare,
    explained,
    inexact,
    places,
    words_in,
)

# A group


@pytest.mark.parametrize("group", BY_HAND)
@given(data=st.data())
def test_a_distribution_is_what_a_count_of_all_explained_values_gives(group: str, data: st.DataObject) -> None:
    unit, figure = data.draw(st.sampled_from(UNITS)), data.draw(st.sampled_from(FIGURES))
    everybody = EVERYBODY[Ledger.ESTATE, figure]
    made = compare(unit, figure, group).benchmark.distribution
    peers = [other for other in UNITS if BY_HAND[group](unit, other)]
    counted = [other for other in peers if (ESTATES[other].residents or 0) >= minimum_for(everybody.figure).residents]
    found = [pair for pair in (explained(other, figure) for other in counted) if pair[0] is not None]
    values = [value for value, _ in found if value is not None]

    assert (made.n, made.missing, made.left_out) == (
        len(values),
        len(counted) - len(values),
        len(peers) - len(counted),
    )
    if len(values) < everybody.figure.minimum_peers:
        assert made.suppressed is not None and (made.quantiles, made.mean) == (None, None)
        return
    assert made.suppressed is None and made.quantiles is not None
    twentieths = statistics.quantiles(values, n=20, method="inclusive")  # type 7, exact in fractions
    wanted = [rounded(Fraction(twentieths[place]), everybody.figure.decimals) for place in (1, 4, 9, 14, 17)]
    assert [getattr(made.quantiles, part) for part in ("p10", "q1", "median", "q3", "p90")] == wanted
    weights = [weight if everybody.figure.weighting is Weighting.RATIO_OF_SUMS else Fraction(1) for _, weight in found]
    total = sum((weight for weight in weights if weight is not None), Fraction(0))
    products = (value * weight for value, weight in zip(values, weights, strict=True) if weight is not None)
    assert made.mean == (rounded(sum(products, Fraction(0)) / total, everybody.figure.decimals) if total else None)


def test_a_mean_is_the_sum_of_what_is_divided_by_the_sum_of_what_it_is_divided_by() -> None:
    posted = [SHEETS[unit].accounts_of(unit) for unit in UNITS]
    cleaning = sum(each.postings["114"].as_fraction() for each in posted if each)
    area = sum(ESTATES[unit].homes_area.as_fraction() for unit in UNITS)
    found = compare(UNITS[0], "cleaning_per_m2", "country").benchmark.distribution
    assert found.n == len(UNITS)
    assert found.mean == rounded(Fraction(cleaning, 1) / area, 2)
    assert found.mean != rounded(Fraction(sum(explained(u, "cleaning_per_m2")[0] or 0 for u in UNITS), len(UNITS)), 2)


@given(unit=st.sampled_from(UNITS), figure=st.sampled_from(FIGURES), group=st.sampled_from(list(BY_HAND)))
def test_a_place_is_the_share_below_and_half_of_the_same(unit: EstateId, figure: str, group: str) -> None:
    found, own = compare(unit, figure, group), explained(unit, figure)[0]
    assert found.value == (None if own is None else rounded(own, found.figure.decimals))
    assert found.why_nobody is None and found.reasons
    large = (ESTATES[unit].residents or 0) >= minimum_for(found.figure).residents
    if own is None or not large or found.benchmark.distribution.suppressed:
        assert found.place is None
        return
    peers = [other for other in UNITS if BY_HAND[group](unit, other)]
    counted = [other for other in peers if (ESTATES[other].residents or 0) >= minimum_for(found.figure).residents]
    values = [value for other in counted if (value := explained(other, figure)[0]) is not None]
    share = Fraction(100 * (sum(v < own for v in values) + sum(v <= own for v in values)), 2 * len(values))
    assert found.place is not None
    assert abs(found.place.percentile.as_fraction() - share) <= Fraction(1, 200)


def test_a_group_that_is_too_small_is_suppressed_and_says_why() -> None:
    alone = next(unit for unit in UNITS if sum(bool(places(unit) & places(other)) for other in UNITS) < 5)
    n = sum(bool(places(alone) & places(other)) for other in UNITS)
    found = compare(alone, "cleaning_per_m2", "municipality")
    made = found.benchmark.distribution
    assert (made.n, made.mean, made.quantiles, found.place) == (n, None, None, None)
    assert found.value is not None
    assert made.suppressed is not None
    assert f"{n} i gruppen" in made.suppressed.da and "mindst 5" in made.suppressed.da
    assert f"{n} in the group" in made.suppressed.en and "at least 5" in made.suppressed.en


def test_a_group_that_cannot_be_made_says_what_is_not_known() -> None:
    found = compare(UNITS[0], "cleaning_per_m2", "region")
    assert found.why_nobody is not None
    assert "region" in found.why_nobody.en and str(UNITS[0]) in found.why_nobody.en
    assert (found.place, found.benchmark.distribution.n) == (None, 0)


@pytest.mark.parametrize(
    ("figure", "of", "wanted"),
    [
        pytest.param("cleaning_per_m2", Ledger.ESTATE, Minimum(members=5), id="a plain figure"),
        pytest.param("efficiency_score", Ledger.ESTATE, Minimum(members=30), id="a figure that says so itself"),
        pytest.param("non_western_share", Ledger.ESTATE, Minimum(members=5, residents=100), id="residents"),
        pytest.param("non_western_share", Ledger.ORGANISATION, Minimum(members=5), id="an organisation's residents"),
    ],
)
def test_the_least_group_is_the_definition_s_and_residents_are_protected(
    figure: str, of: Ledger, wanted: Minimum
) -> None:
    assert minimum_for(load_key_figures().get(figure, 2025, of)) == wanted


# An own list


def test_an_own_list_is_those_named_and_the_unit_itself() -> None:
    listed = UNITS[1:5]
    found = compare(UNITS[0], "cleaning_per_m2", "own_list", listed)
    assert found.benchmark.distribution.n == 5
    assert found.benchmark.distribution.subject.group == "own_list: 5 enheder"
    assert found.benchmark.group.en == "your own list"
    assert [reason.en for reason in found.reasons] == ["on your own list"]
    assert found == compare(UNITS[0], "cleaning_per_m2", "own_list", [*listed, UNITS[0]])


def test_two_lists_of_the_same_length_are_two_groups() -> None:
    everybody = EVERYBODY[Ledger.ESTATE, "cleaning_per_m2"]
    first, second = (
        compared_in(everybody, UNITS[0], PEERS.query(UNITS[0], "own_list", UNITS[n : n + 9])) for n in (1, 20)
    )
    assert first.benchmark.distribution.quantiles != second.benchmark.distribution.quantiles


def test_on_an_own_list_only_units_of_the_same_sort_count() -> None:
    strangers: list[Unit] = [*UNITS[1:5], UNITS[0].organisation, EstateId.parse("T999-T0101")]
    assert compare(UNITS[0], "cleaning_per_m2", "own_list", strangers).benchmark.distribution.n == 5


# Beside


@given(key=st.sampled_from(sorted(EVERYBODY)), data=st.data())
def test_a_unit_is_shown_beside_the_first_group_that_is_large_enough(
    key: tuple[Ledger, str], data: st.DataObject
) -> None:
    everybody = EVERYBODY[key]
    unit = data.draw(
        st.sampled_from(sorted((u for u in SHEETS if isinstance(u, EstateId) is (key[0] is Ledger.ESTATE)), key=str))
    )
    wanted = next(
        (
            (found.benchmark, found.place)
            for found in (compare(unit, key[1], group) for group in SHOWN_BESIDE[key[0]])
            if everybody.figure.measure != KRONER
            and not found.why_nobody
            and not found.benchmark.distribution.suppressed
        ),
        None,
    )
    assert everybody.beside(unit) == wanted


@pytest.mark.parametrize("figure", ["operating_costs", "delimited_costs"])
def test_whole_amounts_of_kroner_are_compared_with_nobody(figure: str) -> None:
    everybody = EVERYBODY[Ledger.ESTATE, figure]
    assert all(each.value is not None for each in everybody.observations.values())
    assert [unit for unit in UNITS if everybody.beside(unit)] == []
    assert not [
        b for year in COMPUTED.organisations for b in year.benchmarks if b.distribution.subject.figure == figure
    ]


def test_a_group_is_called_after_what_its_members_share_but_their_kind() -> None:
    names = {b.distribution.subject.group: b.group for year in COMPUTED.organisations for b in year.benchmarks}
    assert names["country: housing"].en == "the whole country"
    assert names["home_type: housing, family"].en == "same type of homes in the whole country: family homes"
    assert names["dialogue: housing, mixed, 61_90, 1980_1999"].da == (
        "samme byggeart, boligstørrelse og ibrugtagelsesperiode: blandet byggeri, 61-90 m², 1980-1999"
    )


# Nobody else


@given(
    unit=st.sampled_from(sorted(SHEETS, key=str)),
    data=st.data(),
    group=st.sampled_from(["country", "own_list", "region"]),
)
def test_nobody_else_is_named_in_a_comparison(unit: Unit, data: st.DataObject, group: str) -> None:
    ledger = Ledger.ESTATE if isinstance(unit, EstateId) else Ledger.ORGANISATION
    figure = data.draw(st.sampled_from([name for of, name in EVERYBODY if of is ledger]))
    listed = [each for each in SHEETS if each != unit][:40] if group == "own_list" else None
    found = compare(unit, figure, group, listed)
    others = (
        {str(each) for each in SHEETS}
        - {str(unit)}
        - ({str(unit.organisation)} if isinstance(unit, EstateId) else set())
    )
    assert [word for word in words_in(found) if any(other in word for other in others)] == []
    assert list(inexact(found)) == []
