"""Pilots: a report year that is opened for some before it is opened for all (da: pilot)."""

from __future__ import annotations

from datetime import date

from attrs import evolve, field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import refusal


@frozen(kw_only=True)
class Pilot:
    """Who may open packages of a report year while it is tried out (da: pilot).

    These are the organisations named, and those whose home municipality is named. ``since`` and ``until`` are its first
    and last day, ``until`` None where nobody has decided yet; from the day it is ended (``ended_on``) the year is open
    to all. Source: the project's own arrangement; the portal itself began with a pilot in 2010 (LBF orienterer 2010/6).
    """

    year: ReportYear
    organisations: tuple[LbfNumber, ...] = ()
    municipalities: tuple[MunicipalityCode, ...] = ()
    since: date = field()
    until: date | None = None
    ended_on: date | None = None

    def __attrs_post_init__(self) -> None:
        nobody = not (self.organisations or self.municipalities)
        if nobody or (self.until is not None and self.until < self.since):
            raise refusal(
                Text("Det er ikke en pilot for styringsår {value}.", "That is not a pilot of report year {value}."),
                Text(
                    "En pilot har mindst en boligorganisation eller kommune og slutter ikke, før den begynder.",
                    "A pilot has an organisation or a municipality at least and does not end before it begins.",
                ),
                int(self.year),
            )

    def is_on(self, day: date) -> bool:
        """Whether the year is open to some only on the day."""
        begun_and_not_over = self.since <= day and (self.until is None or day <= self.until)
        return begun_and_not_over and (self.ended_on is None or day < self.ended_on)

    def takes_in(self, organisation: LbfNumber, home: MunicipalityCode | None) -> bool:
        """Whether an organisation with that home municipality takes part."""
        return organisation in self.organisations or home in self.municipalities

    def ended(self, on: date) -> Pilot:
        """The pilot ended on a day, from which the year is open to all; an earlier end stays."""
        return evolve(self, ended_on=min(on, self.ended_on or on))

    @property
    def end(self) -> Text:
        """When it ends, in words."""
        if self.until is None:
            return Text("indtil driften afslutter den", "until the operator ends it")
        return Text(f"til og med {self.until}", f"until {self.until}")
