"""Pilots: a report year that is opened for some before it is opened for all (da: pilot)."""

from __future__ import annotations

from datetime import date

from attrs import evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import is_a, is_day, to_municipalities, to_organisations
from almenstyring.domain.values.faults import refuse_first


@frozen(kw_only=True)
class Pilot:
    """Who may open packages of a report year while it is tried out (da: pilot).

    These are the organisations named, and those whose home municipality is named. ``since`` and ``until`` are its first
    and last day, ``until`` None where nobody has decided yet; from the day it is ended (``ended_on``) the year is open
    to all. Source: the project's own arrangement; the portal itself began with a pilot in 2010 (LBF orienterer 2010/6).
    """

    year: ReportYear = field(validator=is_a(ReportYear))
    organisations: tuple[LbfNumber, ...] = field(default=(), converter=to_organisations)
    municipalities: tuple[MunicipalityCode, ...] = field(default=(), converter=to_municipalities)
    since: date = field(validator=is_day)
    until: date | None = field(default=None, validator=optional(is_day))
    ended_on: date | None = field(default=None, validator=optional(is_day))

    def __attrs_post_init__(self) -> None:
        faults = (
            (not (self.organisations or self.municipalities), "organisations", _FOR_NOBODY),
            (self.until is not None and self.until < self.since, "until", _ENDS_EARLY.fill(since=self.since)),
        )
        about = Text("Piloten for styringsår {value} kan ikke bruges:", "The pilot of report year {value} will not do:")
        refuse_first(about, faults, int(self.year))

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


_FOR_NOBODY = Text(
    "den nævner hverken en boligorganisation eller en kommune.",
    "it names neither an organisation nor a municipality.",
)
_ENDS_EARLY = Text("den slutter, før den begynder {since}.", "it ends before it begins on {since}.")
