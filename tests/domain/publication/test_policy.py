"""Who sees what when: the pure function over dated rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content.publication import load_publication
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.organisations import Validity
from almenstyring.domain.publication import (
    Audience,
    ContentKind,
    PolicyPeriod,
    PublicationFacts,
    PublicationPolicy,
    PublicationRule,
    ShownWhen,
    visible,
    visible_by,
)

PORTAL, DECISION = load_publication()["portal_2014"], load_publication()["decision_2011"]
SENT, MARKED, PUBLISHED = date(2026, 6, 29), date(2026, 9, 1), date(2026, 10, 1)
YEAR = PublicationFacts(sent=SENT, meeting_held=MARKED, statement_published=PUBLISHED)
FIGURES, ACCOUNTS, MASTER = ContentKind.KEY_FIGURES, ContentKind.ACCOUNTS, ContentKind.MASTER_DATA


def public(policy: PublicationPolicy, content: ContentKind, on: date, facts: PublicationFacts = YEAR) -> bool:
    return visible(policy, content, Audience.PUBLIC, facts, on).shown


@pytest.mark.parametrize(
    ("policy", "content", "first_day"),
    [
        pytest.param(PORTAL, ACCOUNTS, SENT, id="portal-accounts-when-sent"),
        pytest.param(PORTAL, FIGURES, MARKED, id="portal-figures-when-marked-held"),
        pytest.param(PORTAL, ContentKind.STATEMENT, PUBLISHED, id="portal-statement-when-published"),
        pytest.param(PORTAL, MASTER, date(2014, 4, 30), id="portal-master-data-since-april-2014"),
        pytest.param(DECISION, ACCOUNTS, PUBLISHED, id="decision-accounts-with-statement"),
        pytest.param(DECISION, FIGURES, PUBLISHED, id="decision-figures-with-statement"),
        pytest.param(DECISION, MASTER, PUBLISHED, id="decision-master-data-with-statement"),
        pytest.param(DECISION, ContentKind.STATEMENT, PUBLISHED, id="decision-statement-when-published"),
    ],
)
def test_content_is_public_from_a_day_on_and_not_the_day_before(
    policy: PublicationPolicy, content: ContentKind, first_day: date
) -> None:
    assert public(policy, content, first_day)
    assert not public(policy, content, first_day - timedelta(days=1))


HIDDEN = "answers other_key_figures documents action_plans drafts review_comments minutes"


@pytest.mark.parametrize("content", HIDDEN.split())
@pytest.mark.parametrize("policy", [PORTAL, DECISION], ids=lambda policy: policy.id)
def test_what_is_not_published_by_itself_is_no_secret_either(policy: PublicationPolicy, content: str) -> None:
    found = visible(policy, ContentKind(content), Audience.PUBLIC, YEAR, date(2030, 1, 1))
    assert not found.shown
    assert "aktindsigt" in found.reason.da and "no secrecy" in found.reason.en


LAWS = {
    "letting_criteria": "ABL § 60, stk. 1",
    "advertised_letting_criteria": "ABL § 60 a, stk. 1",
    "administration_agreements": "DB § 12, stk. 3",
    "articles": "ABL § 12, stk. 5",
}


@pytest.mark.parametrize(("content", "law"), LAWS.items())
def test_what_the_law_makes_public_is_public_with_its_paragraph(content: str, law: str) -> None:
    found = visible(DECISION, ContentKind(content), Audience.PUBLIC, PublicationFacts(), date(2026, 1, 1))
    assert found.shown
    assert str(found.law) == law
    assert found.rule is not None and found.rule.certainty is Certainty.OFFICIAL


def test_a_meeting_and_a_statement_are_both_needed_in_the_decision_of_2011() -> None:
    later = date(2026, 12, 1)
    for one in (evolve(YEAR, meeting_held=None), evolve(YEAR, statement_published=None)):
        assert not public(DECISION, FIGURES, later, one)
    turned = evolve(YEAR, meeting_held=PUBLISHED, statement_published=MARKED)
    assert public(DECISION, FIGURES, PUBLISHED, turned)
    assert not public(DECISION, FIGURES, MARKED, turned)


@pytest.mark.parametrize("audience", [Audience.HOME_MUNICIPALITY, Audience.LOCATION_MUNICIPALITY])
def test_a_municipality_sees_answers_when_sent_and_never_drafts(audience: Audience) -> None:
    assert not visible(PORTAL, ContentKind.ANSWERS, audience, YEAR, SENT - timedelta(days=1)).shown
    assert visible(PORTAL, ContentKind.ANSWERS, audience, YEAR, SENT).shown
    assert not visible(PORTAL, ContentKind.DRAFTS, audience, YEAR, date(2030, 1, 1)).shown


def test_a_comment_is_the_municipality_s_own_until_it_is_returned() -> None:
    facts = PublicationFacts(sent=SENT, returned=MARKED)
    comments = ContentKind.REVIEW_COMMENTS
    assert visible(PORTAL, comments, Audience.HOME_MUNICIPALITY, facts, SENT).shown
    assert not visible(PORTAL, comments, Audience.ORGANISATION, facts, SENT).shown
    assert visible(PORTAL, comments, Audience.ORGANISATION, facts, MARKED).shown


def test_what_no_rule_speaks_of_is_not_shown() -> None:
    silent = evolve(PORTAL, rules=())
    found = visible(silent, MASTER, Audience.PUBLIC, YEAR, MARKED)
    assert (found.shown, found.rule, found.law, found.source) == (False, None, None, "")
    assert found.reason.da.startswith("Vises ikke: ingen regel gælder.")


def test_a_rule_ends_with_its_last_day_and_the_most_open_one_decides() -> None:
    def rule(when: ShownWhen, valid: Validity) -> PublicationRule:
        return PublicationRule(
            content=MASTER,
            audiences=(Audience.PUBLIC,),
            when=when,
            valid=valid,
            source="prøve",
            certainty=Certainty.PROJECT_AUTHORED,
        )

    until = rule(ShownWhen.ALWAYS, Validity(end=SENT))
    policy = evolve(PORTAL, rules=(rule(ShownWhen.NEVER_BY_DEFAULT, Validity()), until))
    assert visible(policy, MASTER, Audience.PUBLIC, YEAR, SENT).rule == until
    assert not public(policy, MASTER, SENT + timedelta(days=1))


def test_the_table_has_a_line_for_every_kind_of_content_as_it_is_on_the_day() -> None:
    lines = {line.content: line for line in PORTAL.table(date(2026, 1, 1))}
    assert list(lines) == list(ContentKind)
    assert lines[FIGURES].when(Audience.PUBLIC) is ShownWhen.MEETING_HELD
    assert lines[FIGURES].when(Audience.HOME_MUNICIPALITY) is ShownWhen.SENT
    before = {line.content: line for line in PORTAL.table(date(2013, 1, 1))}
    assert before[FIGURES].when(Audience.PUBLIC) is ShownWhen.NEVER_BY_DEFAULT


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
FACTS = st.builds(PublicationFacts, sent=DAYS, returned=DAYS, meeting_held=DAYS, statement_published=DAYS)


@given(
    policy=st.sampled_from([PORTAL, DECISION]),
    content=st.sampled_from(ContentKind),
    audience=st.sampled_from(Audience),
    facts=FACTS,
    on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    later=st.integers(0, 500),
)
def test_what_is_shown_stays_shown_and_always_says_why(
    policy: PublicationPolicy,
    content: ContentKind,
    audience: Audience,
    facts: PublicationFacts,
    on: date,
    later: int,
) -> None:
    now = visible(policy, content, audience, facts, on)
    then = visible(policy, content, audience, facts, on + timedelta(days=later))
    assert then.shown or not now.shown
    for found in (now, then):
        assert found.reason.da and found.reason.en
        assert found.rule is not None and found.source


@given(content=st.sampled_from(ContentKind), facts=FACTS, on=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_the_decision_of_2011_never_shows_the_public_more_than_the_portal(
    content: ContentKind, facts: PublicationFacts, on: date
) -> None:
    sent_first = evolve(facts, sent=date(2026, 1, 1))
    assert public(PORTAL, content, on, sent_first) or not public(DECISION, content, on, sent_first)


@given(
    content=st.sampled_from(ContentKind),
    chosen=st.lists(st.tuples(st.sampled_from([PORTAL, DECISION]), st.integers(0, 400)), max_size=3),
    facts=FACTS,
    on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    later=st.integers(0, 500),
)
def test_no_choice_of_policy_hides_what_was_sent_and_public(
    content: ContentKind,
    chosen: list[tuple[PublicationPolicy, int]],
    facts: PublicationFacts,
    on: date,
    later: int,
) -> None:
    chosen.sort(key=lambda each: each[1])
    dated = [PolicyPeriod(policy=policy, since=date(2026, 1, 1) + timedelta(days=day)) for policy, day in chosen]
    periods = [PolicyPeriod(policy=PORTAL), *dated]
    sent_first = evolve(facts, sent=facts.sent and min(facts.sent, on))
    now = visible_by(periods, content, Audience.PUBLIC, sent_first, on)
    then = visible_by(periods, content, Audience.PUBLIC, sent_first, on + timedelta(days=later))
    assert then.shown or not now.shown or sent_first.sent is None
    assert now.reason.da and then.reason.en


def test_a_single_policy_is_read_as_it_is() -> None:
    alone = [PolicyPeriod(policy=DECISION)]
    for content in ContentKind:
        for audience in Audience:
            assert visible_by(alone, content, audience, YEAR, MARKED) == visible(
                DECISION, content, audience, YEAR, MARKED
            )
