"""What others have published must come out of our arithmetic. Every test names the source of its numbers.

Numbers with an id of the content are read from it; the others stand here with their source. Where a published number
cannot be reproduced from what is public, the test says how far the public part goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from almenstyring.content import load_references
from almenstyring.domain.figures.exact import weighted_mean
from almenstyring.domain.figures.quantiles import QuantileMethod, quantile
from almenstyring.domain.figures.series import growth
from almenstyring.domain.values import Area, Ratio, TenancyUnits
from almenstyring.domain.values.counts import round_half_away

REFERENCES = load_references()
MUNICIPALITIES = {row.name: row for row in REFERENCES.municipalities if row.rent}
LBF_STRUCTURE = "LBF orienterer 2018/9 (organisatoriske enheder 2008-2018)"


def national(key: str) -> Fraction:
    return REFERENCES.benchmarks.benchmark[key].value.as_fraction()


def note(key: str) -> str:
    found = REFERENCES.benchmarks.benchmark[key].note
    assert found is not None
    return found.da


def percent(text: str) -> Ratio:
    return Ratio.parse_danish(text)


def one_decimal(value: Fraction) -> Fraction:
    return Fraction(round_half_away(10 * value), 10)


def tenths_of_percent(old: Fraction | int, new: Fraction) -> Fraction:
    """The growth as the press prints it: one decimal, rounded once."""
    return one_decimal(100 * (new - old) / old)


# Changes over the old value


def test_lunden_rent_rose_by_2_73_percent_of_the_old_rent_docplayer_1014829() -> None:
    """16.58 kr. on a new rent of 624.85 kr. per m²; over the new rent it would have been 2.65."""
    new, change = Fraction("624.85"), Fraction("16.58")
    assert growth(new - change, new) == percent("2,73")
    assert Ratio.rounded(100 * change / new) == percent("2,65")


def test_hyldespjaeldet_rent_did_not_rise_docplayer_674395() -> None:
    assert growth(855, 855) == percent("0,00")


@pytest.mark.parametrize(
    ("old", "new", "published"),
    [
        pytest.param(
            "average_rent-2020-01-01-all_homes",
            "average_rent-2021-01-01-all_homes",
            "1,5",
            id="all homes 844 to 857, Vi Lejere on the rent register",
        ),
        pytest.param(
            "average_rent-2020-01-01-family",
            "average_rent-2021-01-01-family",
            "1,6",
            id="family homes 822 to 835, not quite 1.6, Vi Lejere on the rent register",
        ),
    ],
)
def test_a_published_growth_rate_is_the_change_over_the_old_rent(old: str, new: str, published: str) -> None:
    assert f"+{published} %" in note(new)
    assert tenths_of_percent(national(old), national(new)) == percent(published).as_fraction()


@pytest.mark.parametrize(
    ("key", "published", "before"),
    [
        pytest.param("average_rent-2019-01-01-all_homes", "1,1", 824, id="833 in 2019, LBF Huslejestatistik 2019"),
        pytest.param("average_rent-2023-01-01-all_homes", "2,9", 874, id="899 in 2023, LBF orienterer 2023/3"),
        pytest.param("average_rent-2021-01-01-elderly", "1,3", 1103, id="1,117 in 2021, Vi Lejere"),
        pytest.param("average_rent-2021-01-01-youth", "1,9", 940, id="958 in 2021, Vi Lejere"),
    ],
)
def test_a_growth_over_a_year_that_was_not_found_leaves_one_whole_rent(key: str, published: str, before: int) -> None:
    """The rent of the year before is not in our sources; one whole rent gives the published growth."""
    assert f"+{published} %" in note(key)
    wanted = percent(published).as_fraction()
    fits = [rent for rent in range(1, 2000) if tenths_of_percent(rent, national(key)) == wanted]
    assert fits == [before]


def test_79_square_metres_at_835_kroner_are_66_000_a_year_and_5_500_a_month_vi_lejere() -> None:
    yearly = 79 * national("average_rent-2021-01-01-family")
    assert yearly == 65_965
    assert round_half_away(yearly / 1000) == 66
    assert round_half_away(yearly / 12 / 100) == 55


def test_vacancy_loss_grew_by_1_2_kroner_and_28_percent_within_rounding_lbf_orienterer_2023_2() -> None:
    """5.4 kr. less 1.2 is 4.2, and 5.4 is 28.6 percent above that; half a tenth on either number covers 28."""
    loss = national("vacancy_loss-2021-all")
    slack = Fraction(1, 20)
    low, high = growth(Fraction("4.2") + slack, loss - slack), growth(Fraction("4.2") - slack, loss + slack)
    assert "+28 % / +1,2 kr" in note("vacancy_loss-2021-all")
    assert growth(Fraction("4.2"), loss) == percent("28,57")
    assert low is not None
    assert high is not None
    assert low < percent("28") < high


@pytest.mark.parametrize(
    ("key", "published", "before"),
    [
        pytest.param("cleaning-2018-all", "+6 %", [79], id="cleaning 84 kr., LBF theme 2020:3"),
        pytest.param("other_provisions_yearly-2021-all", "+38 %", [21], id="other provisions 29 kr., LBF theme 2023:3"),
        pytest.param("insurance-2014-all", "+23 %", range(881, 888), id="insurance 1,087 kr., LBF theme 2016:4"),
    ],
)
def test_a_growth_in_whole_percent_leaves_few_whole_amounts(key: str, published: str, before: Sequence[int]) -> None:
    new, wanted = national(key), int(published.strip("+ %"))
    assert published in note(key)
    fits = [old for old in range(1, 2000) if round_half_away(100 * (new - old) / old) == wanted]
    assert fits == list(before)


def test_4_204_fewer_moves_from_2010_to_2013_are_about_5_percent_lbf_theme_2014_2() -> None:
    """The four years together had 320,236 moves; the fall is 5 percent of the mean of a year."""
    total = national("external_move_outs_sum-2010-2013-all")
    assert "-4.204" in note("external_move_outs_sum-2010-2013-all")
    assert round_half_away(-100 * 4204 / (total / 4)) == -5


# The size of the sector


@pytest.mark.parametrize(
    ("of_2008", "change", "of_2018"),
    [
        pytest.param(551_296, 21_770, 573_066, id=f"homes, {LBF_STRUCTURE}"),
        pytest.param(7_873, -788, 7_085, id=f"estates, {LBF_STRUCTURE}"),
        pytest.param(750, -189, 561, id=f"organisations, {LBF_STRUCTURE}"),
    ],
)
def test_the_counts_of_2018_are_those_of_2008_and_the_stated_change(of_2008: int, change: int, of_2018: int) -> None:
    """The source states 2018 and the change; 2008 is derived from them."""
    assert of_2008 + change == of_2018
    assert growth(of_2008, of_2018) == Ratio.share(change, of_2008)


def test_the_share_of_the_housing_stock_of_2018_rounds_to_the_published_one_lbf_orienterer_2018_10() -> None:
    """Statistics Denmark has 20.21 percent (BOL101), Landsbyggefonden prints 20.2."""
    assert one_decimal(Fraction("20.21")) == Fraction("20.2")


def test_6_299_moved_out_a_month_lbf_theme_2020_7() -> None:
    yearly = national("external_move_outs-2019-all")
    assert "6.299" in note("external_move_outs-2019-all")
    assert round_half_away(yearly / 12) == 6_299


def test_the_move_out_rate_of_2019_fits_the_number_of_homes_lbf_theme_2020_7_and_lbf_orienterer_2018_9() -> None:
    """75,590 moves are 13.1 percent of between 574,800 and 579,300 homes; there were 573,066 a year earlier."""
    moves, rate = national("external_move_outs-2019-all"), national("move_out_rate-2019-all")
    most, least = 100 * moves / (rate - Fraction(1, 20)), 100 * moves / (rate + Fraction(1, 20))
    assert 573_066 < least < most < 592_959


def test_july_2019_had_26_percent_more_moves_than_december_lbf_theme_2020_7() -> None:
    """December itself was not found; the whole counts that fit are 5,611 to 5,654."""
    july = national("external_move_outs_july-2019-07-all")
    fits = [month for month in range(5000, 6500) if round_half_away(100 * (july - month) / month) == 26]
    assert (fits[0], fits[-1]) == (5_611, 5_654)
    assert "26 %" in note("external_move_outs_july-2019-07-all")


def test_1_808_vacant_homes_are_0_31_percent_lbf_orienterer_2020_2() -> None:
    """Of between 574,000 and 592,000 homes, as there were from 2018 to 2023; 63 more than in January 2019."""
    vacant, share = national("vacant_homes-2020-01-all"), national("vacant_homes_share-2020-01-all")
    assert share == Fraction("0.31")
    for homes in (575_000, 590_000):
        assert Ratio.share(int(vacant), homes) == Ratio.of("0.31")
    assert growth(vacant - 63, vacant) == percent("3,61")


def test_1_145_estates_are_17_percent_of_all_lbf_orienterer_2023_2() -> None:
    """Of 6,543 to 6,939 estates; there were 7,085 in 2018, and their number falls by about 80 a year."""
    above = national("vacancy_loss_estates_above_mean-2021-all")
    fits = [estates for estates in range(6_000, 7_500) if round_half_away(100 * above / estates) == 17]
    assert (fits[0], fits[-1]) == (6_543, 6_939)
    assert fits[0] < 7_085 - 3 * 79 < fits[-1]


# Weighted means


def test_a_mean_per_square_metre_is_a_ratio_of_sums_lbf_theme_2020_3() -> None:
    """3.6 billion kr. at 84 kr. per m² are 42.9 million m², 74.8 m² a home; the mean home of 2016 is printed as 75.6.

    The total is printed as "a little over" 3.6 billion: 1.1 percent more gives 75.6.
    """
    area = national("cleaning_total-2018-all") * 10**9 / national("cleaning-2018-all")
    assert one_decimal(area / 10**6) == Fraction("42.9")
    assert one_decimal(area / 573_066) == Fraction("74.8")
    assert growth(area / 573_066, Fraction("75.6")) == percent("1,09")
    assert "godt" in note("cleaning_total-2018-all")


SLAGELSE = {
    "Holbæk": "20.4",
    "Kalundborg": "15.3",
    "Ringsted": "19.0",
    "Slagelse": "24.6",
    "Sorø": "14.6",
    "Næstved": "15.9",
}


def test_the_mean_19_0_of_slagelse_2011_slide_3_is_no_simple_mean_but_near_one_weighted_by_size() -> None:
    """The weights the slide used are not printed; with the population of 2026 the mean comes within a tenth.

    The mean of 2010, 18.9, cannot be tried: four of the six shares of 2010 cannot be read.
    """
    shares = {name: Fraction(share) for name, share in SLAGELSE.items()}
    simple = weighted_mean((share, 1) for share in shares.values())
    by_size = weighted_mean((share, MUNICIPALITIES[name].population) for name, share in shares.items())
    assert simple == Fraction("18.3")
    assert by_size is not None
    assert round_half_away(100 * by_size) == 1894
    assert abs(by_size - 19) < Fraction(1, 10)


def test_the_mean_rent_of_the_municipalities_in_2026_depends_on_the_weights_lbf_huslejestatistik_2026_table_7() -> None:
    """951 kr. if every municipality counts once; 965 weighted by population times share; the country has 960."""
    rents = [
        (row.rent.as_fraction(), row.population * row.social_share.as_fraction())
        for row in MUNICIPALITIES.values()
        if row.rent and row.social_share
    ]
    simple, weighted = weighted_mean((rent, 1) for rent, _ in rents), weighted_mean(rents)
    assert len(rents) == 98
    assert simple is not None
    assert weighted is not None
    assert (round_half_away(simple), round_half_away(weighted)) == (951, 965)
    assert national("average_rent-2026-01-01-family") == 960


# Quantiles


def rents() -> list[Fraction]:
    return [row.rent.as_fraction() for row in MUNICIPALITIES.values() if row.rent]


@pytest.mark.parametrize(
    ("at", "published"),
    [(Fraction(0), 770), (Fraction(1, 4), 861), (Fraction(1, 2), 923), (Fraction(3, 4), 1039), (Fraction(1), 1248)],
    ids=["least", "lower quartile", "median", "upper quartile", "most"],
)
def test_the_quartiles_of_98_municipality_rents_are_of_type_7_lbf_huslejestatistik_2026_table_7(
    at: Fraction, published: int
) -> None:
    found = quantile(rents(), at, QuantileMethod.LINEAR)
    assert found is not None
    assert round_half_away(found) == published


def test_no_other_usual_type_gives_the_upper_quartile_1039_lbf_huslejestatistik_2026_table_7() -> None:
    """The type must be named: Weibull's (type 6) says 860 and 1,042 where type 7 says 861 and 1,039."""
    found = {
        method.type: [round_half_away(value) for at in (1, 3) if (value := quantile(rents(), Fraction(at, 4), method))]
        for method in QuantileMethod
    }
    assert [kind for kind, quartiles in found.items() if quartiles == [861, 1039]] == [7]
    assert found[6] == [860, 1042]


