"""How sure an entry of content is."""

from __future__ import annotations

from enum import StrEnum


class Certainty(StrEnum):
    """Where an entry comes from (da: sikkerhed).

    OFFICIAL is published by the state, Landsbyggefonden or a law; DERIVED is inferred from such;
    PROJECT_AUTHORED is our own and must never be presented as official.
    """

    OFFICIAL = "official"
    DERIVED = "derived"
    PROJECT_AUTHORED = "project-authored"
