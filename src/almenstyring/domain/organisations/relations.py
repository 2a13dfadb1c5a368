"""Dated relations between organisations, estates and municipalities.

A relation is valid from and until a day, both included; an open end is ``None``. Relations are
added and ended, never rewritten, so that any day can be asked about later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from attrs import field, frozen
from attrs.validators import optional

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations.kinds import AreaStatus
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import is_day


@frozen
class Validity:
    """From and until which day something holds, both included (da: gyldighed)."""

    start: date | None = field(default=None, validator=optional(is_day))
    end: date | None = field(default=None, validator=optional(is_day))

    def __attrs_post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise InvalidValueError(
                Text(
                    f"Gyldigheden slutter {self.end}, før den begynder {self.start}.",
                    f"The validity ends on {self.end}, before it begins on {self.start}.",
                ),
                start=self.start,
                end=self.end,
            )

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


ALWAYS = Validity()


class Dated(Protocol):
    """Anything with a validity."""

    @property
    def valid(self) -> Validity:
        """From and until when."""


D = TypeVar("D", bound=Dated)


def valid_on(items: Iterable[D], day: date) -> tuple[D, ...]:
    """Those of the items that hold on the day."""
    return tuple(item for item in items if day in item.valid)


def _can_supervise(_instance: object, _attribute: object, code: MunicipalityCode) -> None:
    if not code.can_supervise:
        raise InvalidValueError(
            Text(
                f"{code} er en stedkode og kan ikke være hjemstedskommune.",
                f"{code} is a place code and cannot be a home municipality.",
            ),
            Text("Brug en af de 98 kommunekoder.", "Use one of the 98 municipality codes."),
            value=str(code),
        )


@frozen(kw_only=True)
class Ownership:
    """An organisation owns an estate (da: ejer)."""

    organisation: LbfNumber
    estate: EstateId
    valid: Validity = ALWAYS


@frozen(kw_only=True)
class Administration:
    """An organisation administers another (da: administrerer; the agreement is public by DB § 12, stk. 3)."""

    administrator: LbfNumber
    organisation: LbfNumber
    valid: Validity = ALWAYS


@frozen(kw_only=True)
class HomeMunicipality:
    """The municipality that supervises an organisation (da: hjemstedskommune; DB § 110, § 111, stk. 2)."""

    organisation: LbfNumber
    municipality: MunicipalityCode = field(validator=_can_supervise)
    valid: Validity = ALWAYS


@frozen(kw_only=True)
class EstateLocation:
    """The municipality in which an estate lies and which supervises it (da: beliggenhedskommune; DB § 110, stk. 1).

    An estate across a border has two at once; the councils agree how they supervise it.
    """

    estate: EstateId
    municipality: MunicipalityCode
    valid: Validity = ALWAYS


@frozen(kw_only=True)
class HousingArea:
    """A dated group of estates that lie together (da: boligområde; ABL § 61 a, stk. 3).

    ``status`` is what the area is on the yearly lists of ABL §§ 61 a and 61 b, if anything.
    """

    name: str
    estates: tuple[EstateId, ...]
    status: AreaStatus | None = None
    valid: Validity = ALWAYS
