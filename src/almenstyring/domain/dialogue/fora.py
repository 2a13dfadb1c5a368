"""In which fora a municipality and its organisations meet, and by which decision (da: fora for styringsdialogen).

The law knows one meeting: the yearly one with each organisation (ABL § 164, stk. 2; DB § 112, stk. 1). All other fora
rest on the municipality's own decision, and a decision can be replaced: a model holds until the next one is adopted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Self

from attrs import evolve, field, frozen
from attrs.validators import optional

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.organisations import Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference, MunicipalityCode
from almenstyring.domain.values.converting import are_all, is_a, is_exact_day, is_text, one_of, to_municipality
from almenstyring.domain.values.faults import as_text, refusal

STATUTORY = "dialogue_meeting"
"""What the statutory yearly meeting is called in every model, so that a meeting held counts under whichever holds."""

STATUTORY_LAW = (LegalReference.parse("ABL § 164, stk. 2"), LegalReference.parse("DB § 112, stk. 1"))
"""Where the yearly meeting stands."""

_ONE_DAY = timedelta(days=1)


class ForumLevel(StrEnum):
    """Who speaks for the municipality in a forum (da: niveau): its administration, or politicians too."""

    ADMINISTRATIVE = "administrative"
    POLITICAL = "political"


class Frequency(StrEnum):
    """How often a forum meets (da: mødehyppighed)."""

    TWICE_A_YEAR = "twice_a_year"
    YEARLY = "yearly"
    EVERY_SECOND_YEAR = "every_second_year"
    ONCE_PER_TERM = "once_per_term"


class Gathering(StrEnum):
    """Whether a forum meets with each organisation alone, or once for all of them (da: mødeform)."""

    EACH_ALONE = "each_alone"
    JOINT = "joint"


def as_gathering(given: Gathering | str) -> Gathering:
    """The way to gather, also by its value."""
    return one_of(Gathering, given)


def _level(given: ForumLevel | str | None) -> ForumLevel | None:
    return None if given is None else one_of(ForumLevel, given)


def _frequency(given: Frequency | str) -> Frequency:
    return one_of(Frequency, given)


def _certainty(given: Certainty | str) -> Certainty:
    return one_of(Certainty, given)


@frozen(kw_only=True)
class Forum:
    """One forum of the dialogue (da: forum): who meets, how often, and why.

    Participants are roles, never persons, and none where the source names none; ``level`` is None where the source does
    not tell. ``law`` is empty where no provision asks for the forum, only the municipality's own decision. The forum
    with the id of ``STATUTORY`` is the yearly meeting of ABL § 164, stk. 2, and DB § 112, stk. 1: InvalidValueError if
    it is not yearly, not with each organisation alone, or does not name both.
    """

    id: str = field(validator=is_text)
    name: Text = field(validator=is_a(Text))
    level: ForumLevel | None = field(default=None, converter=_level)
    gathering: Gathering = field(converter=as_gathering)
    frequency: Frequency = field(converter=_frequency)
    municipality: tuple[Text, ...] = field(default=(), validator=are_all(Text))
    organisations: tuple[Text, ...] = field(default=(), validator=are_all(Text))
    law: tuple[LegalReference, ...] = field(default=(), validator=are_all(LegalReference))
    source: str = field(validator=is_text)
    certainty: Certainty = field(converter=_certainty)

    def __attrs_post_init__(self) -> None:
        kept = self.frequency is Frequency.YEARLY and self.gathering is Gathering.EACH_ALONE
        if self.statutory and not (kept and set(STATUTORY_LAW) <= set(self.law)):
            raise refusal(
                Text(
                    "Det lovpligtige dialogmøde {value} er årligt, med hver organisation for sig, efter {law}.",
                    "The statutory meeting {value} is yearly, with each organisation alone, by {law}.",
                ),
                Text("Giv andre møder et andet id.", "Give other meetings another id."),
                self.id,
                law=_named(STATUTORY_LAW),
            )

    @property
    def statutory(self) -> bool:
        """Whether it is the statutory yearly meeting (ABL § 164, stk. 2; DB § 112, stk. 1)."""
        return self.id == STATUTORY


STATUTORY_MEETING = Forum(
    id=STATUTORY,
    name=Text("dialogmøde", "dialogue meeting"),
    gathering=Gathering.EACH_ALONE,
    frequency=Frequency.YEARLY,
    law=STATUTORY_LAW,
    source="ABL § 164, stk. 2; DB § 112, stk. 1",
    certainty=Certainty.OFFICIAL,
)
"""The one meeting that is owed also where no model was adopted; the law names neither level nor participants."""


@frozen(kw_only=True)
class Endorsement:
    """A committee endorsed the recommendation on a day (da: tiltrædelse)."""

    committee: Text = field(validator=is_a(Text))
    on: date = field(validator=is_exact_day)


@frozen(kw_only=True)
class Decision:
    """The municipal council's decision on a model (da: beslutning).

    ``recommended_by`` is the title of the officer who recommended it, ``items`` what was recommended, in words of
    ours. What is None or empty is not known. InvalidValueError if a committee endorsed it after the council decided.
    """

    decided_on: date = field(validator=is_exact_day)
    recommended_by: Text | None = field(default=None, validator=optional(is_a(Text)))
    items: tuple[Text, ...] = field(default=(), validator=are_all(Text))
    endorsements: tuple[Endorsement, ...] = field(default=(), validator=are_all(Endorsement))
    case_number: str = field(default="", validator=is_text)

    def __attrs_post_init__(self) -> None:
        if any(endorsement.on > self.decided_on for endorsement in self.endorsements):
            raise refusal(
                Text(
                    "Et udvalg tiltrådte efter kommunalbestyrelsens beslutning {value}.",
                    "A committee endorsed after the council's decision of {value}.",
                ),
                Text("Udvalgene tiltræder, før kommunalbestyrelsen beslutter.", "Committees endorse before it."),
                str(self.decided_on),
            )


@frozen(kw_only=True)
class DialogueModel:
    """The fora of a governance dialogue (da: dialogmodel), to be adopted by any municipality.

    ``decision`` and ``in_force`` tell of the place where the model comes from, if they are known, and ``gaps`` what is
    not known. A model always has the statutory yearly meeting: InvalidValueError if not, or if two fora have one id.
    """

    id: str = field(validator=is_text)
    name: Text = field(validator=is_a(Text))
    fora: tuple[Forum, ...] = field(validator=are_all(Forum))
    decision: Decision | None = field(default=None, validator=optional(is_a(Decision)))
    in_force: Validity | None = field(default=None, validator=optional(is_a(Validity)))
    gaps: tuple[Text, ...] = field(default=(), validator=are_all(Text))
    source: str = field(validator=is_text)
    certainty: Certainty = field(converter=_certainty)

    def __attrs_post_init__(self) -> None:
        ids = [forum.id for forum in self.fora]
        if STATUTORY not in ids:
            raise refusal(
                Text(
                    "Det lovpligtige årlige møde kan ikke fravælges i modellen {value} ({law}).",
                    "The statutory yearly meeting cannot be modelled away in {value} ({law}).",
                ),
                Text(f"Tilføj et forum med id {STATUTORY}.", f"Add a forum with the id {STATUTORY}."),
                self.id,
                law=_named(STATUTORY_LAW),
            )
        if len(set(ids)) != len(ids):
            raise refusal(
                Text("Et forum står to gange i modellen {value}.", "A forum is twice in the model {value}."),
                Text("Giv hvert forum sit eget id.", "Give every forum an id of its own."),
                self.id,
            )

    def forum(self, forum_id: str) -> Forum | None:
        """The forum of that id, if the model has it."""
        return next((forum for forum in self.fora if forum.id == forum_id), None)


@frozen(kw_only=True)
class Adoption:
    """A municipality adopted a model from a day on (da: vedtagelse), by a decision of its own if one is recorded.

    One that was taken back has the day on which that was recorded, and why; it counts for nothing.
    """

    municipality: MunicipalityCode = field(converter=to_municipality)
    model: DialogueModel = field(validator=is_a(DialogueModel))
    since: date = field(validator=is_exact_day)
    decision: Decision | None = field(default=None, validator=optional(is_a(Decision)))
    withdrawn_on: date | None = field(default=None, validator=optional(is_exact_day))
    withdrawn_because: str = field(default="", validator=is_text)

    def withdrawn(self, on: date, reason: str = "") -> Adoption:
        """The adoption taken back; NotAllowedError without a reason for one that has begun."""
        if self.since <= on and not as_text(reason):
            raise NotAllowedError(
                Text(f"Modellen gælder siden {self.since}.", f"The model has held since {self.since}."),
                Text(
                    "Skriv, hvorfor vedtagelsen var en fejl: reason=…. Ellers vedtag en anden model fra en senere dag.",
                    "Say why the adoption was a mistake: reason=…. Else adopt another model from a later day.",
                ),
                since=self.since,
            )
        return evolve(self, withdrawn_on=on, withdrawn_because=reason)


def _in_order(adoptions: Iterable[Adoption]) -> tuple[Adoption, ...]:
    standing = (adoption for adoption in adoptions if adoption.withdrawn_on is None)
    found = tuple(sorted(standing, key=lambda adoption: (adoption.municipality, adoption.since)))
    for one, other in pairwise(found):
        if (one.municipality, one.since) == (other.municipality, other.since):
            raise refusal(
                Text("{value} vedtog to modeller {on}.", "{value} adopted two models on {on}."),
                Text("En model gælder, til den næste er vedtaget.", "A model holds until the next one is adopted."),
                str(one.municipality),
                on=one.since,
            )
    return found


@frozen
class DialogueModels:
    """Which municipality adopted which model, and when (da: vedtagne dialogmodeller).

    A model holds until the next one is adopted. Adoptions that were taken back are left out. InvalidValueError for two
    on one day.
    """

    adoptions: tuple[Adoption, ...] = field(default=(), converter=_in_order)

    def adopted(
        self, municipality: MunicipalityCode, model: DialogueModel, since: date, decision: Decision | None = None
    ) -> Self:
        """These adoptions and one more, which replaces one from the very same day; no other is forgotten."""
        new = Adoption(municipality=municipality, model=model, since=since, decision=decision)
        others = (each for each in self.adoptions if (each.municipality, each.since) != (new.municipality, since))
        return type(self)((*others, new))

    def of(self, municipality: MunicipalityCode) -> tuple[tuple[Adoption, Validity], ...]:
        """What the municipality adopted, each with the days on which it holds, the oldest first."""
        own = [adoption for adoption in self.adoptions if adoption.municipality == municipality]
        ends = [*(adoption.since - _ONE_DAY for adoption in own[1:]), None]
        return tuple((each, Validity(each.since, end)) for each, end in zip(own, ends, strict=False))

    def on(self, municipality: MunicipalityCode, day: date) -> DialogueModel | None:
        """The model that holds on the day, or None: then the law alone does."""
        return next((adoption.model for adoption, valid in self.of(municipality) if day in valid), None)


def _named(law: Iterable[LegalReference]) -> str:
    return "; ".join(map(str, law))
