"""A statement's text by a template: the library's own, or one that a municipality brings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from almenstyring.application.printable import printable
from almenstyring.application.statement_view import statement_page
from almenstyring.domain.agreements import FollowUp
from almenstyring.domain.errors import InvalidValueError, PluginError
from almenstyring.domain.text import Language, Text
from almenstyring.rules.statements import StatementRecord

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

Form = Literal["markdown", "html"]
FORMS: tuple[Form, ...] = get_args(Form)

LONGEST_TEMPLATE = 200_000
"""Characters of a template from outside."""

WORDS = {
    "status": Text("Status", "Status"),
    "published": Text("Offentliggjort", "Published"),
    "filing": Text("Det centrale systems kvittering", "Receipt of the central system"),
    "no_filing": Text("Ingen kvittering registreret", "No receipt recorded"),
    "meeting": Text("Dialogmøde", "Dialogue meeting"),
    "no_meeting": Text("Intet møde registreret", "No meeting recorded"),
    "organisations": Text("Boligorganisationens vurdering", "The organisation's assessment"),
    "municipalitys": Text("Kommunens vurdering", "The municipality's assessment"),
    "not_told": Text("Ikke angivet.", "Not given."),
    "area": Text("Boligområde", "Housing area"),
    "agreements": Text("Aftaler indgået", "Agreements concluded"),
    "no_agreements": Text("Der er ikke indgået aftaler.", "No agreements were made."),
    "earlier": Text("Opfølgning på tidligere aftaler", "Follow-up on earlier agreements"),
    "responsible": Text("ansvarlig", "responsible"),
    "valid": Text("gælder", "valid"),
    "review": Text("revideres senest", "to be reviewed by"),
    "concluded": Text("indgået", "concluded"),
    "told": Text("Organisationen", "The organisation"),
}


def statement_text(
    record: StatementRecord,
    form: Form = "markdown",
    *,
    language: Language = "da",
    follow_ups: Iterable[FollowUp] = (),
    template: str | None = None,
) -> str:
    """The statement as Markdown or as one HTML page, made from its records.

    ``template`` is the text of a Jinja template to use instead of the library's; it is given ``page`` (see
    ``StatementPage``), ``language`` and ``words``, and cannot reach anything else. InvalidValueError for a template
    with a fault, with its line where it is known, and for an unknown form; PluginError without jinja2.
    """
    if form not in FORMS:
        raise InvalidValueError(
            Text(f"Der er ingen form {form}.", f"There is no form {form}."),
            Text(f"Vælg {' eller '.join(FORMS)}.", f"Choose {' or '.join(FORMS)}."),
            value=form,
        )
    told: dict[str, object] = {
        "page": statement_page(record, language, follow_ups),
        "language": language,
        "words": {name: word[language] for name, word in WORDS.items()},
    }
    text = _own(form, told) if template is None else _theirs(form, template, told)
    return f"{text.strip()}\n"


def _own(form: Form, told: dict[str, object]) -> str:
    name = "statement.html" if form == "html" else "statement.md"
    return _environment(form).get_template(name).render(told)


def _theirs(form: Form, template: str, told: dict[str, object]) -> str:
    from jinja2 import TemplateError

    if len(template) > LONGEST_TEMPLATE:
        raise _faulty(Text("Den er for lang.", "It is too long."), len(template))
    environment = _environment(form).overlay(loader=None)
    try:
        return environment.from_string(template).render(told)
    except (TemplateError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = Text(f"Linje {line}: ", f"Line {line}: ") if line else Text("", "")
        raise _faulty(Text(f"{where.da}{error}", f"{where.en}{error}"), line) from error


def _faulty(why: Text, value: object) -> InvalidValueError:
    return InvalidValueError(
        Text("Skabelonen kan ikke bruges. {why}", "The template cannot be used. {why}").fill(why=why),
        Text("Se felterne i vejledningen om redegørelsen.", "See the fields in the guide to the statement."),
        value=value,
    )


@cache
def _environment(form: Form) -> SandboxedEnvironment:
    try:
        from jinja2 import PackageLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError as error:
        raise PluginError(
            Text("Redegørelsens tekst kræver jinja2.", "The text of a statement needs jinja2."),
            Text(
                "Installer det med: pip install 'almenstyring[cli]'", "Install it with: pip install 'almenstyring[cli]'"
            ),
            package="jinja2",
        ) from error
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("almenstyring.application"),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable if form == "html" else _in_markdown,
    )
    environment.filters["quoted"] = _quoted
    environment.filters["one_line"] = _one_line
    return environment


def _in_markdown(value: object) -> object:
    """What others wrote may be Markdown but no HTML of its own."""
    shown = printable(value)
    return shown.replace("<", "&lt;") if isinstance(shown, str) else shown


def _quoted(text: str) -> str:
    """A text of several lines as a quotation in Markdown, so that its headings are not the page's."""
    return "\n".join(f"> {line}".rstrip() for line in str(printable(text)).strip().split("\n"))


def _one_line(text: str) -> str:
    """A text in one line, as an item of a list."""
    return " ".join(str(text).split())
