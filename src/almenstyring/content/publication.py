"""Loading the publication policies, and the selected key figures of the public data sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import evolve, field, frozen

from almenstyring.content.key_figures import load_key_figures
from almenstyring.content.reader import read_toml
from almenstyring.content.structure import Checks, Complaint, structure
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.publication import PublicationPolicy, PublicationRule
from almenstyring.domain.text import Text

DEFAULT_POLICY = "portal_2014"
"""The policy of a municipality that has chosen none: the portal's practice."""


@frozen(kw_only=True)
class SelectedFigures:
    """The key figures of the data sheet, by id and in order (da: udvalgte nøgletal)."""

    estate: tuple[str, ...]
    organisation: tuple[str, ...]
    note: Text
    source: str
    certainty: Certainty

    def of(self, ledger: Ledger) -> tuple[str, ...]:
        """Those of estates, or of organisations."""
        return self.estate if ledger is Ledger.ESTATE else self.organisation


@frozen(kw_only=True)
class PublicationContent:
    """The policies to choose among, what every policy has by law, and the selected key figures.

    >>> sorted(load_publication().policy)
    ['decision_2011', 'portal_2014']
    """

    selected: SelectedFigures
    common: tuple[PublicationRule, ...]
    policy: Mapping[str, PublicationPolicy] = field(hash=False)

    def __getitem__(self, policy_id: str) -> PublicationPolicy:
        """The policy of that id with the common rules; NotFoundError tells which there are."""
        if policy_id not in self.policy:
            known = ", ".join(self.policy)
            raise NotFoundError(
                Text(f"Offentliggørelsespolitikken {policy_id} findes ikke.", f"There is no policy {policy_id}."),
                Text(f"Kendte politikker: {known}.", f"Known policies: {known}."),
                policy=policy_id,
            )
        own = self.policy[policy_id]
        return evolve(own, rules=(*own.rules, *self.common))


def _known_figures(selected: SelectedFigures) -> Iterator[Complaint]:
    """Every selected figure is defined, for whatever year."""
    for ledger in Ledger:
        for place, figure in enumerate(selected.of(ledger)):
            if load_key_figures().latest(figure, ledger) is None:
                yield (ledger.value, place), Text("er intet nøgletal", "is no key figure")


_CHECKS = Checks(
    keys={PublicationRule: ("content", "audiences", "when", "valid")}, complaints={SelectedFigures: _known_figures}
)


@cache
def load_publication() -> PublicationContent:
    """The policies that the library ships; read once."""
    return publication_from(files("almenstyring.content") / "publication.toml")


def publication_from(file: Traversable | Path) -> PublicationContent:
    """The policies of a file; ContentError with every fault, its file and its line."""
    return structure(read_toml(file), PublicationContent, _CHECKS)
