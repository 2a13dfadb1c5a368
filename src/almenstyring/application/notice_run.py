"""One run of notices: each is claimed in the store before it is handed over, so that none is ever sent twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from attrs import evolve, frozen

from almenstyring.application.notice_facts import first_sent
from almenstyring.application.records import Records
from almenstyring.domain.errors import AlmenstyringError, ConflictError, UnavailableError, UnknownOutcomeError
from almenstyring.domain.notices import Notice, NoticeDelivery, NoticeMessage, NoticeState
from almenstyring.domain.text import Language
from almenstyring.ports import IndexValue, Notifier

Addresses = Mapping[str, str] | Callable[[Notice], str | None]
"""Where a notice goes: by the code of its receiver, or whatever a function answers; None where there is no address."""

OnFailure = Callable[[Notice, AlmenstyringError], None]
"""Told of each notice that was not delivered, or may not have been, with the error that says why and what to do."""

NO_ADDRESS = "NO-ADDRESS"
"""The reason of a notice whose receiver the host has no address for."""

_IN_A_ROW = 3
_log = logging.getLogger("almenstyring")


@frozen(kw_only=True)
class NoticeRun:
    """A run on behalf of one actor on one day."""

    records: Records
    actor: str
    now: Callable[[], datetime]
    on: date
    notifier: Notifier
    addresses: Addresses
    language: Language
    on_failure: OnFailure | None = None

    def send(self, notices: Iterable[Notice]) -> Iterator[NoticeDelivery]:
        """Hand over one after the other; after three in a row that could not be reached the rest waits."""
        unreached = 0
        for notice in notices:
            outcome = self._send_one(notice)
            if outcome is not None:
                yield outcome
                unreached = unreached + 1 if outcome.reason == UnavailableError.code else 0
            if unreached == _IN_A_ROW:
                return

    def _send_one(self, notice: Notice) -> NoticeDelivery | None:
        """What came of it; None if another run has it or the report came meanwhile."""
        address = self._address(notice)
        before = self.records.notices.get(notice.id)
        if not address and before and before.value.reason == NO_ADDRESS:
            return before.value
        claim = self._claim(notice)
        if claim is None:
            return None
        state, reason = self._hand_over(notice, address) if address else (NoticeState.FAILED, NO_ADDRESS)
        return keep(self.records, evolve(claim, state=state, reason=reason), self.actor, self.now())

    def _address(self, notice: Notice) -> str | None:
        if callable(self.addresses):
            return self.addresses(notice)
        return self.addresses.get(str(notice.unit))

    def _claim(self, notice: Notice) -> NoticeDelivery | None:
        """Keep the notice as uncertain before anything is sent: whoever keeps it first may send it."""
        try:
            with self.records.store.transaction():
                before = self.records.notices.get(notice.id)
                if (before and before.value.state is not NoticeState.FAILED) or self._came_meanwhile(notice):
                    return None
                attempts = before.value.attempts + 1 if before else 1
                claim = evolve(outcome_of(notice, self.on), attempts=attempts)
                return keep(self.records, claim, self.actor, self.now())
        except ConflictError:
            return None

    def _came_meanwhile(self, notice: Notice) -> bool:
        if notice.organisation is None or notice.report_year is None:
            return False
        return first_sent(self.records, notice.organisation, notice.report_year, self.on) is not None

    def _hand_over(self, notice: Notice, address: str) -> tuple[NoticeState, str]:
        try:
            message = NoticeMessage(
                id=notice.id,
                to=address,
                subject=notice.subject[self.language],
                body=notice.body[self.language],
                language=self.language,
            )
            self.notifier.deliver(message)
        except AlmenstyringError as error:
            if self.on_failure:
                self.on_failure(notice, error)
            uncertain = isinstance(error, UnknownOutcomeError)
            return NoticeState.UNCERTAIN if uncertain else NoticeState.FAILED, error.code
        except Exception as error:  # the notifier's own fault: nobody knows how far it came, and the others are due
            _log.warning("the notifier failed with %s", type(error).__name__)
            return NoticeState.UNCERTAIN, type(error).__name__
        return NoticeState.DELIVERED, ""


def outcome_of(notice: Notice, on: date, state: NoticeState = NoticeState.UNCERTAIN) -> NoticeDelivery:
    """What is kept of a notice: neither address nor text."""
    return NoticeDelivery(
        id=notice.id,
        kind=notice.kind,
        municipality=notice.municipality,
        role=notice.role,
        unit=str(notice.unit),
        report_year=notice.report_year,
        fell_due=notice.fell_due,
        state=state,
        on=on,
    )


def keep(records: Records, delivery: NoticeDelivery, actor: str, at: datetime) -> NoticeDelivery:
    """Store the next revision of what became of a notice."""
    before = records.notices.record(delivery.id)
    indexed: dict[str, IndexValue] = {"municipality": str(delivery.municipality), "state": delivery.state.value}
    if delivery.report_year:
        indexed["year"] = int(delivery.report_year)
    revision = before.revision if before else 0
    records.notices.put(delivery.id, delivery, expected_revision=revision, actor=actor, at=at, indexed=indexed)
    return delivery
