"""Loading the peer groups."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import Checks, structure
from almenstyring.domain.figures.peers import PeerGroup, PeerGroups, complaints_of_group
from almenstyring.domain.figures.traits import TraitScheme, complaints_of_scheme

_PEERS = Checks(complaints={TraitScheme: complaints_of_scheme, PeerGroup: complaints_of_group})


@cache
def load_peer_groups() -> PeerGroups:
    """The peer groups that the library ships; read once."""
    return peer_groups_from(files("almenstyring.content") / "peer_groups.toml")


def peer_groups_from(file: Traversable | Path) -> PeerGroups:
    """The peer groups of a file; ContentError with every fault, its file and its line."""
    return structure(read_toml(file), PeerGroups, _PEERS)
