"""A report answers the agreements it holds, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from almenstyring.codec import decode, encode
from almenstyring.domain.agreements import Agreement, AgreementKind, AgreementStatus, FollowUp
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import DecodeError, InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.findings import Location
from almenstyring.domain.reporting import DocumentationPackage, PackageStatus, answer_at, changes
from almenstyring.domain.reporting.following_up import with_snapshot
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.testing.agreement_strategies import packages_with_agreements
from almenstyring.testing.builders import clean_package

Refused = Callable[..., InvalidValueError]
ONE, YEAR = LbfNumber("T001"), ReportYear(2026)
FULFILLED = AgreementStatus.FULFILLED


def agreement(agreement_id: str = "A-1", **changes: Any) -> Agreement:
    plain: dict[str, Any] = {
        "id": agreement_id,
        "kind": AgreementKind.OTHER,
        "municipality": MunicipalityCode("T01"),
        "organisations": (ONE,),
        "text": "SYNTETISK: fælles plan mod tomgang.",
        "concluded_on": date(2025, 9, 1),
        "responsible": "driftschef",
    }
    return Agreement(**(plain | changes))


@pytest.fixture
def package() -> DocumentationPackage:
    return evolve(clean_package(), agreements=(agreement(), agreement("A-2")))


def said(agreement_id: str = "A-1", **changes: Any) -> FollowUp:
    plain: dict[str, Any] = {
        "agreement": agreement_id,
        "organisation": ONE,
        "report_year": YEAR,
        "status": FULFILLED,
    }
    return FollowUp(**(plain | changes))


def test_a_follow_up_is_put_in_place_of_the_one_before(package: DocumentationPackage) -> None:
    package = package.follow_up("A-1", "continued", "Vi går videre.").follow_up("A-1", FULFILLED)
    assert package.follow_ups == (said(),)
    assert package.status is PackageStatus.IN_PROGRESS


def test_a_follow_up_to_what_is_not_there_names_what_is(package: DocumentationPackage) -> None:
    with pytest.raises(NotFoundError, match="A-1, A-2"):
        package.follow_up("A-3", FULFILLED)
    with pytest.raises(NotFoundError, match="are -"):
        clean_package().follow_up("A-1", FULFILLED)
    with pytest.raises(NotFoundError, match="fulfilled"):
        package.follow_up("A-1", "done")


def test_a_package_that_is_sent_cannot_be_followed_up_in(package: DocumentationPackage) -> None:
    with pytest.raises(NotAllowedError):
        evolve(package, status=PackageStatus.SENT).follow_up("A-1", FULFILLED)


@pytest.mark.parametrize(
    ("wrong", "inside"),
    [
        pytest.param({"follow_ups": (said(), said("A-3"))}, "follow_ups[1].agreement", id="to what is not there"),
        pytest.param({"follow_ups": (said(), said())}, "follow_ups[1].agreement", id="twice"),
        pytest.param(
            {"follow_ups": (said(report_year=ReportYear(2025)),)}, "follow_ups[0].agreement", id="of another year"
        ),
        pytest.param(
            {"follow_ups": (said(organisation=LbfNumber("T002")),)}, "follow_ups[0].agreement", id="of another one"
        ),
        pytest.param({"agreements": (agreement(), agreement())}, "agreements[1].id", id="an agreement twice"),
    ],
)
def test_a_package_with_strays_is_refused_when_it_is_made_and_when_it_is_read(
    package: DocumentationPackage, wrong: dict[str, Any], inside: str, refused: Refused
) -> None:
    assert refused(evolve, package, **wrong).context["inside"] == inside
    document = encode(package.follow_up("A-1", FULFILLED))
    spoilt = document.replace('"agreement":"A-1"', '"agreement":"A-9"')
    assert spoilt != document
    with pytest.raises(DecodeError) as caught:
        decode(spoilt, DocumentationPackage)
    [fault] = caught.value.faults
    assert fault.path == "$.follow_ups[0].agreement"
    assert "A-9" in fault.message.da


def test_what_two_sendings_say_of_an_agreement_is_told_one_by_one(package: DocumentationPackage) -> None:
    first = package.follow_up("A-1", "open", "I gang.")
    second = first.follow_up("A-1", FULFILLED, "Færdig.").follow_up("A-2", "open")
    [change] = changes(first, second)
    assert change.location == Location(part="follow_ups", unit="T001", item="A-1")
    assert (change.before.value, change.before.comment) == ("open", "I gang.")
    assert (change.after.value, change.after.comment) == ("fulfilled", "Færdig.")
    assert answer_at(second, change.location) == change.after
    assert answer_at(second, Location(part="follow_ups", unit="T001", item="A-2")).is_missing


def test_a_look_at_the_store_renews_what_is_asked_and_takes_no_answer_away(package: DocumentationPackage) -> None:
    ended = agreement().ended(date(2026, 2, 1), note="SYNTETISK", by="tilsyn-1")
    found = with_snapshot(package.agreements, (said(),), [ended, agreement("A-2")], [agreement("A-0")])
    assert found == (agreement("A-0"), ended), "A-2 is asked for no longer and nobody answered it"
    assert with_snapshot(package.agreements, (said(),), [], []) == (agreement(),), "what is not stored stays as it was"


@settings(max_examples=30)
@given(packages_with_agreements())
def test_a_package_with_agreements_is_read_back_the_same(package: DocumentationPackage) -> None:
    assert decode(encode(package), DocumentationPackage) == package
