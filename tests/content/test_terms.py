from __future__ import annotations

import importlib
import pkgutil
from enum import Enum
from pathlib import Path

import pytest

from almenstyring import domain
from almenstyring.content import find_term, label, load_terms
from almenstyring.content.terms import Terms, terms_from
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.errors import ContentError, NotFoundError
from almenstyring.domain.findings import Severity
from almenstyring.domain.text import Text

TERMS = load_terms()


def classes_of_the_domain() -> list[type]:
    """Every public class that a module of the domain defines itself."""
    modules = [
        importlib.import_module(module.name) for module in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}.")
    ]
    return [
        thing
        for module in modules
        for name, thing in vars(module).items()
        if isinstance(thing, type) and thing.__module__ == module.__name__ and not name.startswith("_")
    ]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("afdeling", "estate"),
        ("BOLIGAFDELING", "estate"),
        ("Estate", "estate"),
        ("department", "estate"),
        ("årsberetning", "annual_report"),
        ("Øverste Myndighed", "supreme_authority"),
        ("lejemålsenheder", "tenancy_unit"),
        ("DocumentationPackage", "documentation_package"),
        ("home municipality", "home_municipality"),
        ("  home   municipality ", "home_municipality"),
        ("working_capital", "working_capital"),
    ],
)
def test_a_word_is_found_in_either_language_or_by_its_class_in_any_case(word: str, key: str) -> None:
    assert [term.key for term in find_term(word)] == [key]


def test_an_exact_word_comes_alone_and_part_of_a_word_finds_all() -> None:
    assert [term.key for term in find_term("regnskab")] == ["accounts"]
    assert {"accounting_year", "accounting_period", "accounts"} <= {term.key for term in find_term("regnskabs")} | {
        term.key for term in find_term("regnskab")
    }


def test_danish_letters_are_kept_apart_from_their_spellings_without_them() -> None:
    assert find_term("nøgletal")
    assert not find_term("noegletal")


@pytest.mark.parametrize("word", ["", "  ", "xyzzy"])
def test_no_word_finds_nothing(word: str) -> None:
    assert find_term(word) == ()


def test_there_are_more_than_a_hundred_terms_each_with_a_source() -> None:
    assert len(TERMS.term) > 100
    for term in TERMS.term.values():
        assert term.text == Text(term.da, term.en)
        assert term.source
        assert term.certainty in (Certainty.DERIVED, Certainty.PROJECT_AUTHORED)


def test_no_danish_word_stands_for_two_terms() -> None:
    words = [term.da.casefold() for term in TERMS.term.values()]
    assert {word for word in words if words.count(word) > 1} == set()


def classes_offered_to_users() -> list[type]:
    """Every class of this library that a public module offers."""
    modules = [importlib.import_module(f"almenstyring{name}") for name in ("", ".plugins", ".ports", ".testing")]
    offered = [thing for module in modules for name, thing in vars(module).items() if not name.startswith("_")]
    return [thing for thing in offered if isinstance(thing, type) and thing.__module__.startswith("almenstyring")]


def test_every_public_class_has_a_term() -> None:
    named = {term.class_name for term in TERMS.term.values()}
    assert {kind.__name__ for kind in (*classes_of_the_domain(), *classes_offered_to_users())} - named == set()


def test_every_member_of_a_closed_list_of_the_domain_has_a_label_and_no_label_is_left_over() -> None:
    lists = [kind for kind in classes_of_the_domain() if issubclass(kind, Enum)]
    members = {(kind.__name__, member.name.lower()) for kind in lists for member in kind}
    labels = {(name, member) for name, labels in TERMS.enum.items() for member in labels if name != "Need"}
    assert members - labels == set()
    assert labels - members == set()


def test_a_label_is_bilingual() -> None:
    assert label(Severity.CONFIRM) == Text("skal bekræftes", "must be confirmed")


def test_a_list_without_labels_is_told_where_to_write_them() -> None:
    class Colour(Enum):
        RED = 1

    with pytest.raises(NotFoundError, match=r"Colour.RED has no label.*\[enum.Colour\]"):
        label(Colour.RED)


def test_a_list_of_words_is_read_from_any_file_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(
        '[term]\na = { da = "en", en = "one", source = "x", certainty = "derived" }\n'
        '[enum.E]\nb = { da = "to", en = "two" }',
        "utf-8",
    )
    terms = terms_from(path)
    assert isinstance(terms, Terms)
    assert [term.en for term in terms.find("EN")] == ["one"]
    assert terms.enum == {"E": {"b": Text("to", "two")}}


def test_a_faulty_list_of_words_is_refused_with_every_fault(content_copy: Path) -> None:
    path = content_copy / "terms.toml"
    lines = path.read_text("utf-8").split("\n")
    spoilt = {"estate =": ('da = "afdeling"', "da = 1"), "board =": ('source = "abl"', 'source = "lov"')}
    at = {row: next(n for n, line in enumerate(lines) if line.startswith(row)) for row in spoilt}
    for row, (old, new) in spoilt.items():
        lines[at[row]] = lines[at[row]].replace(old, new)
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ContentError) as caught:
        terms_from(path)
    assert [(fault.line, fault.path) for fault in caught.value.faults] == [
        (at["estate ="] + 1, "term.estate.da"),
        (at["board ="] + 1, "term.board.source"),
    ]
