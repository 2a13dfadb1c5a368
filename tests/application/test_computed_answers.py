"""Answers that are computed from the key figures: renewed with them, and never in place of what somebody gave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.application.key_figures import prefilled_by_figures
from almenstyring.application.prefilling import prefilled
from almenstyring.content import load_standard
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.reporting import (
    Computed,
    DocumentationPackage,
    KeptFigure,
    QuestionType,
    Sheet,
    Sourced,
    UnitFigures,
)
from almenstyring.domain.values import EstateId, LbfNumber
from almenstyring.ports import Figure, SourceAnswer, SourceRequest

from .conftest import REGISTRY, YEAR, StandingClock
from .kept_figures import ESTATE, kept, own

MOVE_OUTS = "estate.external_move_outs"
RATE_OF_ALL = "letting.move_out_rate"
RENT = "estate.rent_per_m2"
SCORE = "estate.efficiency_score"
AT = StandingClock()()


# Answers


def test_answers_are_computed_from_the_figures_and_say_by_which_definition(filled_year: al.Workspace) -> None:
    package = filled_year.open_package("T001", YEAR)
    answer, figure = package.sheet(ESTATE)[RENT], kept(package, "rent_per_m2")
    assert answer.value == figure.value
    assert answer.provenance == Computed(definition="rent_per_m2/3", status=figure.status)
    money = package.sheet(ESTATE)["estate.provisions_per_home"]
    assert isinstance(money.value, al.Dkk) and isinstance(money.provenance, Computed)
    assert package.sheet(ESTATE)[MOVE_OUTS].provenance != answer.provenance
    assert isinstance(package.sheet(ESTATE)[MOVE_OUTS].provenance, Sourced)
    own = package.report[RATE_OF_ALL]
    assert isinstance(own.provenance, Computed) and own.value == kept(package, "move_out_rate", None).value


def test_computed_answers_follow_the_figures_when_saved_and_keep_their_comments(writer: al.Workspace) -> None:
    package = writer.open_package("T001", YEAR)
    commented = writer.save(package.answer(RENT, comment="høj", estate=ESTATE))
    reported = dict(own(commented).reported)
    rents = [name for name in reported if name.startswith("register_rent")]
    for name in rents:
        value = reported[name].value
        assert isinstance(value, al.Dkk)
        reported[name] = evolve(reported[name], value=al.Dkk(2 * value.count))
    others = tuple(each for each in commented.figures if str(each.unit) != ESTATE)
    saved = writer.save(evolve(commented, figures=(*others, evolve(own(commented), reported=reported))))
    value, doubled = kept(commented, "rent_per_m2").value, saved.sheet(ESTATE)[RENT]
    assert rents and value is not None
    assert isinstance(doubled.value, al.Number) and isinstance(doubled.provenance, Computed)
    assert abs(doubled.value.as_fraction() - 2 * value.as_fraction()) <= al.Ratio(1).as_fraction()
    assert doubled.comment == "høj"


def test_a_computed_answer_goes_when_there_is_nothing_left_to_compute_it_from(writer: al.Workspace) -> None:
    package = writer.save(writer.open_package("T001", YEAR).answer(RENT, comment="høj", estate=ESTATE))
    bare = tuple(evolve(each, reported={}) if str(each.unit) == ESTATE else each for each in package.figures)
    saved = writer.save(evolve(package, figures=bare))
    assert kept(saved, "rent_per_m2").value is None
    assert saved.sheet(ESTATE)[RENT] == al.Answer(comment="høj")


@pytest.mark.parametrize("value", [al.Number(7), 0, al.NOT_APPLICABLE], ids=str)
def test_what_a_person_typed_is_never_computed_over(writer: al.Workspace, value: object) -> None:
    package = writer.save(writer.open_package("T001", YEAR).answer(RENT, value, estate=ESTATE))
    assert package.sheet(ESTATE)[RENT].value == (al.Number(0) if value == 0 else value)
    assert writer.prefill(package).sheet(ESTATE)[RENT] == package.sheet(ESTATE)[RENT]


class Telling:
    """The demonstration's source, with other figures than its own of one estate."""

    def __init__(self, **told: al.Number | None) -> None:
        self.inner, self.told = REGISTRY.source("synthetic").open(""), told

    def organisations(self) -> Iterable[LbfNumber]:
        return self.inner.organisations()

    def master_data(self, organisation: LbfNumber) -> al.MasterData | None:
        return self.inner.master_data(organisation)

    def figures(self, request: SourceRequest) -> SourceAnswer:
        found, unit = self.inner.figures(request), EstateId.parse(ESTATE)
        others = tuple(f for f in found.figures if not (f.unit == unit and f.name in self.told))
        own = (Figure(name=name, unit=unit, value=value, key="x") for name, value in self.told.items() if value)
        return evolve(found, figures=(*others, *own))

    def close(self) -> None:
        return


