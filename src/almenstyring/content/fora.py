"""Loading the reference models of the dialogue's fora, and the electoral terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path

from attrs import field, frozen

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import Checks, Complaint, structure
from almenstyring.domain.dialogue.fora import DialogueModel
from almenstyring.domain.dialogue.obligations import ElectoralTerm
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.text import Text


@frozen(kw_only=True)
class ReferenceModels:
    """Models that a municipality can adopt or begin from, and the electoral terms (da: referencemodeller).

    >>> load_fora()["norddjurs_2022"].decision.case_number
    '22/8287'
    """

    model: Mapping[str, DialogueModel] = field(hash=False)
    terms: tuple[ElectoralTerm, ...]

    def __getitem__(self, model_id: str) -> DialogueModel:
        """The model of that id; NotFoundError tells which there are."""
        if model_id not in self.model:
            known = ", ".join(self.model)
            raise NotFoundError(
                Text(f"Dialogmodellen {model_id} findes ikke.", f"There is no dialogue model {model_id}."),
                Text(f"Kendte modeller: {known}.", f"Known models: {known}."),
                model=model_id,
            )
        return self.model[model_id]


def _terms_follow(models: ReferenceModels) -> Iterator[Complaint]:
    """A term begins on the day after the one before it."""
    for place, (before, after) in enumerate(pairwise(models.terms), start=1):
        if after.span.start - before.span.end != timedelta(days=1):
            yield ("terms", place), Text("følger ikke valgperioden før", "does not follow the term before")


_CHECKS = Checks(complaints={ReferenceModels: _terms_follow})


@cache
def load_fora() -> ReferenceModels:
    """The models and terms that the library ships; read once."""
    return fora_from(files("almenstyring.content") / "fora.toml")


def fora_from(file: Traversable | Path) -> ReferenceModels:
    """The models and terms of a file; ContentError with every fault, its file and its line."""
    return structure(read_toml(file), ReferenceModels, _CHECKS)
