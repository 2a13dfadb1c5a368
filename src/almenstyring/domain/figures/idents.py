"""The numbers that accounts are reported to Landsbyggefonden under (da: ident)."""

from __future__ import annotations

import re

from attrs import frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.text import Text
from almenstyring.domain.values import Identifier


@frozen(order=True)
class LbfIdent(Identifier):
    """A reporting number such as "5130.025": four digits, a full stop, three digits (da: ident).

    The first digit says which statement (1 the organisation, 5 an estate, 7 a note to an estate's accounts), the
    next three which account. Source: LBF orienterer, March 2013 and January 2014.

    >>> LbfIdent("5130.025").account, LbfIdent("7204.310").is_note
    ('130', True)
    """

    _what = Text("en ident", "an ident")
    _form = Text(
        'Skriv fire cifre, punktum og tre cifre: "5130.025".',
        'Write four digits, a full stop and three digits: "5130.025".',
    )

    @classmethod
    def _canonical(cls, text: str) -> str | None:
        return text if re.fullmatch(r"[0-9]{4}\.[0-9]{3}", text) else None

    @property
    def account(self) -> str:
        """The account that the digits name; whether there is one is for the chart to say."""
        return self.value[1:4]

    @property
    def is_note(self) -> bool:
        """Whether it is reported in a note to the estate's accounts."""
        return self.value[0] == "7"

    @property
    def is_organisation(self) -> bool:
        """Whether it is reported in the organisation's accounts."""
        return self.value[0] == "1"


@frozen(kw_only=True)
class IdentLine:
    """One ident of a chart: the account it belongs to, its item there where known, and what is reported under it.

    ``item`` is what sources print as "konto 130 nr. 3"; the account is then asked for as "130.3" too.
    """

    ident: LbfIdent
    account: str
    item: str = ""
    name: Text
    source: str
    certainty: Certainty

    @property
    def accounts(self) -> tuple[str, ...]:
        """The account numbers under which the ident is found."""
        return (self.account, f"{self.account}.{self.item}") if self.item else (self.account,)
