"""Writes the reference pages that are read off the code, so that they cannot say anything else.

``conf.py`` calls ``write_pages`` before every build. The pages depend only on the code: the same code gives the
same text on every machine.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import get_type_hints

import attrs
import click

import almenstyring as al
from almenstyring.application.publication_tables import policy_table
from almenstyring.cli.app import cli
from almenstyring.codec import FORMATS
from almenstyring.content import load_questionnaires, load_standard, load_terms, standard_years
from almenstyring.content.publication import load_publication
from almenstyring.domain.access import POLICY, Permission
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import WORKFLOW
from almenstyring.plugins import Registry, Rule, hookspecs
from almenstyring.plugins.descriptors import Descriptor

Lines = Iterator[str]

_HEAD = "<!-- Written by docs/generate.py from the code; do not edit. -->\n"
TABLE = "<!-- table -->"
"""Stands before the table of a page that other pages include from here on."""


def write_pages(folder: Path) -> None:
    """Write every page into the folder; what does not change is not touched, so that a build stays quick."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = dict(_pages())
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        page = folder / name
        if not page.exists() or page.read_text("utf-8") != text:
            page.write_text(text, "utf-8")


def _pages() -> Iterator[tuple[str, str]]:
    makers: dict[str, Callable[[], Lines]] = {
        "rules": _rules,
        "hooks": _hooks,
        "glossary": _glossary,
        "codes": _codes,
        "workflow": _workflow,
        "policy": _policy,
        "publication": _publication,
        "expectations": _expectations,
        "command-line": _command_line,
    }
    for name, make in makers.items():
        yield f"{name}.md", "\n".join([_HEAD, *make(), ""])
    for year in standard_years():
        yield f"standard-{year}.md", "\n".join([_HEAD, *_standard(load_standard(year)), ""])


# --- rules ------------------------------------------------------------------------------------------------------------


def built_in_rules() -> tuple[Rule, ...]:
    """The rules of the library's own pack, by weight and code."""
    packs = Registry.discover(only={"builtin"}).rule_packs()
    order = list(al.Severity)
    return tuple(sorted((r for p in packs for r in p.rules), key=lambda r: (order.index(r.severity), r.code)))


def _rules() -> Lines:
    rules = built_in_rules()
    yield "# Rules"
    yield ""
    yield f"The {len(rules)} rules the library brings. Codes are permanent; `{{name}}` is filled from the case."
    yield ""
    yield from _table(
        ("code", "severity", "law"),
        ((f"[{rule.code}](#{rule.code.lower()})", rule.severity, _plain(str(rule.law))) for rule in rules),
    )
    for rule in rules:
        yield from _one_rule(rule)


def _one_rule(rule: Rule) -> Lines:
    yield f"\n## {rule.code}\n"
    yield _plain(_one_line(rule.requirement)) + "\n"
    years = f"from {rule.since}" + (f" to {rule.until}" if rule.until else "")
    kinds = ", ".join(al.label(kind).en for kind in OrganisationKind if kind in rule.kinds)
    facts = {
        "severity": _named(rule.severity),
        "law": str(rule.law),
        "source": rule.source,
        "applies to": f"{kinds}; report years {years}",
        "needs": ", ".join(sorted(rule.needs)),
        "message (da)": rule.message.da,
        "message (en)": rule.message.en,
        "hint (da)": rule.hint.da,
        "hint (en)": rule.hint.en,
    }
    yield from (f"- {name}: {_plain(fact)}" for name, fact in facts.items() if fact)


# --- the seam ---------------------------------------------------------------------------------------------------------


def hook_names() -> tuple[str, ...]:
    """The hooks of the seam, in the order they are written."""
    return tuple(name for name in vars(hookspecs) if name.startswith(f"{hookspecs.GROUP}_"))


def _hooks() -> Lines:
    yield "# Hooks and descriptors"
    yield ""
    yield f"A plug-in is found in the entry-point group `{hookspecs.GROUP}` and implements some of these hooks."
    for name in hook_names():
        hook = getattr(hookspecs, name)
        signature = str(inspect.signature(hook)).replace("'", "")
        yield f"\n## {name}\n\n```text\n{name}{signature}\n```\n\n{_plain(_doc(hook))}"
    yield "\n## Descriptors\n\nWhat the registration hooks yield. All fields are given by keyword."
    for descriptor in sorted(Descriptor.__args__, key=lambda kind: kind.__name__):
        yield f"\n### {descriptor.__name__}\n\n{_plain(_doc(descriptor))}\n"
        hints = get_type_hints(descriptor)
        rows = ((f"`{a.name}`", f"`{_type_name(hints[a.name])}`", _default(a)) for a in attrs.fields(descriptor))
        yield from _table(("field", "type", "default"), rows)


