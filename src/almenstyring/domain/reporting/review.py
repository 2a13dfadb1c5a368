"""The municipality's review: comments on single answers, and what the organisation makes of them.

The law knows no acceptance of the report: it is the organisation's own evaluation. A comment asks; the organisation
changes its answer, or maintains it with a reply, and disagreement belongs in the minutes (DB § 112, stk. 7, nr. 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.findings import Location
from almenstyring.domain.reporting.answers import Answer
from almenstyring.domain.reporting.changes import answer_at
from almenstyring.domain.reporting.package import DocumentationPackage
from almenstyring.domain.reporting.parts import CommentReply, Confirmation, Opening, ReviewComment
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber


class CommentState(StrEnum):
    """Where a comment is (da: kommentarens tilstand).

    DRAFT is the municipality's own until a return sends it. RETURNED waits for the organisation; ANSWERED was met with
    a change or a reply in a later sending, be it the reason for which the organisation sent without either. SETTLED and
    WITHDRAWN are the municipality's last word.
    """

    DRAFT = "draft"
    RETURNED = "returned"
    ANSWERED = "answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


COMMENT_STEPS: dict[CommentState, tuple[CommentState, ...]] = {
    CommentState.DRAFT: (CommentState.RETURNED, CommentState.WITHDRAWN),
    CommentState.RETURNED: (CommentState.ANSWERED, CommentState.RETURNED, CommentState.WITHDRAWN),
    CommentState.ANSWERED: (CommentState.RETURNED, CommentState.SETTLED, CommentState.WITHDRAWN),
    CommentState.SETTLED: (),
    CommentState.WITHDRAWN: (),
}
"""The life of a comment as one table; one that was answered, or sent back unanswered, can be returned once more."""

_STATE_WORDS: dict[CommentState, Text] = {
    CommentState.DRAFT: Text("en kladde", "a draft"),
    CommentState.RETURNED: Text("sendt med en returnering", "sent with a return"),
    CommentState.ANSWERED: Text("besvaret", "answered"),
    CommentState.SETTLED: Text("afsluttet", "settled"),
    CommentState.WITHDRAWN: Text("trukket tilbage", "withdrawn"),
}
_NO_SUCH_STEP = Text("Kommentar {id} er {now} og kan ikke blive {then}.", "Comment {id} is {now} and cannot be {then}.")
_WAYS_ON: dict[CommentState, Text] = {
    CommentState.DRAFT: Text("Den sendes med den næste returnering.", "It is sent with the next return."),
    CommentState.RETURNED: Text(
        "Den afventer organisationens svar; den kan trækkes tilbage, eller sendes igen med en ny returnering.",
        "It waits for the organisation's answer; it can be withdrawn, or sent again with a new return.",
    ),
    CommentState.ANSWERED: Text(
        "Den kan afsluttes, trækkes tilbage eller sendes igen med en ny returnering.",
        "It can be settled, withdrawn or sent again with a new return.",
    ),
    CommentState.SETTLED: Text("Skriv en ny kommentar.", "Write a new comment."),
    CommentState.WITHDRAWN: Text("Skriv en ny kommentar.", "Write a new comment."),
}


@frozen(kw_only=True)
class CommentEntry:
    """A comment with its state (da: kommentar)."""

    comment: ReviewComment
    state: CommentState = CommentState.DRAFT

    def moved(self, state: CommentState) -> CommentEntry:
        """The comment in its next state; NotAllowedError where the table has no such step."""
        if state not in COMMENT_STEPS[self.state]:
            raise NotAllowedError(
                _NO_SUCH_STEP.fill(id=self.comment.id, now=_STATE_WORDS[self.state], then=_STATE_WORDS[state]),
                _WAYS_ON[self.state],
                comment=self.comment.id,
                state=self.state.value,
            )
        return evolve(self, state=state)


@frozen(kw_only=True)
class OpeningRequest:
    """The organisation asks for further places of its returned package to be opened (da: anmodning om åbning).

    ``to_return`` is the number of the return that left them closed, from 1.
    """

    places: tuple[Location, ...]
    reason: str
    by: str
    on: date
    to_return: int


@frozen(kw_only=True)
class Review:
    """The municipality's comments on one organisation's report of a year (da: kommunens gennemgang).

    ``requests`` is what the organisation asked to have opened of what was returned.
    """

    organisation: LbfNumber
    report_year: ReportYear
    entries: tuple[CommentEntry, ...] = ()
    requests: tuple[OpeningRequest, ...] = ()

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

    def asked_to_open(self, request: OpeningRequest) -> Review:
        """The review with one request more."""
        return evolve(self, requests=(*self.requests, request))

    def open_requests(self, package: DocumentationPackage) -> tuple[OpeningRequest, ...]:
        """The requests that wait: the package is still returned, and not everything asked for was opened."""
        if not package.returns or not package.status.is_editable:
            return ()
        number, last = len(package.returns), package.returns[-1]
        return tuple(
            request
            for request in self.requests
            if request.to_return == number and not all(last.opens(place) for place in request.places)
        )

    def told_with(self, package: DocumentationPackage | None) -> Review:
        """What all but the home municipality may see: the comments that a return of the package has sent."""
        told = {asked.id for given in (package.returns if package else ()) for asked in given.comments}
        return evolve(self, entries=tuple(entry for entry in self.entries if entry.comment.id in told))

    def after_sending(self, package: DocumentationPackage) -> Review:
        """The review after a sending: what was changed or replied to since it was returned counts as answered."""
        met = {comment.id for comment in self.in_state(CommentState.RETURNED) if is_met(package, comment)}
        return evolve(
            self,
            entries=tuple(
                entry.moved(CommentState.ANSWERED) if entry.comment.id in met else entry for entry in self.entries
            ),
        )


def is_met(package: DocumentationPackage, comment: ReviewComment) -> bool:
    """Whether the answer was changed, or the comment replied to, since the last return that asked for it.

    The same answer saved again is no change, nor is one that differs in blanks only.
    """
    number, asked = _last_asked(package, comment)
    replied = any(r.comment == comment.id and r.number(package.returns) == number for r in package.replies)
    return replied or _gist(answer_at(package, asked.location)) != _gist(asked.answer)


def _last_asked(package: DocumentationPackage, comment: ReviewComment) -> tuple[int, ReviewComment]:
    """The number of the last return that asked for the comment, and the comment with the answer as it was then."""
    for number, given in reversed(tuple(enumerate(package.returns, start=1))):
        for asked in given.comments:
            if asked.id == comment.id:
                return number, asked
    return 0, comment


def _gist(answer: Answer) -> tuple[object, str]:
    """What an answer says, whatever blanks it is written with."""
    return (None if answer.is_missing else _squeezed(answer.value)), _squeezed(answer.comment)


def _squeezed(value: Any) -> Any:
    match value:
        case str():
            return " ".join(value.split())
        case tuple():
            return tuple(_squeezed(item) for item in value)
        case Mapping():
            return {column: _squeezed(cell) for column, cell in value.items()}
    return value


def unmet(package: DocumentationPackage) -> tuple[ReviewComment, ...]:
    """The comments of the last return, but the withdrawn, that the package neither follows nor replies to."""
    asked = package.returns[-1].comments if package.returns else ()
    return tuple(comment for comment in asked if comment.withdrawn_on is None and not is_met(package, comment))


def reply_to(package: DocumentationPackage, comment: str, number: int) -> CommentReply | None:
    """What the organisation replied to a comment of the return with that number, from 1; None if nothing."""
    found = (r for r in package.replies if r.comment == comment and r.number(package.returns) == number)
    return next(found, None)


def maintained(package: DocumentationPackage, comment: str, confirmation: Confirmation) -> DocumentationPackage:
    """The package with the reason for sending it without an answer as the reply to a comment."""
    given = CommentReply(comment=comment, text=confirmation.reason, by=confirmation.by, on=confirmation.on)
    return package.replied(given)


def without_comment(package: DocumentationPackage, comment: str, on: date) -> DocumentationPackage:
    """The package after a comment of its last return was withdrawn; what it opened stays open."""
    *earlier, last = package.returns
    comments = tuple(evolve(each, withdrawn_on=on) if each.id == comment else each for each in last.comments)
    return evolve(package, returns=(*earlier, evolve(last, comments=comments)))


def opened_further(package: DocumentationPackage, opening: Opening) -> DocumentationPackage:
    """The package after the municipality opened further places of its last return."""
    *earlier, last = package.returns
    return evolve(package, returns=(*earlier, evolve(last, openings=(*last.openings, opening))))
