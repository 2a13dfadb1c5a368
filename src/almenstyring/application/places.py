"""Which answers of a package somebody means: a question's id, an estate and a question, a part, or a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.findings import Location
from almenstyring.domain.reporting import DocumentationPackage, Level, Standard
from almenstyring.domain.reporting.changes import (
    ANNUAL_REPORT,
    ESTATE_REPORT,
    FOLLOW_UPS,
    REPORT,
    WHOLES,
    follow_up_place,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId
from almenstyring.domain.values.faults import refusal

Place: TypeAlias = Location | str | tuple[EstateId | str, str]
"""A place as a caller names it: a question's id, (estate, question), a part such as "accounts", or a Location."""

PARTS = (REPORT, ESTATE_REPORT, ANNUAL_REPORT, FOLLOW_UPS, *WHOLES)


def answer_place(
    package: DocumentationPackage, standard: Standard, question: str, estate: EstateId | str | None = None
) -> Location:
    """Where a question is answered; NotFoundError if the package does not ask it there, and says where it does.

    Without an estate the id may be that of an agreement, for what the report says of it.
    """
    sheet, known = package.sheet(estate), standard.question(question)
    if estate is None and question in {agreement.id for agreement in package.agreements}:
        return follow_up_place(package, question)
    if known is None and question not in sheet.answers:
        raise _not_there(
            Text("Pakken har intet spørgsmål {question}.", "The package has no question {question}."),
            Text("Brug spørgsmålets id, som standarden har det.", "Use the question's id in the standard."),
            question,
        )
    if known and known.level is Level.ESTATE and estate is None:
        units = ", ".join(str(each.unit) for each in package.estate_reports) or "-"
        raise _not_there(
            Text("{question} er et spørgsmål om en afdeling.", "{question} is a question about an estate."),
            Text(f"Nævn afdelingen med; der er {units}.", f"Name the estate too; there are {units}."),
            question,
        )
    if known and known.level is Level.ORGANISATION and estate is not None:
        raise _not_there(
            Text(
                "{question} er et spørgsmål til organisationen, ikke om en afdeling.",
                "{question} is a question to the organisation, not about an estate.",
            ),
            Text("Nævn spørgsmålet uden en afdeling.", "Name the question without an estate."),
            question,
        )
    return Location(part=REPORT if estate is None else ESTATE_REPORT, unit=str(sheet.unit), item=question)


def places_of(
    package: DocumentationPackage, standard: Standard, given: Iterable[Place] | Place
) -> tuple[Location, ...]:
    """The places that a caller names, one or several; NotFoundError for one that the package does not have."""
    one = isinstance(given, str | Location)
    return tuple(_place_of(package, standard, each) for each in ([given] if one else given))  # type: ignore[union-attr]


def _place_of(package: DocumentationPackage, standard: Standard, given: object) -> Location:
    match given:
        case Location():
            return _known(package, standard, given)
        case str() if given in PARTS:
            return Location(part=given)
        case str():
            return answer_place(package, standard, given)
        case (str() | EstateId() as estate, str() as question):
            return answer_place(package, standard, question, estate)
    raise refusal(
        Text("{value} er intet sted i en pakke.", "{value} is no place in a package."),
        Text(
            "Nævn spørgsmålets id, (afdeling, spørgsmål), en del af pakken eller en Location.",
            "Name the question's id, (estate, question), a part of the package or a Location.",
        ),
        given,
    )


def _known(package: DocumentationPackage, standard: Standard, place: Location) -> Location:
    if place.part not in PARTS:
        raise _not_there(
            Text("Pakken har ingen del {question}.", "The package has no part {question}."),
            Text(f"Delene er {', '.join(PARTS)}.", f"The parts are {', '.join(PARTS)}."),
            place.part or str(place),
        )
    estate = None if place.unit in ("", str(package.organisation)) else place.unit
    package.sheet(estate)  # says which estate is not there
    if place.item and place.unit and place.part in (REPORT, ESTATE_REPORT):
        answer_place(package, standard, place.item, estate)
    return place


def _not_there(message: Text, hint: Text, question: str) -> NotFoundError:
    return NotFoundError(message.fill(question=question), hint, question=question)