def filled(package: DocumentationPackage, **told: al.Number | None) -> DocumentationPackage:
    return prefilled(package, load_standard(YEAR), Telling(**told), "kilde", AT)


def test_what_a_source_delivers_itself_is_not_computed_over(filled_year: al.Workspace) -> None:
    package = filled(filled_year.open_package("T001", YEAR), rent_per_m2=al.Number(1))
    answer = package.sheet(ESTATE)[RENT]
    assert answer.value == al.Number(1) and isinstance(answer.provenance, Sourced)
    assert kept(package, "rent_per_m2").value not in (None, al.Number(1))
    renewed = filled(package, rent_per_m2=al.Number(2)).sheet(ESTATE)[RENT]
    assert renewed.value == al.Number(2)


def test_a_computed_answer_makes_room_for_what_a_source_delivers_later(filled_year: al.Workspace) -> None:
    package = filled_year.open_package("T001", YEAR)
    assert isinstance(package.sheet(ESTATE)[RENT].provenance, Computed)
    assert isinstance(filled(package, rent_per_m2=al.Number(2)).sheet(ESTATE)[RENT].provenance, Sourced)


def test_a_score_that_no_source_tells_any_longer_does_not_live_on_by_itself(writer: al.Workspace) -> None:
    """The figure is the reported score, and the answer may be the figure: neither may rest on the other alone."""
    package = filled(writer.open_package("T001", YEAR), efficiency_score=al.Number(85))
    cleared = writer.save(package.clear(SCORE, estate=ESTATE))
    assert cleared.sheet(ESTATE)[SCORE].provenance == Computed(definition="efficiency_score/1")
    later = filled(cleared, efficiency_score=None)
    assert kept(later, "efficiency_score").value is None
    assert later.sheet(ESTATE)[SCORE].is_missing


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"type": QuestionType.NUMBER, "decimals": 0}, al.Number(13)),
        ({"type": QuestionType.NUMBER, "decimals": 1}, al.Number(125, 1)),
        ({"type": QuestionType.NUMBER, "decimals": 6}, al.Number(12500, 3)),
        ({"type": QuestionType.MONEY}, al.Dkk.of("12.50")),
    ],
    ids=str,
)
def test_a_figure_is_rounded_as_the_question_asks(changes: dict[str, Any], wanted: object) -> None:
    [question] = [evolve(each, **changes) for each in load_standard(YEAR) if each.id == RENT]
    unit = EstateId.parse(ESTATE)
    own = KeptFigure(figure="rent_per_m2", definition=3, value=al.Number(12500, 3), status=FigureStatus.PROJECTED)
    figures = UnitFigures(unit=unit, period=al.AccountingPeriod.parse("2025-01-01/2025-12-31"), figures=(own,))
    answer = prefilled_by_figures(Sheet(unit=unit), [question], figures)[RENT]
    assert answer.value == wanted
    assert answer.provenance == Computed(definition="rent_per_m2/3", status=FigureStatus.PROJECTED)
    assert prefilled_by_figures(Sheet(unit=unit), [question], None) == Sheet(unit=unit)