@pytest.mark.parametrize(("name", "rent"), [("Hjørring", 770), ("Egedal", 1248)])
def test_the_ends_are_hjoerring_and_egedal_lbf_huslejestatistik_2026_table_7(name: str, rent: int) -> None:
    assert [n for n, row in MUNICIPALITIES.items() if row.rent and row.rent.as_fraction() == rent] == [name]


# Tenancy units


def test_faaborg_midtfyn_2013_14_garages_and_institution_by_the_norm_docplayer_1653873() -> None:
    """19 garages are 3.8 units, one institution of 58.1 m² is 1.0."""
    assert TenancyUnits.by_norm(garages=19) == TenancyUnits.of("3.8")
    assert TenancyUnits.by_norm(premises=[Area.of("58.1")]) == TenancyUnits.of("1.0")


def test_faaborg_midtfyn_2013_14_shop_units_are_a_mean_over_the_period_docplayer_1653873() -> None:
    """16.8 units for four leases of 956.0 m² in all cannot come from the norm on one day: every lease gives a whole
    number, 16 to 19 together. The printed total 588.6 is the mean over the period; what is left for homes is 567.0.
    """
    shops = TenancyUnits.of("16.8")
    least = TenancyUnits.by_norm(premises=[Area.of(956)])
    most = TenancyUnits.by_norm(premises=[Area.of("180.01")] * 3 + [Area.of("415.97")])
    assert (least, most) == (TenancyUnits.of(16), TenancyUnits.of(19))
    assert least < shops < most
    assert TenancyUnits.of("588.6") - shops - TenancyUnits.of("1.0") - TenancyUnits.of("3.8") == TenancyUnits.of(567)


