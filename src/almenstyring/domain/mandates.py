"""Mandates: for how long, and on whose packages, an adviser works for a municipality (da: mandat)."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve, field, frozen

from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import refusal
from almenstyring.domain.values.opaque import opaque_id


@frozen(kw_only=True)
class Mandate:
    """What an adviser may see for a municipality, and when (da: rådgivers mandat).

    ``organisations`` are those it is about; none means all that the municipality itself sees. It is valid from and
    until a day, both included; from the day it is ended (``ended_on``) it no longer holds. ``adviser`` and ``given_by``
    are opaque ids.
    """

    adviser: str = field(validator=opaque_id)
    municipality: MunicipalityCode
    organisations: tuple[LbfNumber, ...] = ()
    valid: Validity = Validity()
    given_by: str = field(validator=opaque_id)
    ended_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if len(set(self.organisations)) != len(self.organisations):
            raise refusal(
                Text("Mandatet til {value} nævner en to gange.", "The mandate of {value} names one twice."),
                Text("Nævn hver organisation én gang.", "Name each organisation once."),
                self.adviser,
            )

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on the day and has not been ended by then."""
        return day in self.valid and (self.ended_on is None or day < self.ended_on)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, or None where it has no end."""
        ended = self.ended_on - timedelta(days=1) if self.ended_on else None
        return min((day for day in (self.valid.end, ended) if day), default=None)

    def covers(self, organisation: LbfNumber) -> bool:
        """Whether it is about the organisation."""
        return not self.organisations or organisation in self.organisations

    def ended(self, on: date) -> Mandate:
        """The mandate ended on a day, from which it no longer holds; an earlier end stays."""
        return evolve(self, ended_on=min(on, self.ended_on or on))
