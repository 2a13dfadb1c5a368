"""What each role does next about an agreement, in words; no state is without a next step."""

from __future__ import annotations

from datetime import date

from almenstyring.domain.access import Role
from almenstyring.domain.agreements import Agreement, AgreementKind
from almenstyring.domain.text import Text

_AGREED_AND_CLOSED = Text("Intet: aftalen er afsluttet ({status}).", "Nothing: the agreement is closed ({status}).")
_NOT_MADE_YET = Text("Intet: aftalen er ikke indgået endnu.", "Nothing: the agreement is not made yet.")
_REVIEW_NOW = Text(
    "Tag aftalen op til revision; den skulle være revideret senest {day}{law}.",
    "Take the agreement up for review; that was due by {day}{law}.",
)
_TAKE_STOCK = Text(
    "Gør status: perioden udløb {day}. Viderefør, ændr eller afslut aftalen.",
    "Take stock: the period ran out on {day}. Continue, change or close the agreement.",
)
_ASKED_FOR = Text(
    "Organisationens næste styringsrapport skal følge den op (DB § 112, stk. 5, nr. 4).",
    "The organisation's next report must follow it up (DB § 112, stk. 5, nr. 4).",
)
_FOLLOW_IT_UP = Text(
    "Følg aftalen op i den næste styringsrapport (DB § 112, stk. 5, nr. 4).",
    "Follow the agreement up in the next report (DB § 112, stk. 5, nr. 4).",
)
_REVIEW_TO_COME = Text("{step} Revision senest {day}{law}.", "{step} Review by {day}{law}.")
_REVIEW_LAW = {
    AgreementKind.FLEXIBLE_LETTING: "ABL § 60, stk. 2",
    AgreementKind.ADVERTISED_LETTING: "ABL § 60 a, stk. 2",
}
_PARTIES_ONLY = Text("Intet; parterne følger aftalen op.", "Nothing; the parties follow the agreement up.")


def agreement_step(agreement: Agreement, role: Role, *, on: date) -> Text:
    """What a role does next about an agreement on a day: nothing of a closed one, else review, take stock or answer."""
    if agreement.concluded_on > on:
        return _NOT_MADE_YET
    if not agreement.is_open_on(on):
        return _AGREED_AND_CLOSED.fill(status=agreement.status.text)
    if role not in (Role.ORGANISATION, Role.MUNICIPALITY):
        return _PARTIES_ONLY
    review, ends = agreement.review_by, agreement.period.end
    by_law = review is not None and review == agreement.lawful_review_by
    law = f" ({_REVIEW_LAW[agreement.kind]})" if by_law else ""
    if agreement.is_overdue_on(on):
        return _REVIEW_NOW.fill(day=review, law=law)
    if ends is not None and ends < on:
        return _TAKE_STOCK.fill(day=ends)
    step = _FOLLOW_IT_UP if role is Role.ORGANISATION else _ASKED_FOR
    return step if review is None else _REVIEW_TO_COME.fill(step=step, day=review, law=law)
