"""Whether what an agreement is about was the parties' when it was made."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring.domain.agreements.concluding import Agreement
from almenstyring.domain.organisations import MasterData, valid_on
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal


def refuse_unknown_units(agreement: Agreement, parties: Iterable[MasterData]) -> None:
    """InvalidValueError for an estate or housing area that no party had on the day of conclusion; it lists those."""
    day, every = agreement.concluded_on, tuple(parties)
    estates = {str(estate.id) for master in every for estate in master.estates_on(day)}
    areas = {area.name for master in every for area in valid_on(master.areas, day)}
    for part, named, known in (
        ("estates", tuple(map(str, agreement.estates)), estates),
        ("areas", agreement.areas, areas),
    ):
        strange = [each for each in named if each not in known]
        if strange:
            raise refusal(
                Text(
                    "Parterne i {agreement} havde ikke {value} den {day} ({part}).",
                    "The parties to {agreement} did not have {value} on {day} ({part}).",
                ),
                Text("De havde: {known}.", "They had: {known}.").fill(known=", ".join(sorted(known)) or "-"),
                strange[0],
                agreement=agreement.id,
                day=str(day),
                part=part,
            )
