"""Opening more of a returned package: the organisation asks for it, and the municipality does it."""

from __future__ import annotations

from collections.abc import Iterable

from almenstyring.application.places import Place, places_of
from almenstyring.application.reading import Reading
from almenstyring.application.records import by_year, year_key
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.findings import Location
from almenstyring.domain.reporting import DocumentationPackage, Opening, OpeningRequest, Review, opened_further
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber


class ReopeningSide(Reading):
    """The use cases about places of a returned package that its return did not open."""

    def open_answers(
        self, organisation: LbfNumber | str, year: ReportYear, places: Iterable[Place] | Place, *, reason: str
    ) -> Opening:
        """Open further places of a returned package, on request or unasked; what is open stays open.

        A place is a question's id, (estate, question), a part of the package or a Location. A package in the
        organisation's hand takes it over when it is saved. NotAllowedError unless the package was returned and not sent
        since; InvalidValueError without a reason, and where everything named is open already.
        """
        master = self.master_data(organisation)
        self._require(Permission.RETURN_PACKAGE, master)
        package = self._load(master.number, year)
        wanted = self._closed_places(package, places, reason)
        opening = Opening(places=wanted, reason=reason, by=self.actor.id, on=self.today)
        self._store_package(opened_further(package, opening), package.revision)
        return opening

    def ask_to_open(
        self, organisation: LbfNumber | str, year: ReportYear, places: Iterable[Place] | Place, *, reason: str
    ) -> Review:
        """Ask the municipality to open further places of a returned package; it sees that as its next step.

        Errors as for ``open_answers``.
        """
        master = self.master_data(organisation)
        self._require(Permission.EDIT_PACKAGE, master)
        package = self._load(master.number, year)
        request = OpeningRequest(
            places=self._closed_places(package, places, reason),
            reason=reason,
            by=self.actor.id,
            on=self.today,
            to_return=len(package.returns),
        )
        asked = self._records.review_of(master.number, year).asked_to_open(request)
        self._keep(self._records.reviews, year_key(master.number, year), asked, by_year(master.number, year))
        return self.review_of(master.number, year)

    def _closed_places(
        self, package: DocumentationPackage, places: Iterable[Place] | Place, reason: str
    ) -> tuple[Location, ...]:
        if not package.returns or not package.status.is_editable:
            raise NotAllowedError(
                Text(
                    "Pakken er ikke returneret, eller den er sendt igen.",
                    "The package was not returned, or it was sent again.",
                ),
                Text(
                    "Kommunen åbner en sendt pakke ved at returnere den.",
                    "The municipality opens a sent package by returning it.",
                ),
                status=package.status.value,
            )
        if not reason.strip():
            raise InvalidValueError(
                Text("Der skal gives en begrundelse.", "A reason must be given."),
                Text("Skriv, hvorfor der skal åbnes mere.", "Say why more should be opened."),
                value=reason,
            )
        wanted = places_of(package, self.standard_of(package), places)
        closed = tuple(place for place in wanted if not package.returns[-1].opens(place))
        if not closed:
            raise InvalidValueError(
                Text("Det er åbent allerede.", "That is open already."),
                Text("Organisationen kan rette i det nu.", "The organisation can change it now."),
                value=", ".join(map(str, wanted)),
            )
        return closed
