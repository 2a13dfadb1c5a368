"""Kinds and measures: what goes together, what it comes to, and what is refused when content loads."""

from __future__ import annotations

import pytest

from almenstyring.domain.expressions import (
    BARE,
    KRONER,
    PERCENT,
    Expression,
    ExpressionError,
    Kind,
    Measure,
    NumberKind,
    Scope,
    TextKind,
    TruthKind,
)


def number(text: str) -> NumberKind:
    return NumberKind(measure=Measure.parse(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('account["112.1"]', NumberKind(measure=KRONER)),
        ('account["112.1"] / master.homes', number("kr/home")),
        ('account["112.1"] / master.homes * master.homes', NumberKind(measure=KRONER)),
        ('account["112.1"] + 0', NumberKind(measure=KRONER)),
        ('0 - account["112.1"]', NumberKind(measure=KRONER)),
        ("0 + 0", NumberKind(measure=None)),
        ("0 * master.homes", NumberKind(measure=None)),
        ("0 / master.homes", NumberKind(measure=None)),
        ("1 / master.homes_area", number("1/m2")),
        ("-master.homes", number("home")),
        ("master.homes / master.homes", NumberKind(measure=BARE)),
        ("percent(master.homes / master.homes)", NumberKind(measure=PERCENT)),
        ("percent(0)", NumberKind(measure=PERCENT)),
        ('reported.share + quantity(2, "pct")', NumberKind(measure=PERCENT)),
        ("sum(master.homes, 0, master.homes)", number("home")),
        ("min(master.homes, max(0, master.homes))", number("home")),
        ("abs(master.homes)", number("home")),
        ("coalesce(master.homes, 0)", number("home")),
        ("0 if reported.truth else master.homes", number("home")),
        ("master.homes > 0", TruthKind()),
        ('master.homes == quantity(3, "home")', TruthKind()),
        ('answer["colour"] == "red"', TruthKind()),
        ('"red" != answer["colour"]', TruthKind()),
        ('answer["colour"] == answer["choice"]', TruthKind()),
        ('answer["colour"] in ("red", "green")', TruthKind()),
        ('answer["note"] in ("whatever",)', TruthKind()),
        ("reported.truth == True and not reported.truth", TruthKind()),
        ('missing(answer["day"])', TruthKind()),
        ("missing(missing(master.homes))", TruthKind()),
        ('coalesce(answer["colour"], answer["choice"])', TextKind(frozenset({"red", "green", "yes", "no"}))),
        ('coalesce(answer["colour"], answer["note"])', TextKind()),
        ('coalesce(answer["colour"], answer["choice"]) == "yes"', TruthKind()),
    ],
)
def test_an_expression_comes_to_a_kind(scope: Scope, text: str, kind: Kind) -> None:
    assert Expression.read(text).check(scope) == kind


@pytest.mark.parametrize(
    ("text", "blamed", "why"),
    [
        ('account["112.1"] + master.homes_area', "master.homes_area", "a number of m², but a number of DKK is wanted"),
        ('account["112.1"] + 1', "1", "a bare number, but a number of DKK is wanted"),
        ('1 + account["112.1"]', 'account["112.1"]', "but a bare number is wanted"),
        ("min(0, master.homes, 1)", "1", "a bare number, but a number of homes"),
        ("master.homes > 1", "1", "a bare number"),
        ("master.homes == 1", "1", "a bare number"),
        ("coalesce(master.homes, 1)", "1", "a bare number"),
        ("master.homes if reported.truth else 1", "1", "a bare number"),
        ("percent(master.homes)", "master.homes", "a ratio without a unit is wanted"),
        ("percent(reported.share)", "reported.share", "a ratio without a unit is wanted"),
        ("master.homes / 0", "0", "Division by zero"),
        ("master.homes / (0 * master.homes)", "0 * master.homes", "Division by zero"),
        ("master.nothing + 1", "master.nothing", "not known"),
        ('answer["colour"] + 1', 'answer["colour"]', "a text, but a number is wanted"),
        ('answer["colour"] < "red"', 'answer["colour"]', "a number is wanted"),
        ('answer["colour"] == 1', "1", "but a text is wanted"),
        ('answer["colour"] == 0', "0", "zero, but a text is wanted"),
        ('0 == answer["colour"]', "0", "zero, but a text is wanted"),
        ("reported.truth == 0", "0", "zero, but a statement is wanted"),
        ('answer["colour"] == "blue"', '"blue"', "none of the options"),
        ('"blue" == answer["colour"]', '"blue"', "none of the options"),
        ('answer["colour"] in ("red", "blue")', '("red", "blue")', "none of the options"),
        ('coalesce(answer["colour"], answer["choice"]) == "blue"', '"blue"', "none of the options"),
        ('master.homes in ("red",)', "master.homes", "a text is wanted"),
        ('answer["day"] in ("red",)', 'answer["day"]', "a text is wanted"),
        ('answer["day"] == answer["day"]', 'answer["day"]', "missing(...) only, but a value is wanted"),
        ('coalesce(answer["day"], 0)', 'answer["day"]', "a value is wanted"),
        ('answer["day"] > 0', 'answer["day"]', "a number is wanted"),
        ("not master.homes", "master.homes", "a statement is wanted"),
        ('reported.truth and answer["choice"]', 'answer["choice"]', "a statement is wanted"),
        ('1 if answer["choice"] else 2', 'answer["choice"]', "a statement is wanted"),
        ('1 if reported.truth else "x"', '"x"', "a bare number is wanted"),
        ("missing(master.nothing)", "master.nothing", "not known"),
    ],
)
def test_what_does_not_go_together_is_refused_where_it_stands(scope: Scope, text: str, blamed: str, why: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression.read(text).check(scope)
    error = caught.value
    assert error.place.fragment == blamed
    assert why in error.message.en
    assert error.message.da != error.message.en
    assert error.context["value"] == text


def test_the_options_there_are_stand_in_the_hint(scope: Scope) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression.read('answer["colour"] == "blue"').check(scope)
    assert caught.value.hint.en == "The options are green, red."
