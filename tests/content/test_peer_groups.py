"""The shipped peer groups are whole and say where they come from; a faulty file is refused with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from almenstyring.content import label
from almenstyring.content.peer_groups import load_peer_groups, peer_groups_from
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.peers import PeerGroup
from almenstyring.domain.figures.traits import MEASURED, TraitClass
from almenstyring.domain.organisations import EstateKind, OrganisationKind

GROUPS = load_peer_groups()
Spoilt = Callable[[str, str], ContentError]


@pytest.fixture
def spoilt(content_copy: Path) -> Spoilt:
    """Change the first such text in the file, and return the error it is refused with."""
    file = content_copy / "peer_groups.toml"

    def spoil(old: str, new: str) -> ContentError:
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            peer_groups_from(file)
        return caught.value

    return spoil


def told(error: ContentError) -> list[str]:
    assert all(fault.file == "peer_groups.toml" and fault.line and fault.line > 1 for fault in error.faults)
    return [f"{fault.path}: {fault.message.en}" for fault in error.faults]


def test_the_groups_are_read_once() -> None:
    assert load_peer_groups() is GROUPS


def test_every_breakdown_that_is_wanted_is_there() -> None:
    assert [group.id for group in GROUPS.of(Ledger.ESTATE)] == [
        "country",
        "region",
        "municipality",
        "organisation",
        "home_type",
        "building_type",
        "age",
        "home_size",
        "estate_size",
        "maintenance",
        "region_home_type",
        "municipality_home_type",
        "dialogue",
        "own_list",
    ]
    assert [group.id for group in GROUPS.of(Ledger.ORGANISATION)] == [
        "country",
        "region",
        "municipality",
        "organisation_size",
        "own_list",
    ]


def test_everything_says_where_it_comes_from_and_nothing_passes_for_official() -> None:
    classes = [one for trait in MEASURED for one in GROUPS.traits.classes[trait.value]]
    entries: list[PeerGroup | TraitClass] = [*GROUPS.group.values(), *classes]
    for entry in entries:
        assert entry.source
        assert entry.certainty is not Certainty.OFFICIAL
        assert (entry.certainty is Certainty.PROJECT_AUTHORED) is entry.source.startswith("almenstyring")


@pytest.mark.parametrize("member", [*EstateKind, *OrganisationKind])
def test_a_value_is_called_what_the_terms_call_it(member: EstateKind | OrganisationKind) -> None:
    assert GROUPS.traits.names[member.value] == label(member)


def test_an_unknown_trait_is_refused_with_those_that_exist(spoilt: Spoilt) -> None:
    (fault,) = told(spoilt('same = ["kind", "region"]', 'same = ["kind", "landsdel"]'))
    assert fault.startswith("group.region.same[1]: one of these is wanted here: kind, organisation,")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('below = "61"', 'below = "51"', "traits.classes.home_size[1]: overlaps the class before"),
        ('up_to = "90"', 'below = "60"', "traits.classes.home_size[2]: overlaps the class before"),
        ('below = "1960"\n', "", "traits.classes.age[0]: only the last class has no end"),
        (
            '"2000 and later" }\n',
            '"2000 and later" }\nup_to = "2010"\n',
            "traits.classes.age[3]: only the last class has no end",
        ),
        ('below = "61"', 'below = "61"\nup_to = "60"', "traits.classes.home_size[1]: write below or up_to, not both"),
        (
            "classes.organisation_size",
            "classes.rent",
            "traits.classes.rent: classes are missing, or too many",
        ),
        ("multi_storey =", "multistorey =", "traits.names.multistorey: a name is missing, or too many"),
        ('same = ["kind", "region"]', 'same = ["kind", "kind"]', "group.region.same[1]: is here twice"),
        (
            'same = ["kind", "region"]',
            'same = ["kind", "age"]',
            "group.region.same[1]: not all units of the group have it",
        ),
        ('of = ["estate", "organisation"]', "of = []", "group.country.of: at least one is wanted here"),
        ('name = { da = "hele landet", en = "the whole country" }\n', "", "group.country.name: the key is missing"),
    ],
)
def test_a_faulty_file_is_refused_at_its_place(old: str, new: str, fault: str, spoilt: Spoilt) -> None:
    assert fault in told(spoilt(old, new))


def test_an_overlap_is_told_with_its_line(spoilt: Spoilt) -> None:
    error = spoilt('below = "61"', 'below = "51"')
    (fault,) = error.faults
    lines = [number for number, line in enumerate(_shipped(), 1) if line == "[[traits.classes.home_size]]"]
    assert fault.line == lines[1]


def _shipped() -> list[str]:
    from importlib.resources import files

    return (files("almenstyring.content") / "peer_groups.toml").read_text(encoding="utf-8").split("\n")
