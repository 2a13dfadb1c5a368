"""Catalogues of key figures are read whole, and refused with the file and line of everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from almenstyring.content import load_references
from almenstyring.content.key_figures import key_figures_from, load_key_figures
from almenstyring.domain.errors import ContentError
from almenstyring.domain.figures.chart import Ledger

HEAD = """\
[sources]
acme = "Acme: egne nøgletal"

[groups]
own = { da = "Egne", en = "Own" }

[reported]
bikes = { text = { da = "Cykler", en = "Bicycles" }, unit = "home" }

"""
PLAIN = {
    "id": '"trial"',
    "name": '{ da = "Prøve", en = "Trial" }',
    "of": '"estate"',
    "group": '"own"',
    "unit": '"kr/m2"',
    "decimals": "2",
    "formula": "'account[\"114\"] / master.homes_area'",
    "source": '"acme"',
    "certainty": '"project-authored"',
}


def entry(**changes: str) -> str:
    """One definition, with texts as they stand in TOML."""
    lines = "\n".join(f"{key} = {value}" for key, value in (PLAIN | changes).items())
    return f"[[figure]]\n{lines}\n\n"


def formula(text: str, **changes: str) -> str:
    return entry(formula=f"'{text}'", **changes)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acme.toml"


def refused(file: Path, *entries: str, head: str = HEAD) -> list[str]:
    """Every fault as the line it is told of and what is said of it."""
    file.write_text(head + "".join(entries), "utf-8")
    with pytest.raises(ContentError) as caught:
        key_figures_from(file, load_references())
    lines = file.read_text("utf-8").split("\n")
    for fault in caught.value.faults:
        assert fault.file == "acme.toml"
        assert fault.message.da and fault.message.da != fault.message.en
    return [f"{lines[(fault.line or 0) - 1]} | {fault.message.en}" for fault in caught.value.faults]


def test_a_plugin_brings_its_own_key_figures(file: Path) -> None:
    file.write_text(HEAD + entry() + formula("percent(reported.bikes / master.homes)", id='"bikes"', unit='"pct"'))
    made = key_figures_from(file, load_references())
    assert [figure.identity for figure in made] == ["trial/1", "bikes/1"]
    assert made.rates == load_references().rates.names
    assert made.get("trial", 2025).source == "Acme: egne nøgletal"


def test_the_library_s_own_file_is_its_catalogue(content_copy: Path) -> None:
    made = key_figures_from(content_copy / "key_figures.toml", load_references())
    assert made == load_key_figures()
    assert load_key_figures() is load_key_figures()


@pytest.mark.parametrize(
    ("wrong", "line", "why"),
    [
        pytest.param(
            formula('(account["114"] + master.homes_area) / master.homes_area'),
            "formula",
            "(character 19",
            id="kroner plus square metres",
        ),
        pytest.param(formula('account["999"] / master.homes_area'), "formula", "not known", id="an unknown account"),
        pytest.param(formula('account["803"] / master.homes_area'), "formula", "not known", id="another ledger's"),
        pytest.param(formula("master.roofs / master.homes_area"), "formula", "not known", id="an unknown fact"),
        pytest.param(formula("reported.cats / master.homes_area"), "formula", "not known", id="an unknown report"),
        pytest.param(formula("rate.of_nothing / master.homes_area"), "formula", "not known", id="an unknown rate"),
        pytest.param(formula("figure.other / master.homes_area"), "formula", "not known", id="an unknown figure"),
        pytest.param(formula('account["114"] /'), "formula", "cannot be read", id="no formula"),
        pytest.param(
            formula('account["114"] / master.homes'), 'unit = "kr/m2"', "DKK per home, not DKK per m²", id="wrong unit"
        ),
        pytest.param(
            formula("master.homes / master.homes"), 'unit = "kr/m2"', "a bare number, not DKK per m²", id="no unit"
        ),
        pytest.param(entry(unit='"kr/sqm"'), 'unit = "kr/sqm"', '"kr/sqm" is no unit of measure', id="no such unit"),
        pytest.param(entry(national='"mood"'), "national", "no national figure", id="an unknown national indicator"),
        pytest.param(entry(critical='"figure.trial > master.homes"'), "critical", "is wanted", id="a limit of homes"),
        pytest.param(entry(critical='"figure.trial"'), "critical", "not a statement", id="a limit that is none"),
        pytest.param(entry(since="2020", until="2019"), "until", "before it begins", id="no years"),
        pytest.param(entry(group='"theirs"'), "group", "is not in [groups]", id="an unknown group"),
        pytest.param(entry(source='"them"'), "source", "is not in [sources]", id="an unknown source"),
        pytest.param(entry(weighting='"by_feel"'), "weighting", "one of these", id="an unknown weighting"),
    ],
)
def test_a_definition_that_cannot_be_right_is_refused_on_its_line(file: Path, wrong: str, line: str, why: str) -> None:
    [told] = refused(file, entry(id='"sound"'), wrong)
    assert told.startswith(line)
    assert why in told


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        pytest.param({}, {}, True, id="both always"),
        pytest.param({"until": "2019"}, {"since": "2019"}, True, id="in one year"),
        pytest.param({"until": "2019"}, {"since": "2020"}, False, id="in none"),
        pytest.param({"since": "2020"}, {"until": "2019"}, False, id="in none, the newer first"),
        pytest.param({"since": "2020"}, {"until": "2020"}, True, id="in one year, the newer first"),
        pytest.param({"since": "2010", "until": "2012"}, {"since": "2011", "until": "2011"}, True, id="one within"),
        pytest.param({"since": "2011", "until": "2011"}, {"since": "2010", "until": "2012"}, True, id="one around"),
        pytest.param({"since": "2010", "until": "2012"}, {"since": "2013", "until": "2014"}, False, id="in a row"),
    ],
)
def test_a_year_has_one_definition(file: Path, one: dict[str, str], other: dict[str, str], overlaps: bool) -> None:
    older, newer = entry(**({"since": "0"} | one)), entry(definition="2", **({"since": "0"} | other))
    if overlaps:
        [told] = refused(file, older, newer)
        assert told == f"since = {other.get('since', '0')} | definition 1 is valid in those years too"
    else:
        file.write_text(HEAD + older + newer, "utf-8")
        assert len(key_figures_from(file, load_references()).figure) == 2


def test_definitions_of_others_may_have_the_same_years(file: Path) -> None:
    whole = formula('account["803"] / master.homes_area', of='"organisation"')
    file.write_text(HEAD + entry() + whole + entry(id='"other"'), "utf-8")
    made = key_figures_from(file, load_references())
    assert [figure.of for figure in made] == [Ledger.ESTATE, Ledger.ORGANISATION, Ledger.ESTATE]


def test_a_definition_stands_there_once(file: Path) -> None:
    again, after = entry(definition="1"), entry(since="2020")
    assert "trial 1 is here twice" in refused(file, again, again)[0]
    assert refused(file, entry(until="2019"), after) == ["[[figure]] | the number was used before"]


def test_a_new_definition_keeps_the_unit(file: Path) -> None:
    new = formula('account["114"] / master.homes', definition="2", since="2020", unit='"kr/home"')
    assert refused(file, entry(until="2019"), new) == ['unit = "kr/home" | a new definition keeps the unit of measure']


def test_a_reported_fact_has_a_unit_that_is_known(file: Path) -> None:
    [told] = refused(file, entry(), head=HEAD.replace('unit = "home"', 'unit = "bicycle"'))
    assert told.startswith("bikes = ")
    assert '"bicycle" is no unit of measure' in told


@pytest.mark.parametrize("ledger", Ledger)
def test_figures_that_need_each_other_are_refused_with_the_way_round(file: Path, ledger: Ledger) -> None:
    def ring(name: str, other: str) -> str:
        return formula(f"figure.{other} * master.homes / master.homes", id=f'"{name}"', of=f'"{ledger.value}"')

    [told] = refused(file, entry(id='"outside"'), ring("a", "b"), ring("b", "c"), ring("c", "a"))
    line, _, said = told.partition(" | ")
    way = said.removeprefix("The definitions need each other: ").rstrip(".").split(" → ")
    assert len(way) == 4 and way[0] == way[-1] and set(way) == {"a", "b", "c"}
    assert line.startswith(f"formula = 'figure.{way[1]} ")


def test_a_circle_is_told_of_the_definition_that_is_in_it(file: Path) -> None:
    def sound_then_not(name: str, other: str) -> tuple[str, str]:
        change = formula(f"figure.{other} * master.homes / master.homes", id=name, definition="2", since="2020")
        return entry(id=name, until="2019"), change

    (one, one_changed), (two, two_changed) = sound_then_not('"a"', "b"), sound_then_not('"b"', "a")
    [told] = refused(file, one, two, one_changed, two_changed)
    assert told.startswith(f"formula = 'figure.{told.rstrip('.').split(' → ')[1]} *")


def test_a_figure_that_needs_itself_is_refused(file: Path) -> None:
    [told] = refused(file, formula("figure.trial + master.homes_area / master.homes_area", unit='"kr/m2"'))
    assert "is wanted" in told
    [told] = refused(file, formula("2 * figure.trial * master.homes / master.homes"))
    assert "trial → trial" in told


def test_a_circle_is_told_of_the_ledger_it_is_in(file: Path) -> None:
    sound = formula('account["803"] / master.homes_area', of='"organisation"')
    [told] = refused(file, sound, formula("2 * figure.trial * master.homes / master.homes"))
    assert told.startswith("formula = '2 * figure.trial")


def test_circles_of_both_ledgers_are_told(file: Path) -> None:
    circle = formula("2 * figure.trial * master.homes / master.homes")
    assert len(refused(file, circle, circle.replace('"estate"', '"organisation"'))) == 2


def test_units_are_told_before_the_formulas_that_depend_on_them_and_circles_last(file: Path) -> None:
    circle = formula("2 * figure.trial * master.homes / master.homes")
    roofs = formula("master.roofs / master.homes", id='"roofs"')
    moods, units = entry(id='"moods"', national='"mood"'), entry(id='"units"', unit='"kr/sqm"')
    bicycles = HEAD.replace('unit = "home"', 'unit = "bicycle"')
    for wrong, head, wanted in (
        ((circle, roofs, moods, units), bicycles, ["bikes", "national", "unit"]),
        ((circle, roofs, moods), HEAD, ["formula", "national"]),
        ((circle,), HEAD, ["formula"]),
    ):
        assert [said.partition(" ")[0] for said in refused(file, *wrong, head=head)] == wanted
