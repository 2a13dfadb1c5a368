"""Ids that tell nothing about the person behind them."""

from __future__ import annotations

import re

from attrs import Attribute

from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal

_OPAQUE = re.compile(r"[\w.:-]{1,64}")

NEVER_A_NAME = Text(
    "Skriv en rolle eller et id i ét ord, aldrig et navn: driftschef eller kommune-1.",
    "Write a role or an id in one word, never a name: operations-manager or municipality-1.",
)


def is_opaque(value: object) -> bool:
    """Whether it is one word without blanks or @, so that no name gets in unseen."""
    return isinstance(value, str) and bool(_OPAQUE.fullmatch(value))


def opaque_id(_: object, attribute: Attribute[str], value: object) -> None:
    """Refuse what is no opaque id (da: neutralt id): one word without blanks or @, so that no name gets in unseen."""
    if not is_opaque(value):
        raise refusal(
            Text("{value} er ikke et neutralt id ({part}).", "{value} is not an opaque id ({part})."),
            NEVER_A_NAME,
            value,
            part=attribute.name,
        )
