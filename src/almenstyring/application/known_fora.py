"""The fora that a municipality can meet in: those of the models it adopted, and those of the reference models."""

from __future__ import annotations

from datetime import date

from almenstyring.application.records import Records
from almenstyring.content.fora import load_fora
from almenstyring.domain.dialogue import STATUTORY, STATUTORY_MEETING, DialogueModels, Forum
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import MunicipalityCode


def models_of(records: Records, municipality: MunicipalityCode) -> DialogueModels:
    """What a municipality adopted."""
    return DialogueModels(entry.value for entry in records.adoptions.find(municipality=str(municipality)))


def known_fora(records: Records, municipality: MunicipalityCode) -> dict[str, Forum]:
    """Every forum that may be named, by id; what the municipality adopted last is what an id stands for."""
    adopted = [adoption.model for adoption in models_of(records, municipality).adoptions]
    models = (*load_fora().model.values(), *adopted)
    return {STATUTORY: STATUTORY_MEETING} | {forum.id: forum for model in models for forum in model.fora}


def forum_name(records: Records, municipality: MunicipalityCode, forum: str, day: date) -> Text:
    """What a forum is called in the model that holds on the day, or in another that has it; else its id."""
    model = models_of(records, municipality).on(municipality, day)
    found = (model.forum(forum) if model else None) or known_fora(records, municipality).get(forum)
    return found.name if found else Text(forum, forum)


def require_forum(records: Records, municipality: MunicipalityCode, forum: str) -> None:
    """InvalidValueError, with all that are known, for the id of no forum."""
    known = known_fora(records, municipality)
    if forum not in known:
        listed = Text(*("; ".join(f"{each.id} ({each.name[lang]})" for each in known.values()) for lang in LANGUAGES))
        raise InvalidValueError(
            Text(f"Der er intet forum {forum}.", f"There is no forum {forum}."),
            Text(
                f"Brug et id fra en vedtaget model eller en referencemodel: {listed.da}.",
                f"Use an id of an adopted model or of a reference model: {listed.en}.",
            ),
            value=forum,
        )
