"""The receipt of a sending: what an organisation keeps, outside the store, to prove later what it sent and when."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.reporting.deadlines import Timing
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber

GENESIS = "0" * 64
"""The hash before a store's first record."""

NOT_THE_FILING = Text(
    "Sendt betyder her sendt til kommunen. Det er ikke den lovpligtige indberetning, "
    "som sker i styrelsens centrale it-system (DB § 112, stk. 6).",
    "Sent means sent to the municipality. It is not the statutory filing, which is made in the authority's central "
    "system (DB § 112, stk. 6).",
)


@frozen
class ChainHead:
    """The end of a store's chain: how many records there are and the last one's hash."""

    sequence: int = 0
    hash: str = GENESIS


@frozen(kw_only=True)
class Receipt:
    """The receipt of a sending (da: kvittering): number, day, timeliness and the store's chain at that moment.

    ``head`` lets anybody verify later that history was not rewritten. ``almenstyring.encode`` writes it
    as a document to be kept elsewhere.
    """

    organisation: LbfNumber
    report_year: ReportYear
    number: int
    sent_on: date
    timing: Timing
    record_hash: str
    head: ChainHead

    @property
    def note(self) -> Text:
        """What a receipt is not: the statutory filing (DB § 112, stk. 6)."""
        return NOT_THE_FILING
