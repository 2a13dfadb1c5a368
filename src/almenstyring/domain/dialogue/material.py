"""What the municipality has at hand when it reviews and prepares: findings, what came in, and what deviates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from almenstyring.domain.findings import Finding
from almenstyring.domain.organisations import Element, Unit
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    Answer,
    DocumentationPackage,
    Question,
    Special,
    Timeliness,
    Timing,
)
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.domain.values import Dkk, EstateId, Number


@frozen(kw_only=True)
class Received:
    """One element of one unit: whether and when it came, and how that lies to its deadline (da: modtaget element)."""

    element: Element
    unit: Unit
    on: date | None = None
    timing: Timing = Timing(Timeliness.NO_DEADLINE)

    @property
    def is_lacking(self) -> bool:
        """Whether it has not come, or came late."""
        return self.on is None or self.timing.timeliness is Timeliness.LATE


@frozen(kw_only=True)
class DeviatingFigure:
    """A key figure that is critical, beside its peers and the organisation's own words (da: afvigende nøgletal).

    ``value``, ``median`` and ``why`` are as printed; ``median`` is empty where no group of peers was large enough.
    No place in any ranking is told: a comparison shows the peers' median and the organisation's explanation.
    """

    unit: Unit
    unit_name: str
    figure: str
    name: Text
    value: Text
    why: Text
    peers: Text = Text("", "")
    n: int = 0
    median: Text = Text("", "")
    explanation: str = ""


@frozen(kw_only=True)
class Material:
    """What is reviewed (da: gennemgangens grundlag): the package as sent and what was found in it.

    ``estates`` narrows it to the estates that lie with a municipality of location; empty means all.
    """

    package: DocumentationPackage
    findings: tuple[Finding, ...] = ()
    received: tuple[Received, ...] = ()
    figures: tuple[DeviatingFigure, ...] = ()
    estates: frozenset[EstateId] = frozenset()

    def __attrs_post_init__(self) -> None:
        keep = self._concerns
        object.__setattr__(self, "findings", tuple(f for f in self.findings if keep(f.location.unit)))
        object.__setattr__(self, "received", tuple(r for r in self.received if keep(str(r.unit))))
        object.__setattr__(self, "figures", tuple(f for f in self.figures if keep(str(f.unit))))

    def _concerns(self, unit: str) -> bool:
        """An estate elsewhere is not this municipality's to supervise (DB § 110, stk. 1); the organisation's own is."""
        known = {str(estate) for estate in self.estates}
        return not known or unit in known or unit in ("", str(self.package.organisation))

    @property
    def sending(self) -> int:
        """The number of the sending that is looked at."""
        return self.package.sendings[-1].number if self.package.sendings else 0


def worded(answer: Answer, question: Question | None = None) -> Text:
    """An answer in one line, an option by its text; empty where nothing was answered.

    >>> print(worded(Answer(value=("Drift", "Udlejning"))))
    Drift; Udlejning
    """
    if answer.is_missing:
        return Text("", "")
    option = question.option(answer.value) if question else None
    if option:
        return option.text
    if isinstance(answer.value, Special):
        return _SPECIAL[answer.value]
    return Text(*("; ".join(_lines(answer.value, language)) for language in LANGUAGES))


_SPECIAL = {NONE: Text("ingen", "none"), NOT_APPLICABLE: Text("ikke relevant", "not applicable")}


def _lines(value: object, language: Language) -> Iterator[str]:
    match value:
        case tuple(items):
            for item in items:
                yield from _lines(item, language)
        case Mapping():
            yield ", ".join(filter(None, (" ".join(_lines(cell, language)) for cell in value.values())))
        case Number() | Dkk():
            yield value.display(language)
        case _:
            yield str(value)


def digest_of(parts: Iterable[str]) -> str:
    """A SHA-256 over texts, to see whether what a judgement rests on is still the same."""
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()