def _type_name(hint: object) -> str:
    name = hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", name).replace("|", r"\|")  # a bar would end the cell


def _default(field: attrs.Attribute[object]) -> str:
    if field.default is attrs.NOTHING:
        return "required"
    return "empty" if not isinstance(field.default, int) else f"`{field.default}`"


# --- words and codes --------------------------------------------------------------------------------------------------


def _glossary() -> Lines:
    terms = sorted(load_terms().term.values(), key=lambda term: term.da.casefold())
    yield "# Glossary"
    yield ""
    yield "The words of the library. `almenstyring term WORD` looks one up in either language."
    yield ""
    rows = ((term.da, term.en, f"`{term.class_name}`" if term.class_name else "", term.certainty) for term in terms)
    yield from _table(("Danish", "English", "class", "certainty"), rows)


def _codes() -> Lines:
    yield "# Codes, formats and versions"
    yield "\nEvery code is permanent.\n\n## Errors\n"
    errors = sorted(_family(al.AlmenstyringError), key=lambda kind: kind.__name__)
    yield from _table(
        ("code", "class", "again later?", "meaning"),
        ((f"`{e.code}`", f"`{e.__name__}`", "yes" if e.retriable else "no", _plain(_doc(e))) for e in errors),
    )
    yield "\n## Locks\n\nWhy a package cannot be edited or sent now (`Workspace.why_locked`).\n"
    yield from _labels(al.LockCode)
    yield "\n## Severities of findings\n"
    yield from _labels(al.Severity)
    yield "\n## Timeliness\n"
    yield from _labels(al.Timeliness)
    yield "\n## Why an element is owed or not\n"
    yield from _labels(al.Reason)
    yield "\n## Documents\n\nJSON with `format` and `format_version`; every version ever written can be read.\n"
    rows = ((f"`{name}`", version, f"`{kind.__name__}`") for kind, (name, version) in FORMATS.items())
    yield from _table(("format", "version now", "class"), sorted(rows))


def _family(kind: type[al.AlmenstyringError]) -> set[type[al.AlmenstyringError]]:
    children = (child for child in kind.__subclasses__() if child.__module__.partition(".")[0] == al.__name__)
    return {kind}.union(*(_family(child) for child in children))


def _labels(members: type[Enum]) -> Lines:
    rows = ((f"`{member.value}`", al.label(member).da, al.label(member).en) for member in members)
    yield from _table(("code", "Danish", "English"), rows)


# --- workflow and policy ----------------------------------------------------------------------------------------------


def _workflow() -> Lines:
    yield "# The workflow of a package"
    yield ""
    yield "Every step there is; what is not in the table is refused."
    yield ""
    yield TABLE
    yield ""
    rows = ((_named(row.source), _named(row.action), _named(row.target)) for row in WORKFLOW)
    yield from _table(("from", "action", "to"), rows)


def _policy() -> Lines:
    yield "# Who may do what"
    yield ""
    yield "A role has a permission or not; for whom it holds is a matter of the register."
    yield ""
    yield TABLE
    yield ""
    roles = tuple(al.Role)
    rows = (
        (_named(permission), *("yes" if permission in POLICY[role] else "" for role in roles))
        for permission in Permission
    )
    yield from _table(("permission", *(al.label(role).en for role in roles)), rows)


# --- who sees what ----------------------------------------------------------------------------------------------------


_PUBLISHED_ON = date(2026, 1, 1)


def _publication() -> Lines:
    yield "# Who sees what"
    yield ""
    yield f"The publication policies as they are on {_PUBLISHED_ON}. Law, source and certainty are those of the"
    yield "public's column. What is not shown by itself is no secret: access to documents can be asked for. Agreements"
    yield "on administration, articles and criteria of letting that the council alone has set are public too,"
    yield "and are not kept here."
    yield ""
    yield TABLE
    for policy_id in load_publication().policy:
        policy = load_publication()[policy_id]
        found = policy_table(policy, _PUBLISHED_ON)
        yield ""
        yield f"## {policy.name.en}"
        yield ""
        yield f"`{policy.id}`. Source: {_plain(policy.source)}."
        yield ""
        rows = (tuple(_plain(_english(cell)) for cell in row) for row in found.rows)
        yield from _table(tuple(column.title.en for column in found.columns), rows)
        yield ""
        yield from (f"- {_plain(gap.en)}" for gap in policy.gaps)


def _english(cell: object) -> str:
    return cell.en if isinstance(cell, al.Text) else "" if cell is None else str(cell)


# --- who owes what ----------------------------------------------------------------------------------------------------


