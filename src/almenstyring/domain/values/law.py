"""References to the law (da: lovhenvisninger), printed the way Danish case workers write them."""

from __future__ import annotations

import re
from enum import Enum
from typing import Self

from attrs import Attribute, field, frozen

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import as_text, refusal, shown


class Act(Enum):
    """The acts the rules rest on (da: retskilder), by the abbreviations used in references.

    >>> Act.DB.title["en"]
    'Executive order on the operation of social housing etc.'
    """

    ABL = "ABL"
    DB = "DB"
    UB = "UB"

    @property
    def title(self) -> Text:
        """The full name of the act in both languages; the English one is a translation of ours."""
        return _TITLES[self]

    @property
    def edition(self) -> Text:
        """The edition that the references of this version follow."""
        return _EDITIONS[self]

    def __str__(self) -> str:
        return self.value


_TITLES = {
    Act.ABL: Text("Lov om almene boliger m.v.", "Act on social housing etc."),
    Act.DB: Text(
        "Bekendtgørelse om drift af almene boliger m.v.",
        "Executive order on the operation of social housing etc.",
    ),
    Act.UB: Text("Bekendtgørelse om udlejning af almene boliger", "Executive order on the letting of social housing"),
}
_EDITIONS = {
    Act.ABL: Text("lovbekendtgørelse nr. 207 af 2026", "consolidated act no. 207 of 2026"),
    Act.DB: Text(
        "bekendtgørelse nr. 1642 af 7. december 2023, ændret ved nr. 934 af 2025",
        "executive order no. 1642 of 7 December 2023, amended by no. 934 of 2025",
    ),
    Act.UB: Text("bekendtgørelse nr. 977 af 21. august 2024", "executive order no. 977 of 21 August 2024"),
}
_HINT = Text(
    "Skriv henvisningen som ABL § 14 b, stk. 4 eller DB § 112, stk. 5, nr. 2 (og 2. pkt. til sidst).",
    "Write the reference like ABL § 14 b, stk. 4 or DB § 112, stk. 5, nr. 2 (and 2. pkt. at the end).",
)
_SECTION = re.compile(r"(?P<number>[1-9][0-9]{0,3})\s*(?P<letter>[a-zæøå])?(?![a-zæøå])")
_SUBDIVISIONS = {
    "stk": re.compile(r"\s*,?\s*stk\.?\s*([0-9]{1,3})(?![0-9])"),
    "nr": re.compile(r"\s*,?\s*nr\.?\s*([0-9]{1,3})(?![0-9])"),
    "sentence": re.compile(r"\s*,?\s*([0-9]{1,3})\.\s*pkt\.?"),
}


def _wrong(da: str, en: str, value: object, **context: object) -> InvalidValueError:
    return refusal(Text(da, en), _HINT, value, **context)


def _act(act: Act | str) -> Act:
    if isinstance(act, Act):
        return act
    known = ", ".join(Act.__members__)
    if (name := (as_text(act) or "").upper()) not in Act.__members__:
        raise _wrong("{value} er ikke en af {known}.", "{value} is not one of {known}.", act, known=known)
    return Act[name]


def _section(section: str) -> str:
    if (match := _SECTION.fullmatch(as_text(section) or "")) is None:
        raise _wrong("{value} er ikke en paragraf.", "{value} is not a section.", section)
    return " ".join(part for part in (match["number"], match["letter"]) if part)


def _check_number(_: object, attribute: Attribute[int | None], number: object) -> None:
    if number is not None and (type(number) is not int or not 1 <= number <= 999):
        raise _wrong("{part} kan ikke være {value}.", "{part} cannot be {value}.", number, part=attribute.name)


@frozen
class LegalReference:
    """A place in the law (da: lovhenvisning): act, section, and what it is narrowed down to.

    ``section`` is the paragraph with its letter ("14 b"), ``stk`` the subsection, ``nr`` the item, ``sentence`` the
    sentence (da: punktum, pkt.). Raises ``InvalidValueError`` naming the part that is wrong.

    >>> print(LegalReference.parse("DB §112 stk. 5  nr. 2"))
    DB § 112, stk. 5, nr. 2
    >>> print(LegalReference("ABL", "14b", stk=4))
    ABL § 14 b, stk. 4
    """

    act: Act = field(converter=_act)
    section: str = field(converter=_section)
    stk: int | None = field(default=None, validator=_check_number)
    nr: int | None = field(default=None, validator=_check_number)
    sentence: int | None = field(default=None, validator=_check_number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The reference written in ``text``; blanks and commas may be missing, the order may not be changed."""
        act, sign, place = (as_text(text) or "").partition("§")
        if not sign:
            raise _wrong("{value} mangler tegnet §.", "{value} lacks the sign §.", text)
        section = _SECTION.match(place := place.strip())
        if section is None:
            raise _wrong("{value} mangler en paragraf efter §.", "{value} lacks a section after §.", text)
        numbers: dict[str, int] = {}
        rest = place[section.end() :]
        for name, pattern in _SUBDIVISIONS.items():
            if found := pattern.match(rest):
                rest, numbers[name] = rest[found.end() :], int(found[1])
        if rest:
            unread = shown(rest.strip())
            raise _wrong("{rest} i {value} kan ikke læses.", "{rest} in {value} cannot be read.", text, rest=unread)
        return cls(act.strip(), section[0], **numbers)

    def __str__(self) -> str:
        parts = [
            f"{self.act} § {self.section}",
            f"stk. {self.stk}" if self.stk else "",
            f"nr. {self.nr}" if self.nr else "",
            f"{self.sentence}. pkt." if self.sentence else "",
        ]
        return ", ".join(part for part in parts if part)
