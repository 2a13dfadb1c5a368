"""Who sees what when, as dated rules: a policy is content, and one function reads it.

What a policy does not show is merely not published by itself. It is no secrecy: the law on public access to documents
(da: offentlighedsloven) holds beside it, and what is asked for there is for the authority to decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from attrs import evolve, field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference, MunicipalityCode

NO_TEXT = Text("", "")


class ContentKind(StrEnum):
    """What can be seen of a dialogue, or must be published beside it (da: indholdsart)."""

    MASTER_DATA = "master_data"
    ACCOUNTS = "accounts"
    KEY_FIGURES = "key_figures"
    OTHER_KEY_FIGURES = "other_key_figures"
    ANSWERS = "answers"
    DOCUMENTS = "documents"
    ACTION_PLANS = "action_plans"
    DRAFTS = "drafts"
    REVIEW_COMMENTS = "review_comments"
    MINUTES = "minutes"
    STATEMENT = "statement"
    LETTING_CRITERIA = "letting_criteria"
    ADVERTISED_LETTING_CRITERIA = "advertised_letting_criteria"
    ADMINISTRATION_AGREEMENTS = "administration_agreements"
    ARTICLES = "articles"


NOT_KEPT_HERE = frozenset((ContentKind.ADMINISTRATION_AGREEMENTS, ContentKind.ARTICLES))
"""What is public by law and is found with the municipality or the organisation: the library keeps neither."""


class Audience(StrEnum):
    """Who looks (da: modtagerkreds)."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    HOME_MUNICIPALITY = "home_municipality"
    LOCATION_MUNICIPALITY = "location_municipality"
    ADVISER = "adviser"
    OTHER_ORGANISATIONS = "other_organisations"


class ShownWhen(StrEnum):
    """From when a kind of content is shown (da: betingelse for visning)."""

    ALWAYS = "always"
    SENT = "sent"
    RETURNED = "returned"
    MEETING_HELD = "meeting_held"
    MEETING_AND_STATEMENT = "meeting_and_statement"
    STATEMENT_PUBLISHED = "statement_published"
    NEVER_BY_DEFAULT = "never_by_default"


_OPENEST_FIRST = tuple(ShownWhen)


@frozen(kw_only=True)
class PublicationFacts:
    """What has happened in an organisation's report year, each with the day from which it counts (da: hændelsesdage).

    ``meeting_held`` is the day on which the meeting was marked as held, and not before it was; ``statement_published``
    the day the statement was published and recorded as published. None: it has not happened.
    """

    sent: date | None = None
    returned: date | None = None
    meeting_held: date | None = None
    statement_published: date | None = None

    def since(self, when: ShownWhen) -> date | None:
        """The day from which a condition is met; None where it is not, or needs no day."""
        single = {
            ShownWhen.SENT: self.sent,
            ShownWhen.RETURNED: self.returned,
            ShownWhen.MEETING_HELD: self.meeting_held,
            ShownWhen.STATEMENT_PUBLISHED: self.statement_published,
        }
        if when is ShownWhen.MEETING_AND_STATEMENT:
            both = self.meeting_held, self.statement_published
            return None if None in both else max(day for day in both if day)
        return single.get(when)


@frozen(kw_only=True)
class PublicationRule:
    """One rule of a policy (da: visningsregel): what is shown to whom, when, in which days, and where it says so."""

    content: ContentKind
    audiences: tuple[Audience, ...]
    when: ShownWhen
    valid: Validity = Validity()
    law: LegalReference | None = None
    note: Text = NO_TEXT
    source: str
    certainty: Certainty

    def is_met(self, facts: PublicationFacts, on: date) -> bool:
        """Whether its condition is met on the day."""
        since = facts.since(self.when)
        return self.when is ShownWhen.ALWAYS or (since is not None and since <= on)


