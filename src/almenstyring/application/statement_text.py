"""A statement on a page: the text that is kept, or a proposal from the records, by a template that can be replaced."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from almenstyring.application.printable import printable
from almenstyring.application.statement_view import StatementPage, statement_page
from almenstyring.domain.agreements import FollowUp
from almenstyring.domain.errors import InvalidValueError, PluginError
from almenstyring.domain.text import Language, Text
from almenstyring.rules.statements import StatementRecord

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

Form = Literal["markdown", "html"]
FORMS: tuple[Form, ...] = get_args(Form)

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


def statement_text(  # noqa: PLR0913 - what is told, and in which dress
    record: StatementRecord,
    form: Form = "markdown",
    *,
    language: Language = "da",
    follow_ups: Iterable[FollowUp] = (),
    template: str | None = None,
    proposal: bool = False,
) -> str:
    """The statement's own text under its heading facts, as Markdown or as one HTML page; or a proposal for a text.

    A ``proposal`` is made from the records, and says on the page that it is one. ``template`` is the text of a Jinja
    template to use instead of the library's; it is given ``page`` (see ``StatementPage``), ``language`` and ``words``,
    and cannot reach anything else. InvalidValueError for a template with a fault, with its line where it is known, and
    for an unknown form; PluginError without jinja2 and markdown-it-py.
    """
    if form not in FORMS:
        raise InvalidValueError(
            Text(f"Der er ingen form {form}.", f"There is no form {form}."),
            Text(f"Vælg {' eller '.join(FORMS)}.", f"Choose {' or '.join(FORMS)}."),
            value=form,
        )
    environment = _environment(form)
    text = "" if proposal else _laid_out(record.statement.text, form)
    page = statement_page(record, language, follow_ups, text=text, proposal=proposal)
    told = _told(page, language)
    if template is None:
        made = environment.get_template("statement.html" if form == "html" else "statement.md").render(told)
    else:
        from almenstyring.application.own_template import render

        made = render(template, told, escaped=form == "html", finalize=printable if form == "html" else _in_markdown)
    return f"{made.strip()}\n"


def proposed_text(record: StatementRecord, *, language: Language = "da", follow_ups: Iterable[FollowUp] = ()) -> str:
    """A text for a draft, made from the records, in Markdown; the heading and the notices are put above it later."""
    told = _told(statement_page(record, language, follow_ups, proposal=True), language)
    return f"{_environment('markdown').get_template('statement_parts.md').render(told).strip()}\n"


def _told(page: StatementPage, language: Language) -> dict[str, object]:
    return {"page": page, "language": language, "words": {name: word[language] for name, word in WORDS.items()}}


def _laid_out(text: str, form: Form) -> str:
    """The kept text as it is, or its Markdown as HTML; HTML in it stays text, and pictures are not fetched."""
    from markupsafe import Markup

    shown = str(printable(text)).strip()
    if form == "markdown":
        return Markup(shown)  # nosec B704 - Markdown, and the municipality's own words
    from markdown_it import MarkdownIt

    return Markup(
        MarkdownIt("commonmark", {"html": False, "breaks": True, "xhtmlOut": False}).disable("image").render(shown)
    )  # nosec B704


@cache
def _environment(form: Form) -> SandboxedEnvironment:
    try:
        import markdown_it  # noqa: F401
        from jinja2 import PackageLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError as error:
        raise PluginError(
            Text(
                "Redegørelsens tekst kræver jinja2 og markdown-it-py.",
                "The text of a statement needs jinja2 and markdown-it-py.",
            ),
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
    """What others wrote may be Markdown but no HTML of its own; the kept text is laid out already."""
    shown = printable(value)
    return shown.replace("<", "&lt;") if isinstance(shown, str) and not hasattr(shown, "__html__") else shown


def _quoted(text: str) -> str:
    """A text of several lines as a quotation in Markdown, so that its headings are not the page's."""
    return "\n".join(f"> {line}".rstrip() for line in str(printable(text)).strip().split("\n"))


def _one_line(text: str) -> str:
    """A text in one line, as an item of a list."""
    return " ".join(str(text).split())
