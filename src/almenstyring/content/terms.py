"""The words of the library in Danish and English, and the labels of its closed lists."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import field, frozen

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import structure
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.text import Text


@frozen(kw_only=True)
class Term:
    """One word (da: ord): Danish, English, the class that carries it, and other words for the same."""

    key: str
    da: str
    en: str
    class_name: str = ""
    also: tuple[str, ...] = ()
    note: Text | None = None
    source: str
    certainty: Certainty

    @property
    def text(self) -> Text:
        """The word in both languages."""
        return Text(self.da, self.en)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word by which the term is found, lower case, with æ, ø and å as they are."""
        return tuple(word.casefold() for word in (self.da, self.en, self.key, self.class_name, *self.also) if word)


@frozen(kw_only=True)
class Terms:
    """The whole list of words; ``enum`` holds the labels of the members of each closed list."""

    term: Mapping[str, Term] = field(hash=False)
    enum: Mapping[str, Mapping[str, Text]] = field(hash=False)

    def find(self, word: str) -> tuple[Term, ...]:
        """The terms with exactly this word, or else those with a word that contains it; none for a blank."""
        sought = " ".join(word.casefold().split())
        exact = tuple(term for term in self.term.values() if sought in term.words)
        if exact or not sought:
            return exact
        return tuple(term for term in self.term.values() if any(sought in known for known in term.words))

    def label(self, member: Enum) -> Text:
        """What a member of a closed list is called; NotFoundError if it has no label."""
        name = type(member).__name__
        try:
            return self.enum[name][member.name.lower()]
        except KeyError:
            raise NotFoundError(
                Text("{name} har ingen betegnelse.", "{name} has no label.").fill(name=f"{name}.{member.name}"),
                Text("Skriv den i terms.toml under [enum.{name}].", "Write it in terms.toml under [enum.{name}].").fill(
                    name=name
                ),
                member=f"{name}.{member.name}",
            ) from None


@cache
def load_terms() -> Terms:
    """The library's own list of words; read once."""
    return terms_from(files("almenstyring.content") / "terms.toml")


def terms_from(source: Traversable | Path) -> Terms:
    """A list of words from a file of the same form; ContentError with every fault."""
    return structure(read_toml(source), Terms)


def find_term(word: str) -> tuple[Term, ...]:
    """Look a word up, Danish, English or the name of a class, in any case.

    >>> [(term.da, term.en, term.class_name) for term in find_term("Afdeling")]
    [('afdeling', 'estate', 'Estate')]
    >>> [term.da for term in find_term("DocumentationPackage")]
    ['dokumentationspakke']
    """
    return load_terms().find(word)


def label(member: Enum) -> Text:
    """What a member of one of the library's closed lists is called.

    >>> label(Certainty.OFFICIAL)["da"]
    'officiel'
    """
    return load_terms().label(member)
