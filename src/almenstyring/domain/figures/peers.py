"""Peer groups: declared queries for the units that one is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.traits import BORNE_BY, Trait, TraitScheme, TraitValue, UnitTraits
from almenstyring.domain.organisations import Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal


@frozen(kw_only=True)
class PeerGroup:
    """One declared way of choosing peers (da: sammenligningsgruppe), for the units that ``of`` names.

    A peer is like the unit in every trait of ``same``. With ``own_list`` it is also one of those that the caller names.
    """

    id: str
    name: Text
    of: tuple[Ledger, ...]
    same: tuple[Trait, ...]
    own_list: bool = False
    source: str
    certainty: Certainty


@frozen(kw_only=True)
class Criterion:
    """One condition on a peer (da: kriterium): it has one of the values in the trait. Of no value nobody has one."""

    trait: Trait
    name: Text
    values: tuple[TraitValue, ...]

    @property
    def sentence(self) -> Text:
        """The condition in words.

        >>> values = (TraitValue("Midtjylland", Text("Midtjylland", "Midtjylland")),)
        >>> print(Criterion(trait=Trait.REGION, name=Text("region", "region"), values=values).sentence)
        samme region: Midtjylland
        """
        named = Text(*(", ".join(value.name[language] for value in self.values) for language in ("da", "en")))
        return Text("samme {name}: {values}", "same {name}: {values}").fill(name=self.name, values=named)


@frozen(kw_only=True)
class PeerQuery:
    """The question who the peers of one unit are (da: forespørgsel): plain conditions that can be written as SQL.

    ``listed`` is None, or the units that the caller named and the unit itself. A trait that is not known of the unit
    is a criterion without values, and then nobody is its peer: two unknown values are not the same.
    """

    group: PeerGroup
    own: Unit
    ledger: Ledger
    criteria: tuple[Criterion, ...]
    listed: frozenset[Unit] | None = None

    def members(self, everybody: Iterable[UnitTraits]) -> tuple[UnitTraits, ...]:
        """The peers in the given order, the unit itself among them if it is there."""
        wanted = [(criterion.trait, {value.id for value in criterion.values}) for criterion in self.criteria]
        return tuple(
            each
            for each in everybody
            if each.ledger is self.ledger
            and (self.listed is None or each.unit in self.listed)
            and all(any(value.id in ids for value in each.of(trait)) for trait, ids in wanted)
        )

    @property
    def reasons(self) -> tuple[Text, ...]:
        """What the peers have in common, in words."""
        own_list = (Text("på din egen liste", "on your own list"),) if self.listed is not None else ()
        return (*own_list, *(criterion.sentence for criterion in self.criteria if criterion.values))

    @property
    def why_nobody(self) -> Text | None:
        """Why the group cannot be made for the unit; None where it can."""
        missing = [criterion.name for criterion in self.criteria if not criterion.values]
        if not missing:
            return None
        named = Text(*(", ".join(name[language] for name in missing) for language in ("da", "en")))
        return Text(
            "Gruppen ”{group}” kan ikke dannes for {unit}: {missing} kendes ikke.",
            "The group “{group}” cannot be made for {unit}: its {missing} is not known.",
        ).fill(group=self.group.name, unit=self.own, missing=named)

    @property
    def conditions(self) -> Mapping[str, tuple[str, ...]]:
        """The query as plain data: each column, and the values of which it must have one."""
        listed = {"unit": tuple(sorted(map(str, self.listed)))} if self.listed is not None else {}
        traits = {c.trait.value: tuple(value.id for value in c.values) for c in self.criteria}
        return {"ledger": (self.ledger.value,), **listed, **traits}

    def __str__(self) -> str:
        return " and ".join(f"{column} in ({', '.join(values)})" for column, values in self.conditions.items())


@frozen(kw_only=True)
class PeerGroups:
    """All declared peer groups, and the scheme their traits are told in (da: sammenligningsgrupper)."""

    traits: TraitScheme
    group: Mapping[str, PeerGroup] = field(hash=False)

    def of(self, ledger: Ledger) -> tuple[PeerGroup, ...]:
        """The groups for estates, or those for organisations, in the order of the content."""
        return tuple(group for group in self.group.values() if ledger in group.of)

    def query(self, group_id: str, own: UnitTraits, listed: Iterable[Unit] | None = None) -> PeerQuery:
        """Who the peers of a unit are in a group.

        ``NotFoundError`` for a group that is not there; ``InvalidValueError`` for one that is not for such units, and
        unless units are listed exactly where the group is of an own list.
        """
        group = self._find(group_id)
        if own.ledger not in group.of:
            raise _not_for(group, own)
        named = None if listed is None else frozenset(listed)
        if group.own_list is not bool(named):
            raise _list_wanted(group, own)
        return PeerQuery(
            group=group,
            own=own.unit,
            ledger=own.ledger,
            criteria=tuple(
                Criterion(trait=trait, name=self.traits.names[trait.value], values=own.of(trait))
                for trait in group.same
            ),
            listed=named | {own.unit} if named else None,
        )

    def _find(self, group_id: str) -> PeerGroup:
        if group_id not in self.group:
            known = ", ".join(self.group)
            raise NotFoundError(
                Text(f"Sammenligningsgruppen {group_id} findes ikke.", f"There is no peer group {group_id}."),
                Text(f"Kendte grupper: {known}.", f"Known groups: {known}."),
                group=group_id,
            )
        return self.group[group_id]


def complaints_of_group(group: PeerGroup) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """What is wrong in a group: where, and why."""
    if not group.of:
        yield ("of",), Text("her skal stå mindst et", "at least one is wanted here")
    for index, trait in enumerate(group.same):
        if trait in group.same[:index]:
            yield ("same", index), Text("står her to gange", "is here twice")
        if not BORNE_BY[trait] >= set(group.of):
            yield ("same", index), Text("ikke alle gruppens enheder har det træk", "not all units of the group have it")


def _not_for(group: PeerGroup, own: UnitTraits) -> InvalidValueError:
    return refusal(
        Text("Gruppen {value} er ikke for {unit}.", "The group {value} is not for {unit}."),
        Text(
            "Afdelinger og organisationer har hver deres grupper.",
            "Estates and organisations have groups of their own.",
        ),
        group.id,
        unit=str(own.unit),
    )


def _list_wanted(group: PeerGroup, own: UnitTraits) -> InvalidValueError:
    return refusal(
        Text("Gruppen {value} og listen passer ikke sammen.", "The group {value} and the list do not fit."),
        Text(
            "Giv enheder til en gruppe med egen liste, og kun til den.",
            "Give units to a group of an own list, and to no other.",
        ),
        group.id,
        unit=str(own.unit),
    )