@frozen(kw_only=True)
class Visibility:
    """Whether something is shown, and why or why not (da: synlighed); ``rule`` is what decided, if any did."""

    shown: bool
    reason: Text
    rule: PublicationRule | None = None

    @property
    def law(self) -> LegalReference | None:
        """The paragraph it rests on, if it rests on one."""
        return self.rule.law if self.rule else None

    @property
    def source(self) -> str:
        """Where the rule was found; empty where no rule speaks of it."""
        return self.rule.source if self.rule else ""


@frozen(kw_only=True)
class PolicyLine:
    """One kind of content in a policy's table (da: politiklinje): the rule that holds for each audience."""

    content: ContentKind
    rules: Mapping[Audience, PublicationRule] = field(hash=False)

    def when(self, audience: Audience) -> ShownWhen:
        """When the audience sees it; what no rule speaks of is never shown by itself."""
        return self.rules[audience].when if audience in self.rules else ShownWhen.NEVER_BY_DEFAULT


@frozen(kw_only=True)
class PublicationPolicy:
    """A set of dated rules that a municipality or a host chooses (da: offentliggørelsespolitik).

    ``gaps`` tell what is not known of it.
    """

    id: str
    name: Text
    gaps: tuple[Text, ...] = ()
    rules: tuple[PublicationRule, ...]
    source: str
    certainty: Certainty

    def rules_for(self, content: ContentKind, audience: Audience, on: date) -> tuple[PublicationRule, ...]:
        """The rules that hold on the day, the most open one first."""
        found = [r for r in self.rules if r.content is content and audience in r.audiences and on in r.valid]
        return tuple(sorted(found, key=lambda rule: _OPENEST_FIRST.index(rule.when)))

    def table(self, on: date) -> tuple[PolicyLine, ...]:
        """The whole policy as it is on a day: one line per kind of content."""
        return tuple(
            PolicyLine(
                content=content,
                rules={a: found[0] for a in Audience if (found := self.rules_for(content, a, on))},
            )
            for content in ContentKind
        )


@frozen(kw_only=True)
class PolicyChoice:
    """A municipality's choice of policy (da: valg af politik), with the day it shall hold from.

    It counts from the day it was recorded if that is later: what was public stays public.
    """

    municipality: MunicipalityCode
    policy: str
    since: date
    recorded_on: date
    by: str

    @property
    def counts_from(self) -> date:
        """The first day that it decides."""
        return max(self.since, self.recorded_on)


@frozen(kw_only=True)
class PolicyPeriod:
    """A policy and the first day on which it decides (da: politikkens gyldighed); None: from the beginning."""

    policy: PublicationPolicy
    since: date | None = None


def visible(
    policy: PublicationPolicy, content: ContentKind, audience: Audience, facts: PublicationFacts, on: date
) -> Visibility:
    """Whether an audience is shown a kind of content on a day, and why or why not.

    >>> from almenstyring.content.publication import load_publication
    >>> held = PublicationFacts(sent=date(2026, 6, 29), meeting_held=date(2026, 9, 1))
    >>> portal = load_publication()["portal_2014"]
    >>> visible(portal, ContentKind.KEY_FIGURES, Audience.PUBLIC, held, date(2026, 8, 31)).shown
    False
    >>> print(visible(portal, ContentKind.KEY_FIGURES, Audience.PUBLIC, held, date(2026, 9, 1)).reason.en)
    Shown since 2026-09-01: the dialogue meeting is marked as held.
    """
    rules = policy.rules_for(content, audience, on)
    for rule in rules:
        if rule.is_met(facts, on):
            reason = _ELSEWHERE if content in NOT_KEPT_HERE else _why(rule.when, facts)
            return Visibility(shown=True, reason=reason, rule=rule)
    if not rules:
        return Visibility(shown=False, reason=_NO_RULE)
    return Visibility(shown=False, reason=_WHY_NOT[rules[0].when], rule=rules[0])