def _expectations() -> Lines:
    yield "# Who owes what"
    yield ""
    yield "What `almenstyring.expectations` says of one invented organisation of each kind, in report year 2026. It has"
    yield "one housing estate, which lies in another municipality; an administration organisation has none."
    yield ""
    yield TABLE
    for kind in OrganisationKind:
        yield f"\n## {_named(kind)}\n"
        found = al.expectations(_of_kind(kind), al.ReportYear(2026))
        yield from _table(("element", "of", "owed to", "or why not", "law"), map(_expectation, found))


def _of_kind(kind: OrganisationKind) -> al.MasterData:
    number, estate, always = al.LbfNumber("T001"), al.EstateId.parse("T001-T0101"), al.Validity()
    home, elsewhere = al.MunicipalityCode("T01"), al.MunicipalityCode("T02")
    has_estate = kind is not OrganisationKind.ADMINISTRATION_ORGANISATION
    homes = al.Homes(family=40)
    return al.MasterData(
        organisation=al.HousingOrganisation(number=number, name="", kind=kind),
        periods=(al.AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31)),),
        home_municipalities=(al.HomeMunicipality(organisation=number, municipality=home, valid=always),),
        estates=(al.Estate(id=estate, name="", homes=homes, in_operation_from=date(2000, 1, 1)),) if has_estate else (),
        ownerships=(al.Ownership(organisation=number, estate=estate, valid=always),) if has_estate else (),
        locations=(al.EstateLocation(estate=estate, municipality=elsewhere, valid=always),) if has_estate else (),
    )


def _expectation(row: al.Expectation) -> Sequence[object]:
    of = "the estate" if isinstance(row.unit, al.EstateId) else "the organisation"
    receiver, reason = al.label(row.receiver).en, al.label(row.reason).en
    owed_to, not_owed = (receiver, "") if row.owed else ("", reason)
    return (_named(row.element), of, owed_to, not_owed, _plain(str(row.law)))


# --- standards --------------------------------------------------------------------------------------------------------


def _standard(standard: al.Standard) -> Lines:
    yield f"# {standard.name.en}"
    yield f"\n{_plain(standard.name.da)}. `{standard.identity}`, content version {standard.content_version}.\n"
    shares = standard.shares()
    told = (f"{count} {al.label(certainty).en}" for certainty, count in shares.items())
    yield f"Of {sum(shares.values())} questions: {', '.join(told)}.\n"
    yield "What is not known of the official report:\n"
    yield from (f"- {_plain(gap.en)}" for gap in standard.gaps)
    for section in standard.sections:
        yield f"\n## {section.name.en}\n"
        yield f"{_plain(section.name.da)}; {al.label(section.level).en}; {_plain(str(section.law))}\n"
        yield from _table(("id", "question", "answer", "law", "certainty"), map(_question, section.questions))
    yield "\n## Accounts questionnaires\n"
    yield from (f"- {_plain(each.name.en)}: {_plain(each.note.en)}" for each in load_questionnaires())


def _question(question: al.Question) -> Sequence[object]:
    kind = al.label(question.type).en + (f", {question.unit.en}" if question.unit.en else "")
    return (f"`{question.id}`", _plain(question.text.en), _plain(kind), _plain(str(question.law)), question.certainty)


# --- command line -----------------------------------------------------------------------------------------------------


def _command_line() -> Lines:
    yield "# The command line"
    yield ""
    yield "What `--help` says; it comes with `almenstyring[cli]`. [Exit codes and check's JSON](../exit-codes.md)."
    top = click.Context(cli, info_name="almenstyring", terminal_width=100, max_content_width=100)
    yield f"\n```text\n{cli.get_help(top)}\n```"
    yield from _commands(cli, top)


def _commands(group: click.Group, above: click.Context) -> Lines:
    """Every command of a group by name, and below a group of commands its own."""
    for name in sorted(group.commands):
        command = group.commands[name]
        below = click.Context(command, info_name=name, parent=above, terminal_width=100, max_content_width=100)
        yield f"\n## {below.command_path}\n\n```text\n{command.get_help(below)}\n```"
        if isinstance(command, click.Group):
            yield from _commands(command, below)


# --- small change -----------------------------------------------------------------------------------------------------


def _named(member: Enum) -> str:
    name = al.label(member)
    return f"{name.en} (da: {name.da})"


def _doc(thing: object) -> str:
    return _one_line((inspect.getdoc(thing) or "").split("\n\n")[0])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is; what docstrings put between double backticks stays code."""
    code = text.split("``")
    return "".join(
        f"`{part}`" if index % 2 else re.sub(r"([\\*_<>|\[\]$])", r"\\\1", part) for index, part in enumerate(code)
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Lines:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)
