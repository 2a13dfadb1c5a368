"""What a municipality does with a report: review it, comment on it, return it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from almenstyring.application.places import Place, answer_place, places_of
from almenstyring.application.reading import Reading
from almenstyring.application.records import by_year, year_key
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.reporting import (
    CommentState,
    DocumentationPackage,
    PackageReturn,
    PackageStatus,
    Review,
    ReviewComment,
    answer_at,
    without_comment,
)
from almenstyring.domain.values import EstateId, LbfNumber


class MunicipalitySide(Reading):
    """The use cases of the supervising municipality."""

    def review(self, organisation: LbfNumber | str, year: ReportYear) -> DocumentationPackage:
        """Begin the review of a sent package."""
        package = self._municipal(organisation, year, Permission.REVIEW_PACKAGE)
        return self._moved(package.under_review())

    def comment(
        self,
        organisation: LbfNumber | str,
        year: ReportYear,
        question: str,
        text: str,
        *,
        estate: EstateId | str | None = None,
    ) -> Review:
        """Comment on one answer of the package as it was sent; the organisation sees it when the package is returned.

        ``question`` may also be the id of an agreement, to comment on what the report says of it. An adviser with a
        mandate may comment too; returning, and so sending the comment, is the municipality's. NotFoundError for an
        estate, a question or an agreement that the package does not have, and for a question about estates without an
        estate, or the other way round.
        """
        package = self._municipal(organisation, year, Permission.COMMENT_PACKAGE)
        if package.status not in (PackageStatus.SENT, PackageStatus.UNDER_REVIEW):
            package = package.under_review()  # says why a package that is not sent cannot be reviewed
        location = answer_place(package, self.standard_of(package), question, estate)
        review = self._records.review_of(package.organisation, year)
        return self._keep_review(review.commented(package, location, text, by=self.actor.id, on=self.today))

    def settle_comment(self, organisation: LbfNumber | str, year: ReportYear, comment: str) -> Review:
        """Take an answered comment as settled."""
        master = self.master_data(organisation)
        self._require(Permission.REVIEW_PACKAGE, master)
        return self._keep_review(self._records.review_of(master.number, year).moved(comment, CommentState.SETTLED))

    def withdraw_comment(self, organisation: LbfNumber | str, year: ReportYear, comment: str) -> Review:
        """Withdraw a comment, so that nothing is asked any more; an adviser only a draft of their own.

        One that waits for the organisation is withdrawn in its package too; what it opened stays open.
        """
        master = self.master_data(organisation)
        self._require(Permission.COMMENT_PACKAGE, master)
        review = self._records.review_of(master.number, year)
        found = review.entry(comment)
        if found.state is not CommentState.DRAFT or found.comment.by != self.actor.id:
            self._require(Permission.REVIEW_PACKAGE, master)
        package = self._stored(master.number, year) if found.state is CommentState.RETURNED else None
        with self._store.transaction():
            if package is not None and package.status.is_editable:
                self._store_package(without_comment(package, comment, self.today), package.revision)
            return self._keep_review(review.moved(comment, CommentState.WITHDRAWN))

    def return_package(  # noqa: PLR0913 - what a return may say
        self,
        organisation: LbfNumber | str,
        year: ReportYear,
        *,
        reason: str,
        on: date | None = None,
        again: Iterable[str] = (),
        opened: Iterable[Place] | Place = (),
    ) -> DocumentationPackage:
        """Return a sent package to the organisation with a reason; it can then be edited and sent again.

        Comments that were not sent yet go with it, and those named in ``again``, which ask for a new answer. With
        comments, only the commented answers can be changed, and the places in ``opened``; a return without comments
        opens everything. A place is a question's id, (estate, question), a part of the package or a Location;
        NotFoundError for one that the package does not have.
        """
        package = self._municipal(organisation, year, Permission.RETURN_PACKAGE)
        day = self._event_day(on, package.sendings[-1].on if package.sendings else None)
        review = self._records.review_of(package.organisation, year)
        asked = dict.fromkeys([*(comment.id for comment in review.in_state(CommentState.DRAFT)), *again])
        for comment_id in asked:
            review = review.moved(comment_id, CommentState.RETURNED)
        comments = tuple(self._as_sent(review.entry(comment_id).comment, package) for comment_id in asked)
        places = places_of(package, self.standard_of(package), opened)
        given = PackageReturn(on=day, by=self.actor.id, reason=reason, comments=comments, opened=places)
        with self._store.transaction():
            moved = self._moved(package.returned(given))
            if asked:
                self._keep_review(review)
        return moved

    def _as_sent(self, comment: ReviewComment, package: DocumentationPackage) -> ReviewComment:
        """The comment with the answer as it is now, so that another change or reply is asked for."""
        return evolve(comment, answer=answer_at(package, comment.location))

    def _keep_review(self, review: Review) -> Review:
        owner = (review.organisation, review.report_year)
        self._keep(self._records.reviews, year_key(*owner), review, by_year(*owner))
        return review

    def _municipal(
        self, organisation: LbfNumber | str, year: ReportYear, permission: Permission
    ) -> DocumentationPackage:
        master = self.master_data(organisation)
        self._require(permission, master)
        return self._load(master.number, year)

    def _moved(self, package: DocumentationPackage) -> DocumentationPackage:
        stored = self._store_package(package, package.revision)
        self._tell(stored, self.today)
        return evolve(stored, editor="")