def visible_by(
    periods: Sequence[PolicyPeriod], content: ContentKind, audience: Audience, facts: PublicationFacts, on: date
) -> Visibility:
    """The same where one policy followed another: the choice in force on a day decides what becomes public then.

    What was sent and became public before the latest choice stays public. ``periods`` are in order of their days.
    """
    *earlier, current = [each for each in periods if each.since is None or each.since <= on]
    now = visible(current.policy, content, audience, facts, on)
    if not earlier or current.since is None:
        return now
    before = visible_by(earlier, content, audience, facts, current.since - timedelta(days=1))
    if not now.shown:
        is_kept = before.shown and facts.sent is not None and facts.sent < current.since
        return evolve(before, reason=_STAYS.fill(day=current.since)) if is_kept else now
    met = facts.since(now.rule.when) if now.rule else None
    is_opened = not before.shown and met is not None and met < current.since
    return evolve(now, reason=_OPENED.fill(day=current.since)) if is_opened else now


_ELSEWHERE = Text(
    "Er offentligt, men føres ikke her: spørg kommunen eller organisationen.",
    "Is public, but is not kept here: ask the municipality or the organisation.",
)
_STAYS = Text(
    "Var offentligt, før en anden politik kom til at gælde {day}, og bliver ved med at være det.",
    "Was public before another policy came to hold on {day}, and stays so.",
)
_OPENED = Text("Vises siden {day}, da politikken kom til at gælde.", "Shown since {day}, when the policy came to hold.")
_NOT_SECRET = Text(
    "Det er ingen hemmeligholdelse: der kan søges aktindsigt.",
    "That is no secrecy: access to documents can be asked for.",
)
_NO_RULE = Text("Vises ikke: ingen regel gælder. {note}", "Not shown: no rule speaks of it. {note}").fill(
    note=_NOT_SECRET
)
_WHY_NOT: Mapping[ShownWhen, Text] = {
    ShownWhen.SENT: Text("Vises ikke endnu: pakken er ikke sendt.", "Not shown yet: the package has not been sent."),
    ShownWhen.RETURNED: Text(
        "Vises ikke endnu: pakken er ikke returneret.", "Not shown yet: the package has not been returned."
    ),
    ShownWhen.MEETING_HELD: Text(
        "Vises ikke endnu: dialogmødet er ikke markeret afholdt.",
        "Not shown yet: the dialogue meeting is not marked as held.",
    ),
    ShownWhen.MEETING_AND_STATEMENT: Text(
        "Vises ikke endnu: der mangler et afholdt dialogmøde eller en redegørelse.",
        "Not shown yet: a dialogue meeting held or a statement is missing.",
    ),
    ShownWhen.STATEMENT_PUBLISHED: Text(
        "Vises ikke endnu: redegørelsen er ikke offentliggjort.",
        "Not shown yet: the statement has not been published.",
    ),
    ShownWhen.NEVER_BY_DEFAULT: Text("Offentliggøres ikke af sig selv. {note}", "Not published by itself. {note}").fill(
        note=_NOT_SECRET
    ),
}
_WHY: Mapping[ShownWhen, Text] = {
    ShownWhen.SENT: Text("pakken er sendt", "the package has been sent"),
    ShownWhen.RETURNED: Text("pakken er returneret", "the package has been returned"),
    ShownWhen.MEETING_HELD: Text("dialogmødet er markeret afholdt", "the dialogue meeting is marked as held"),
    ShownWhen.MEETING_AND_STATEMENT: Text(
        "dialogmødet er afholdt, og redegørelsen foreligger", "the meeting is held and the statement is there"
    ),
    ShownWhen.STATEMENT_PUBLISHED: Text("redegørelsen er offentliggjort", "the statement has been published"),
}


def _why(when: ShownWhen, facts: PublicationFacts) -> Text:
    if when is ShownWhen.ALWAYS:
        return Text("Vises altid.", "Always shown.")
    return Text("Vises siden {day}: {why}.", "Shown since {day}: {why}.").fill(day=facts.since(when), why=_WHY[when])
