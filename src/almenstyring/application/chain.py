"""Verifies a store's chain, so that rewritten history is seen."""

from __future__ import annotations

from attrs import frozen

from almenstyring.domain.text import Text
from almenstyring.ports import ChainHead, Record, Store, digest_of


@frozen(kw_only=True)
class ChainReport:
    """What a walk along the chain found (da: kontrol af kæden).

    ``head`` is the last link that holds, ``records`` how many links hold, ``erased`` how many of them
    have had their document erased. ``broken_at`` is the place of the first link that does not hold.
    """

    ok: bool
    records: int
    head: ChainHead
    erased: int = 0
    broken_at: int | None = None
    message: Text


def verify_chain(store: Store) -> ChainReport:
    """Walk the whole chain and stop at the first link that does not hold.

    A tail that was cut off leaves a shorter, whole chain: only a head kept elsewhere shows it, see
    ``contains``.
    """
    head, erased = ChainHead(), 0
    for record in store.chain():
        if fault := _fault(record, head):
            return ChainReport(
                ok=False, records=head.sequence, head=head, erased=erased, broken_at=head.sequence + 1, message=fault
            )
        head = ChainHead(record.sequence, record.hash)
        erased += record.is_erased
    whole = Text(f"Kæden er hel: {head.sequence} led.", f"The chain is whole: {head.sequence} links.")
    return ChainReport(ok=True, records=head.sequence, head=head, erased=erased, message=whole)


def contains(store: Store, head: ChainHead) -> bool:
    """Whether the chain once ended in ``head``, for example a receipt's.

    Together with ``verify_chain`` this proves that nothing up to that head was changed since.
    """
    if head.sequence == 0:
        return head == ChainHead()
    for record in store.chain():
        if record.sequence >= head.sequence:
            return ChainHead(record.sequence, record.hash) == head
    return False


def _fault(record: Record, previous: ChainHead) -> Text | None:
    place = previous.sequence + 1
    if record.sequence != place:
        return Text(
            f"Led {place} mangler; det næste er {record.sequence}.",
            f"Link {place} is missing; the next one is {record.sequence}.",
        )
    if record.previous_hash != previous.hash:
        return Text(
            f"Led {place} følger ikke efter led {place - 1}.", f"Link {place} does not follow link {place - 1}."
        )
    if record.hash != record.seal():
        return Text(f"Led {place} er ændret.", f"Link {place} was changed.")
    if digest_of(record.document) != record.document_hash and not record.is_erased:
        return Text(f"Dokumentet i led {place} er ændret.", f"The document of link {place} was changed.")
    return None
