"""The municipality's review: comments on single answers, and what the organisation makes of them.

The law knows no acceptance of the report: it is the organisation's own evaluation. A comment asks; the organisation
changes its answer, or maintains it with a reply, and disagreement belongs in the minutes (DB § 112, stk. 7, nr. 1).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.findings import Location
from almenstyring.domain.reporting.changes import answer_at
from almenstyring.domain.reporting.package import DocumentationPackage
from almenstyring.domain.reporting.parts import ReviewComment
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber


class CommentState(StrEnum):
    """Where a comment is (da: kommentarens tilstand).

    DRAFT is the municipality's own until a return sends it. RETURNED waits for the organisation; ANSWERED was met with
    a change or a reply in a later sending. SETTLED and WITHDRAWN are the municipality's last word.
    """

    DRAFT = "draft"
    RETURNED = "returned"
    ANSWERED = "answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


COMMENT_STEPS: dict[CommentState, tuple[CommentState, ...]] = {
    CommentState.DRAFT: (CommentState.RETURNED, CommentState.WITHDRAWN),
    CommentState.RETURNED: (CommentState.ANSWERED, CommentState.WITHDRAWN),
    CommentState.ANSWERED: (CommentState.RETURNED, CommentState.SETTLED, CommentState.WITHDRAWN),
    CommentState.SETTLED: (),
    CommentState.WITHDRAWN: (),
}
"""The life of a comment as one table; an answered one can be returned once more."""


@frozen(kw_only=True)
class CommentEntry:
    """A comment with its state (da: kommentar)."""

    comment: ReviewComment
    state: CommentState = CommentState.DRAFT

    def moved(self, state: CommentState) -> CommentEntry:
        """The comment in its next state; NotAllowedError where the table has no such step."""
        if state not in COMMENT_STEPS[self.state]:
            raise NotAllowedError(
                Text("Kommentaren kan ikke tage det skridt.", "The comment cannot take that step."),
                Text(
                    f"Den er {self.state.value}; muligt er {', '.join(COMMENT_STEPS[self.state]) or 'intet'}.",
                    f"It is {self.state.value}; possible is {', '.join(COMMENT_STEPS[self.state]) or 'nothing'}.",
                ),
                comment=self.comment.id,
                state=self.state.value,
            )
        return evolve(self, state=state)


@frozen(kw_only=True)
class Review:
    """The municipality's comments on one organisation's report of a year (da: kommunens gennemgang)."""

    organisation: LbfNumber
    report_year: ReportYear
    entries: tuple[CommentEntry, ...] = ()

    def entry(self, comment_id: str) -> CommentEntry:
        """One comment; NotFoundError lists the known ones."""
        for entry in self.entries:
            if entry.comment.id == comment_id:
                return entry
        known = ", ".join(entry.comment.id for entry in self.entries) or "-"
        raise NotFoundError(
            Text(f"Der er ingen kommentar {comment_id}.", f"There is no comment {comment_id}."),
            Text(f"Kommentarerne er {known}.", f"The comments are {known}."),
            comment=comment_id,
        )

    def commented(self, package: DocumentationPackage, location: Location, text: str, *, by: str, on: date) -> Review:
        """The review with one comment more, on an answer as it was sent; InvalidValueError without a text."""
        if not text.strip():
            raise InvalidValueError(
                Text("En kommentar skal have en tekst.", "A comment must have a text."),
                Text("Skriv, hvad kommunen vil have uddybet.", "Say what the municipality wants explained."),
                value=text,
            )
        comment = ReviewComment(
            id=f"K{len(self.entries) + 1}",
            location=location,
            text=text,
            by=by,
            on=on,
            answer=answer_at(package, location),
        )
        return evolve(self, entries=(*self.entries, CommentEntry(comment=comment)))

    def moved(self, comment_id: str, state: CommentState) -> Review:
        """The review after one comment's step."""
        self.entry(comment_id)
        return evolve(
            self,
            entries=tuple(entry.moved(state) if entry.comment.id == comment_id else entry for entry in self.entries),
        )

    def in_state(self, *states: CommentState) -> tuple[ReviewComment, ...]:
        """The comments in these states, in order."""
        return tuple(entry.comment for entry in self.entries if entry.state in states)

    def told_with(self, package: DocumentationPackage | None) -> Review:
        """What all but the home municipality may see: the comments that a return of the package has sent."""
        told = {asked.id for given in (package.returns if package else ()) for asked in given.comments}
        return evolve(self, entries=tuple(entry for entry in self.entries if entry.comment.id in told))

    def after_sending(self, package: DocumentationPackage) -> Review:
        """The review after a sending: what was changed or replied to counts as answered."""
        met = {comment.id for comment in self.in_state(CommentState.RETURNED) if is_met(package, comment)}
        return evolve(
            self,
            entries=tuple(
                entry.moved(CommentState.ANSWERED) if entry.comment.id in met else entry for entry in self.entries
            ),
        )


def is_met(package: DocumentationPackage, comment: ReviewComment) -> bool:
    """Whether the package changed the answer that a comment is about, or replies to the comment."""
    now, then = answer_at(package, comment.location), comment.answer
    replied = any(reply.comment == comment.id for reply in package.replies)
    return replied or (now.value, now.comment) != (then.value, then.comment)


def unmet(package: DocumentationPackage) -> tuple[ReviewComment, ...]:
    """The comments of the last return that the package neither follows nor replies to."""
    asked = package.returns[-1].comments if package.returns else ()
    return tuple(comment for comment in asked if not is_met(package, comment))
