"""Hypothesis strategies for agreements with every history there can be, and for packages that follow them up."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from almenstyring.domain.agreements import AGREEMENT_STEPS, Agreement, AgreementStatus, AgreementStep, FollowUp
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.values import LbfNumber
from almenstyring.testing.strategies import days, opaque_ids, organisation_numbers, packages, records, words

_LONGEST_STEP = 900  # days from one step to the next


@st.composite
def agreements(draw: DrawFn, *parties: LbfNumber, ids: SearchStrategy[str] | None = None) -> Agreement:
    """Agreements of the given organisations, or of any, with up to four steps."""
    drawn = st.lists(organisation_numbers(), min_size=1, max_size=3, unique=True)
    agreement = draw(
        records(
            Agreement,
            id=ids or st.from_regex(r"A-[0-9]{1,6}", fullmatch=True),
            organisations=(st.just(parties) if parties else drawn).map(tuple),
            text=words(),
            concluded_on=days(date(2000, 1, 1), date(2060, 1, 1)),
            responsible=opaque_ids(),
            estates=st.just(()),
            areas=st.lists(words(), max_size=2).map(tuple),
            review_due=st.none() | days(date(2060, 1, 2)),
            history=st.just(()),
            follows=st.none() | st.just("before"),
        )
    )
    for _ in range(draw(st.integers(0, 4))):
        if agreement.status.is_open:
            agreement = agreement.followed_up(draw(next_steps(agreement)))
    return agreement


def next_steps(agreement: Agreement) -> SearchStrategy[AgreementStep]:
    """Every step that an open agreement may take next."""
    since = agreement.history[-1].on if agreement.history else agreement.concluded_on
    earliest_end = max(agreement.valid.start or since, since)

    def step(status: AgreementStatus) -> SearchStrategy[AgreementStep]:
        moves = status in (AgreementStatus.CHANGED, AgreementStatus.CONTINUED)
        return records(
            AgreementStep,
            on=st.integers(0, _LONGEST_STEP).map(lambda count: since + timedelta(days=count)),
            status=st.just(status),
            note=words(),
            by=opaque_ids(),
            text=words() if status is AgreementStatus.CHANGED else st.just(""),
            until=st.none() | days(earliest_end) if moves else st.none(),
            review_due=st.none() | days(since + timedelta(days=_LONGEST_STEP + 1)) if moves else st.none(),
        )

    return st.sampled_from(AGREEMENT_STEPS[agreement.status]).flatmap(step)


@st.composite
def packages_with_agreements(draw: DrawFn) -> DocumentationPackage:
    """Packages that hold agreements and follow some of them up."""
    package = draw(packages())
    kept = draw(st.lists(agreements(package.organisation), max_size=2, unique_by=lambda agreement: agreement.id))
    owner, year = st.just(package.organisation), st.just(package.report_year)
    given = tuple(
        draw(records(FollowUp, agreement=st.just(each.id), organisation=owner, report_year=year))
        for each in kept
        if draw(st.booleans())
    )
    return evolve(package, agreements=tuple(kept), follow_ups=given)
