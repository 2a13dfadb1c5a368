"""Persons, kept apart from everything else so that they can be erased (da: personer).

Other records name a person by an opaque id alone.
"""

from __future__ import annotations

from datetime import date, timedelta

from attrs import field, frozen
from attrs.converters import optional

from almenstyring.domain.calendar import add_months
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import is_a, is_text, to_municipality, to_organisation
from almenstyring.domain.values.faults import as_text, refusal, refuse_first
from almenstyring.domain.values.opaque import opaque_id

ERASABLE = "person"
"""Records of kinds that begin with this word may be erased: their documents are emptied, their links stay."""


def require_erasable(kind: str) -> None:
    """InvalidValueError for a kind of record that is kept for ever; every store asks before it erases."""
    if not kind.startswith(ERASABLE):
        raise refusal(
            Text(
                "Registreringer af arten {value} kan ikke slettes.",
                "Records of the kind {value} cannot be erased.",
            ),
            Text(
                f"Kun arter, der begynder med {ERASABLE!r}, kan slettes; resten af historikken bliver stående.",
                f"Only kinds that begin with {ERASABLE!r} can be erased; the rest of history stays.",
            ),
            kind,
        )


@frozen(kw_only=True)
class Person:
    """Who stands behind an opaque id (da: person), in an organisation or in a municipality, never in both.

    ``title`` is the role in words, ``valid`` from and until when the person has it. ``repr`` shows only the id and whom
    the person acts for. ``salt`` is drawn anew by the workspace for every revision, so that what was erased cannot be
    guessed from its hash; it says nothing and does not count when two are compared.
    """

    id: str = field(validator=opaque_id)
    name: str = field(repr=False, validator=is_text)
    title: str = field(default="", repr=False, validator=is_text)
    organisation: LbfNumber | None = field(default=None, converter=optional(to_organisation))
    municipality: MunicipalityCode | None = field(default=None, converter=optional(to_municipality))
    email: str = field(default="", repr=False, validator=is_text)
    phone: str = field(default="", repr=False, validator=is_text)
    valid: Validity = field(default=Validity(), repr=False, validator=is_a(Validity))
    salt: str = field(default="", repr=False, eq=False, validator=is_text)

    def __attrs_post_init__(self) -> None:
        faults = (
            (not as_text(self.name), "name", _NAMELESS),
            (self.organisation is None and self.municipality is None, "organisation", _NOBODYS),
            (self.organisation is not None and self.municipality is not None, "municipality", _TWO_OWNERS),
        )
        refuse_first(Text("Personen {value} kan ikke bruges:", "Person {value} cannot be used:"), faults, self.id)


_NAMELESS = Text("den har intet navn.", "it has no name.")
_NOBODYS = Text(
    "den hører hverken til en boligorganisation eller en kommune.",
    "it belongs neither to a housing organisation nor to a municipality.",
)
_TWO_OWNERS = Text(
    "den hører til både en boligorganisation og en kommune.",
    "it belongs both to a housing organisation and to a municipality.",
)


@frozen(kw_only=True)
class Retention:
    """How long a municipality keeps persons after their last day (da: opbevaringsfrist): so many days or years.

    >>> Retention(municipality=MunicipalityCode("T01"), years=1).kept_until(date(2026, 6, 30))
    datetime.date(2027, 6, 30)
    """

    municipality: MunicipalityCode = field(converter=to_municipality)
    days: int | None = None
    years: int | None = None

    def __attrs_post_init__(self) -> None:
        given = [length for length in (self.days, self.years) if length is not None]
        if len(given) != 1 or type(given[0]) is not int or not 0 <= given[0] <= 36_525 or (self.years or 0) > 100:
            raise refusal(
                Text("{value} er ikke en opbevaringsfrist.", "{value} is not a length of retention."),
                Text(
                    "Angiv enten days (0 eller flere) eller years, højst 100 år.",
                    "Give either days (0 or more) or years, at most 100 years.",
                ),
                tuple(given),
            )

    def kept_until(self, last_day: date) -> date:
        """The last day on which somebody is kept whose last day was the one given."""
        if self.years is not None:
            return add_months(last_day, 12 * self.years)
        return last_day + timedelta(days=self.days or 0)

    def has_run_out(self, person: Person, on: date) -> bool:
        """Whether the person is to be erased on the day; never while no last day is known."""
        last = person.valid.end
        return last is not None and last < on and self.kept_until(last) < on
