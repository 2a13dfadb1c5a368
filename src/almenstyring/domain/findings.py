"""What a check says of a filing: findings are data, never exceptions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference


class Severity(StrEnum):
    """How much a finding weighs (da: alvor).

    An ERROR blocks sending. A CONFIRM needs a person and a reason. A WARNING is shown and kept.
    A NOTE informs.
    """

    ERROR = "error"
    CONFIRM = "confirm"
    WARNING = "warning"
    NOTE = "note"


@frozen(kw_only=True)
class Location:
    """Where in a package a finding points (da: sted). Empty parts do not apply.

    ``unit`` is an organisation or estate number as printed, ``part`` the part of the package,
    ``item`` a question id, an account number or an attachment's name.
    """

    part: str = ""
    unit: str = ""
    item: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.unit, self.part, self.item) if part)


@frozen(kw_only=True)
class Finding:
    """One result of one rule (da: fund): place, rule and remedy in both languages.

    ``values`` are the values the rule looked at, as printed; ``source`` is the document the rule
    rests on where that is not the law itself.
    """

    code: str
    severity: Severity
    location: Location
    message: Text
    hint: Text
    law: LegalReference | None = None
    values: Mapping[str, str] = field(factory=dict, hash=False)
    source: str = ""

    @property
    def fingerprint(self) -> str:
        """A SHA-256 over rule, place and values: a confirmation holds only while it is unchanged."""
        key = [self.code, self.location.unit, self.location.part, self.location.item, sorted(self.values.items())]
        return hashlib.sha256(json.dumps(key, ensure_ascii=False).encode()).hexdigest()


_ORDER = {severity: index for index, severity in enumerate(Severity)}


def _weight(finding: Finding) -> tuple[int, str, str, str, str, list[tuple[str, str]]]:
    place = finding.location
    values = sorted(finding.values.items())  # so that the order never depends on who found it first
    return (_ORDER[finding.severity], finding.code, place.unit, place.part, place.item, values)


def _by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=_weight))


@frozen
class CheckReport:
    """All findings of one check (da: kontrolrapport), in the order of their weight.

    ``settled`` holds the fingerprints of CONFIRM findings that a person has confirmed with a reason.
    """

    findings: tuple[Finding, ...] = field(converter=_by_weight)
    settled: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def ok(self) -> bool:
        """Nothing stands in the way of sending: no ERROR and no unsettled CONFIRM."""
        return not self.in_the_way

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """The findings that must be mended or confirmed before the package can be sent."""
        return tuple(f for f in self.findings if self.blocks(f))

    def blocks(self, finding: Finding) -> bool:
        """Whether this finding stands in the way of sending."""
        if finding.severity is Severity.CONFIRM:
            return finding.fingerprint not in self.settled
        return finding.severity is Severity.ERROR

    def with_code(self, *codes: str) -> tuple[Finding, ...]:
        """The findings of the named rules."""
        return tuple(f for f in self.findings if f.code in codes)

    def codes(self) -> frozenset[str]:
        """The codes of all rules that found something."""
        return frozenset(f.code for f in self.findings)


def digest(findings: Iterable[Finding]) -> str:
    """One SHA-256 over all findings with their texts, to compare two ways of finding them."""
    lines = sorted(
        f"{f.fingerprint}|{f.severity}|{f.message.da}|{f.message.en}|{f.hint.da}|{f.hint.en}|{f.law}" for f in findings
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
