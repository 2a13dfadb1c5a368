"""Fields take codes and members also as text, and refuse every value that could be stored and never read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from almenstyring import codec
from almenstyring.domain.agreements import Agreement, AgreementKind, AgreementStatus, AgreementStep, FollowUp
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.organisations import Validity
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.supervision import (
    HomeInformed,
    SupervisoryAction,
    SupervisoryKind,
    SupervisoryStatus,
    SupervisoryStep,
)
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]

DAY, YEAR = date(2026, 6, 1), ReportYear(2026)
GIVEN: dict[type, dict[str, Any]] = {
    Agreement: {
        "id": "A-1",
        "kind": "goals",
        "municipality": "T01",
        "organisations": ["T001"],
        "text": "SYNTETISK",
        "concluded_on": DAY,
        "responsible": "chef",
        "estates": ["T001-T0101"],
        "areas": ["Måneskinskvarteret"],
    },
    AgreementStep: {"on": DAY, "status": "continued", "note": "SYNTETISK", "by": "x"},
    FollowUp: {"agreement": "A-1", "organisation": "T001", "report_year": YEAR, "status": "open"},
    SupervisoryAction: {
        "id": "P-1",
        "kind": "order",
        "municipality": "T01",
        "organisation": "T001",
        "estate": "T001-T0101",
        "decided_on": DAY,
        "text": "SYNTETISK",
    },
    SupervisoryStep: {"on": DAY, "status": "ignored", "note": "SYNTETISK", "by": "x"},
    HomeInformed: {"municipality": "T01", "on": DAY, "by": "x"},
    Person: {"id": "p-1", "name": "Opdigtet", "organisation": "T001"},
    Retention: {"municipality": "T01", "days": 3},
    Mandate: {"adviser": "r-1", "municipality": "T01", "organisations": ["T001"], "given_by": "x"},
    Pilot: {"year": YEAR, "organisations": ["T001"], "municipalities": ["T01"], "since": DAY},
    Validity: {"start": DAY},
}
AT_NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
WRONG = [
    (Agreement, "kind", "fleksibel"),
    (Agreement, "kind", 5),
    (Agreement, "municipality", 410),
    (Agreement, "organisations", "T001"),
    (Agreement, "organisations", 45),
    (Agreement, "text", 5),
    (Agreement, "text", "\ud800"),
    (Agreement, "concluded_on", "2026-06-01"),
    (Agreement, "concluded_on", AT_NOON),
    (Agreement, "estates", "T001-T0101"),
    (Agreement, "areas", "Måneskinskvarteret"),
    (Agreement, "areas", ["Måneskinskvarteret", None]),
    (Agreement, "valid", (None, None)),
    (Agreement, "concluded_at", 2026),
    (Agreement, "review_due", "2027-06-01"),
    (Agreement, "history", ("fulgt op",)),
    (AgreementStep, "on", None),
    (AgreementStep, "status", "videreført"),
    (AgreementStep, "note", b"SYNTETISK"),
    (AgreementStep, "text", 5),
    (AgreementStep, "until", "2027-06-01"),
    (AgreementStep, "review_due", AT_NOON),
    (FollowUp, "organisation", 45),
    (FollowUp, "report_year", 2026),
    (FollowUp, "status", None),
    (FollowUp, "text", 5),
    (SupervisoryAction, "kind", "påbud"),
    (SupervisoryAction, "municipality", None),
    (SupervisoryAction, "organisation", 45),
    (SupervisoryAction, "estate", 5),
    (SupervisoryAction, "decided_on", "2026-06-01"),
    (SupervisoryAction, "text", None),
    (SupervisoryAction, "due", "2026-06-01"),
    (SupervisoryAction, "home_informed", "T01"),
    (SupervisoryAction, "history", (5,)),
    (SupervisoryAction, "area", 5),
    (SupervisoryStep, "status", "ukendt"),
    (SupervisoryStep, "note", 5),
    (SupervisoryStep, "due", AT_NOON),
    (HomeInformed, "municipality", 5),
    (HomeInformed, "on", "2026-06-01"),
    (Person, "name", 5),
    (Person, "title", 5),
    (Person, "email", 5),
    (Person, "phone", 12345678),
    (Person, "organisation", 45),
    (Person, "valid", None),
    (Person, "salt", 5),
    (Retention, "municipality", 410),
    (Mandate, "municipality", None),
    (Mandate, "organisations", "T001"),
    (Mandate, "valid", None),
    (Mandate, "ended_on", "2026-06-01"),
    (Pilot, "year", 2026),
    (Pilot, "organisations", "T001"),
    (Pilot, "municipalities", "T01"),
    (Pilot, "since", "2026-06-01"),
    (Pilot, "until", AT_NOON),
    (Pilot, "ended_on", 5),
    (Validity, "start", "2026-06-01"),
    (Validity, "end", AT_NOON),
]


@pytest.mark.parametrize(
    ("kind", "part", "value"), WRONG, ids=[f"{kind.__name__}.{part}={value!a}" for kind, part, value in WRONG]
)
def test_what_could_never_be_read_again_is_refused_at_once(
    kind: type, part: str, value: object, refused: Refused
) -> None:
    assert kind(**GIVEN[kind])
    refused(kind, **(GIVEN[kind] | {part: value}))


@pytest.mark.parametrize("kind", [Agreement, SupervisoryAction, Person, Mandate, Pilot], ids=lambda kind: kind.__name__)
def test_what_was_given_as_text_is_what_is_read_back(kind: type) -> None:
    made = kind(**GIVEN[kind])
    assert codec.decode(codec.encode(made), kind) == made


def test_codes_and_members_given_as_text_are_the_same_as_given_themselves() -> None:
    agreed, decided = Agreement(**GIVEN[Agreement]), SupervisoryAction(**GIVEN[SupervisoryAction])
    assert agreed.kind is AgreementKind.GOALS and decided.kind is SupervisoryKind.ORDER
    assert agreed.municipality == decided.municipality == MunicipalityCode("T01")
    assert agreed.organisations == (LbfNumber("T001"),) and decided.organisation == LbfNumber("T001")
    assert agreed.estates == (EstateId.parse("T001-T0101"),) == (decided.estate,)
    assert agreed.areas == ("Måneskinskvarteret",)
    assert AgreementStep(**GIVEN[AgreementStep]).status is AgreementStatus.CONTINUED
    assert SupervisoryStep(**GIVEN[SupervisoryStep]).status is SupervisoryStatus.IGNORED


def test_a_refused_date_or_text_names_the_field_and_a_refused_member_those_there_are(refused: Refused) -> None:
    assert "concluded_on" in refused(Agreement, **(GIVEN[Agreement] | {"concluded_on": "i går"})).message.da
    assert "email" in refused(Person, **(GIVEN[Person] | {"email": 5})).message.en
    unknown = refused(SupervisoryAction, **(GIVEN[SupervisoryAction] | {"kind": "påbud"}))
    assert unknown.message.da == "'påbud' er ikke et tilsynsskridts art."
    assert "directive" in unknown.hint.en
