"""The shipped models of the dialogue say what was published and what is not known; a faulty file is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from almenstyring.content.fora import fora_from, load_fora
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.dialogue.fora import (
    STATUTORY,
    STATUTORY_LAW,
    STATUTORY_MEETING,
    DialogueModel,
    Frequency,
    Gathering,
)
from almenstyring.domain.dialogue.obligations import Span
from almenstyring.domain.errors import ContentError, NotFoundError

SHIPPED = load_fora()


def test_the_models_are_read_once() -> None:
    assert load_fora() is SHIPPED
    assert list(SHIPPED.model) == ["statutory_minimum", "slagelse_2011", "norddjurs_2011", "norddjurs_2022"]


def test_the_minimum_is_the_law_and_nothing_else() -> None:
    assert SHIPPED["statutory_minimum"].fora == (STATUTORY_MEETING,)


@pytest.mark.parametrize("model", SHIPPED.model.values(), ids=lambda model: model.id)
def test_every_model_has_the_statutory_meeting_a_source_and_its_gaps(model: DialogueModel) -> None:
    meeting = model.forum(STATUTORY)
    assert meeting is not None
    assert meeting.law == STATUTORY_LAW
    assert model.gaps
    assert model.certainty is Certainty.DERIVED
    assert all(forum.source and (forum.statutory or not forum.law) for forum in model.fora)


def test_slagelse_had_three_fora() -> None:
    assert [(forum.id, forum.gathering, forum.frequency) for forum in SHIPPED["slagelse_2011"].fora] == [
        ("joint_meeting", Gathering.JOINT, Frequency.YEARLY),
        (STATUTORY, Gathering.EACH_ALONE, Frequency.YEARLY),
        ("cooperation_committee", Gathering.JOINT, Frequency.TWICE_A_YEAR),
    ]
    assert SHIPPED["slagelse_2011"].decision is None


def test_norddjurs_decided_twice() -> None:
    first, second = SHIPPED["norddjurs_2011"], SHIPPED["norddjurs_2022"]
    assert [forum.id for forum in first.fora] == [STATUTORY, "coordination_group", "dialogue_forum"]
    assert [forum.id for forum in second.fora] == [STATUTORY, "theme_meeting"]
    assert first.decision is not None
    assert (first.decision.decided_on, first.decision.recommended_by) == (date(2011, 12, 13), None)
    decision = second.decision
    assert decision is not None
    assert decision.decided_on == date(2022, 11, 15)
    assert decision.case_number == "22/8287"
    assert decision.recommended_by is not None
    assert decision.recommended_by.da == "vej- og ejendomschefen"
    assert [(each.committee.da, each.on) for each in decision.endorsements] == [
        ("Miljø- og teknikudvalget", date(2022, 10, 10)),
        ("Økonomiudvalget", date(2022, 11, 8)),
    ]


def test_that_the_end_of_the_coordination_group_is_unknown_is_said_and_no_end_is_invented() -> None:
    for model_id in ("norddjurs_2011", "norddjurs_2022"):
        model = SHIPPED[model_id]
        assert any("koordinationsgruppen" in gap.da for gap in model.gaps)
        assert model.in_force is not None
        assert model.in_force.end is None


def test_the_electoral_terms_are_four_calendar_years_each() -> None:
    assert [term.span for term in SHIPPED.terms] == [Span.years(year, year + 3) for year in range(2010, 2027, 4)]
    assert {term.certainty for term in SHIPPED.terms} == {Certainty.DERIVED}


def test_an_unknown_model_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFoundError, match="statutory_minimum, slagelse_2011"):
        SHIPPED["atlantis"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "dialogue_meeting"', 'id = "other"', "model.statutory_minimum: The statutory yearly meeting cannot be"),
        (
            'frequency = "yearly"',
            'frequency = "twice_a_year"',
            "model.statutory_minimum.fora[0]: The statutory meeting",
        ),
        ('frequency = "yearly"', 'frequency = "often"', "model.statutory_minimum.fora[0].frequency: one of these"),
        ('id = "joint_meeting"', 'id = "dialogue_meeting"', "model.slagelse_2011.fora[1]: dialogue_meeting is here"),
        ("on = 2022-11-08", "on = 2022-11-16", "model.norddjurs_2022.decision: A committee endorsed after"),
        ("start = 2014-01-01", "start = 2014-01-02", "terms[1]: does not follow the term before"),
        ("end = 2013-12-31", "end = 2009-12-31", "terms[0].span: The span"),
        ('source = "elections"', 'source = "hearsay"', "terms[0].source: is not in [sources]"),
    ],
)
def test_a_faulty_file_is_refused_at_its_place(old: str, new: str, fault: str, content_copy: Path) -> None:
    file = content_copy / "fora.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        fora_from(file)
    assert all(each.file == "fora.toml" and each.line and each.line > 1 for each in caught.value.faults)
    told = [f"{each.path}: {each.message.en}" for each in caught.value.faults]
    assert any(each.startswith(fault) for each in told), told
