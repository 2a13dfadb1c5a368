"""Whatever the municipality drafts, withdraws, returns and settles in whatever order, a draft stays its own."""

from __future__ import annotations

from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st

import almenstyring as al

from .conftest import COUNCIL, OFFICE, OPERATOR, REGISTRY, YEAR, StandingClock, sendable

QUESTIONS = ("economy.sound_operation", "economy.own_control")


@define
class ReviewHistory:
    """One report and its review, step by step; a step that is not possible now is left out."""

    office: al.Workspace = field(init=False)
    council: al.Workspace = field(init=False)
    written: dict[str, str] = field(factory=dict)
    told: set[str] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        operator = al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True)
        operator.import_register("synthetic:")
        self.office, self.council = operator.acting_as(OFFICE), operator.acting_as(COUNCIL)
        self.office.save(sendable(self.office, self.package))
        self.send()

    @property
    def package(self) -> al.DocumentationPackage:
        return self.office.open_package("T001", YEAR)

    @property
    def is_at_the_council(self) -> bool:
        return not self.package.status.is_editable

    def pick(self, which: int, *states: al.CommentState) -> list[str]:
        found = [entry.comment.id for entry in self.council.review_of("T001", YEAR).entries if entry.state in states]
        return found[which % len(found) :][:1] if found else []

    def comment(self, which: int) -> None:
        if self.is_at_the_council:
            text = f"HEMMELIG {len(self.written)}."
            review = self.council.comment("T001", YEAR, QUESTIONS[which % 2], text)
            self.written[review.entries[-1].comment.id] = text

    def withdraw(self, which: int) -> None:
        for each in self.pick(which, al.CommentState.DRAFT, al.CommentState.RETURNED, al.CommentState.ANSWERED):
            self.council.withdraw_comment("T001", YEAR, each)

    def settle(self, which: int) -> None:
        for each in self.pick(which, al.CommentState.ANSWERED):
            self.council.settle_comment("T001", YEAR, each)

    def give_back(self, which: int) -> None:
        if self.is_at_the_council:
            again = self.pick(which, al.CommentState.ANSWERED)
            back = self.council.return_package("T001", YEAR, reason="Uddyb (syntetisk)", again=again)
            self.told |= {asked.id for asked in back.returns[-1].comments}

    def send(self, which: int = 0) -> None:
        if self.package.status.is_editable:
            package, asked = self.package, [c.id for back in self.package.returns[-1:] for c in back.comments]
            for comment in asked:
                package = package.reply(comment, f"Svar {which}", on=self.office.today)
            package = package if asked else package.answer(QUESTIONS[which % 2], comment=f"Svar {which}")
            for finding in self.office.check(package).in_the_way:
                package = package.confirm(finding, reason="Gennemgået", on=self.office.today)
            self.office.submit(self.office.save(package))

    def seen(self) -> str:
        """Everything that the organisation can read of the year."""
        [package] = self.office.packages(organisation="T001", year=YEAR)
        return repr(self.office.review_of("T001", YEAR)) + al.encode(package)


STEPS = st.sampled_from(["comment", "comment", "withdraw", "settle", "give_back", "send"])


@settings(max_examples=8)
@given(st.lists(st.tuples(STEPS, st.integers(0, 3)), max_size=10))
def test_nothing_of_a_draft_that_was_never_returned_reaches_the_organisation(steps: list[tuple[str, int]]) -> None:
    history = ReviewHistory()
    for step, which in steps:
        getattr(history, step)(which)
        seen = history.seen()
        assert {key for key, text in history.written.items() if text in seen} == history.told