def test_lunden_2012_13_shop_and_institution_units_docplayer_1014829() -> None:
    """123.4 m² are 3 units; the institution's 1,324 m² may have lost decimals in print, and are 23 units either way."""
    assert TenancyUnits.by_norm(premises=[Area.of("123.4")]) == TenancyUnits.of(3)
    for area in ("1324", "1324.99"):
        assert TenancyUnits.by_norm(premises=[Area.of(area)]) == TenancyUnits.of(23)


def test_hyldespjaeldet_2014_7_6_garage_units_are_38_garages_docplayer_674395() -> None:
    assert TenancyUnits.by_norm(garages=38) == TenancyUnits.of("7.6")


def test_moselunden_2012_homes_and_areas_add_up_to_55_units_issuu_ostjyskbolig_85() -> None:
    rooms = {2: (16, 930), 3: (31, 2625), 4: (8, 758)}
    homes, area = (sum(column) for column in zip(*rooms.values(), strict=True))
    assert (homes, area) == (55, 4313)
    assert TenancyUnits.by_norm(homes=homes) == TenancyUnits.of(55)


# Rounding


def test_consumption_parts_differ_from_their_total_by_rounding_lbf_theme_2015_5() -> None:
    """99 + 49 + 57 = 205, published 206: each of the four may be half a krone off, so 2 in all."""
    parts = [national(f"consumption_{part}-2015-all") for part in ("heat", "water", "electricity")]
    total = national("consumption_total-2015-all")
    added = parts[0] + parts[1] + parts[2]
    assert [added, total] == [205, 206]
    assert abs(total - added) <= Fraction(len(parts) + 1, 2)


def test_the_return_on_common_funds_adds_up_docplayer_1653873() -> None:
    """2.56 percent is 1.91 paid out and 0.65 unrealised."""
    assert percent("1,91") + percent("0,65") == percent("2,56")


# Targets


def test_the_target_of_2026_is_new_savings_carried_over_and_energy_almeneffektivitet_and_bl_4_2021() -> None:
    """1.2 billion kr. new and 0.3 carried over are the 1.5 of the delimited costs; with 0.3 for energy they are 1.8."""
    target = national("efficiency_target_2026-2026-sector")
    assert Fraction("1.2") + Fraction("0.3") == target == Fraction("1.5")
    assert target + Fraction("0.3") == Fraction("1.8")
