"""Commands that need no store: calendar, new, standard, plugins, term."""

from __future__ import annotations

from datetime import date

import click

import almenstyring as al
from almenstyring.cli.common import Settings, both, in_format, in_language, language, print_json, print_table
from almenstyring.cli.days import DAY
from almenstyring.content import find_term, label
from almenstyring.domain.text import Text

_KINDS = [kind.value for kind in al.OrganisationKind if kind.takes_part_in_dialogue]


@click.command()
@click.argument("start", type=DAY)
@click.argument("end", type=DAY)
@in_format("text", "json")
@in_language
def calendar(start: date, end: date, form: str) -> None:
    """Regnskabsårets datoer: hvilket styringsår, hvornår pakken åbner, hvornår regnskabet skal sendes.

    The dates of an accounting period: report year, opening of the package, due dates of the accounts (DB § 74).
    """
    period = al.AccountingPeriod(start, end)
    opening = period.opens
    dates: dict[str, int | date | None] = {
        "accounting_year": period.accounting_year,
        "report_year": None if period.report_year is None else int(period.report_year),
        "package_opens": opening.day,
        "accounts_due_lbf": period.accounts_due_lbf,
        "accounts_final_lbf": period.accounts_final_lbf,
        "accounts_due_municipality": period.accounts_due_municipality,
    }
    if form == "json":
        print_json({key: value.isoformat() if isinstance(value, date) else value for key, value in dates.items()})
        return
    unknown = Text("ukendt", "unknown")
    rows = [(_CALENDAR_ROWS[key], value if value is not None else unknown) for key, value in dates.items()]
    print_table(
        [Text("Hvad", "What"), Text("Dato", "Date")], [*rows, (Text("Om åbningen", "On the opening"), opening.note)]
    )


_CALENDAR_ROWS = {
    "accounting_year": Text("Regnskabsår", "Accounting year"),
    "report_year": Text("Styringsår", "Report year"),
    "package_opens": Text("Pakken åbner", "Package opens"),
    "accounts_due_lbf": Text(
        "Regnskab til LBF, foreløbigt (5 mdr., DB § 74, stk. 4)", "Accounts to LBF, preliminary (5 months)"
    ),
    "accounts_final_lbf": Text("Rettelser hos LBF (+1 md., DB § 74, stk. 4)", "Corrections at LBF (+1 month)"),
    "accounts_due_municipality": Text(
        "Regnskab til kommunen (6 mdr., DB § 74, stk. 1)", "Accounts to the municipality (6 months)"
    ),
}


@click.command()
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@click.option("--kind", type=click.Choice(_KINDS), default=_KINDS[0], show_default=True, help="Art. / Kind.")
@click.option("--organisation", default="T001", show_default=True, metavar="NR", help="LBF-nr. / LBF number.")
@click.pass_obj
def new(settings: Settings, year: int, kind: str, organisation: str) -> None:
    """Udskriv en tom, gyldig pakke som JSON at begynde med.

    Print an empty valid package as JSON to start from.
    """
    report_year = al.ReportYear(year)
    standard = settings.registry.standard_pack(report_year).load(report_year)
    package = al.empty_package(organisation, report_year, standard=standard, kind=al.OrganisationKind(kind))
    click.echo(al.encode(package, indent=2))


@click.command()
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@in_format("text", "json")
@in_language
@click.pass_obj
def standard(settings: Settings, year: int, form: str) -> None:
    """Vis årets standard: afsnit, spørgsmål, lovhenvisning, og hvor meget der er officielt.

    Show the year's standard: sections, questions, paragraphs, and how much of it is official.
    """
    report_year = al.ReportYear(year)
    found = settings.registry.standard_pack(report_year).load(report_year)
    shares = found.shares()
    if form == "json":
        print_json({"shares": {c.value: n for c, n in shares.items()}, **_plain(found)})
        return
    questions = [(s.name, q.code, q.id, q.text, q.law, label(q.certainty)) for s in found.sections for q in s.questions]
    titles = (
        Text("Afsnit", "Section"),
        Text("Kode", "Code"),
        Text("Id", "Id"),
        Text("Spørgsmål", "Question"),
        Text("Lov", "Law"),
        Text("Sikkerhed", "Certainty"),
    )
    print_table(titles, questions, title=found.name)
    print_table(
        (Text("Sikkerhed", "Certainty"), Text("Spørgsmål", "Questions"), Text("Andel", "Share")),
        [(label(c), n, _share(n, sum(shares.values()))) for c, n in shares.items()],
    )
    for gap in found.gaps:
        click.echo(f"- {gap[language()]}")


def _share(part: int, whole: int) -> str:
    share = al.Ratio.share(part, whole)
    return "" if share is None else share.display(language())


def _plain(found: al.Standard) -> dict[str, object]:
    return {
        "standard": found.identity,
        "content_version": found.content_version,
        "certainty": found.certainty.value,
        "gaps": [both(gap) for gap in found.gaps],
        "questions": [
            {
                "id": q.id,
                "definition": q.definition,
                "section": s.id,
                "level": q.level.value,
                "type": q.type.value,
                "text": both(q.text),
                "law": str(q.law),
                "certainty": q.certainty.value,
            }
            for s in found.sections
            for q in s.questions
        ],
    }


@click.command()
@in_format("text", "json")
@in_language
@click.pass_obj
def plugins(settings: Settings, form: str) -> None:
    """Vis, hvilke udvidelser der er installeret, hvorfra, hvad de tilbyder, og hvad der fejlede og hvorfor.

    Show which plug-ins are installed, from where, what they offer, what failed and why.
    """
    registry = settings.registry
    if form == "json":
        print_json(
            {
                "plugins": [{"name": p.name, "origin": p.origin, "offers": list(p.offers)} for p in registry.plugins],
                "faults": [{"plugin": f.plugin, "origin": f.origin, "what": both(f.what)} for f in registry.faults],
            }
        )
        return
    print_table(
        (Text("Udvidelse", "Plug-in"), Text("Fra", "From"), Text("Tilbyder", "Offers")),
        [(p.name, p.origin, ", ".join(p.offers)) for p in registry.plugins],
    )
    if registry.faults:
        print_table(
            (Text("Fejlede", "Failed"), Text("Fra", "From"), Text("Hvorfor", "Why")),
            [(f.plugin, f.origin, f.what) for f in registry.faults],
        )


@click.command()
@click.argument("word")
@in_format("text", "json")
@in_language
def term(word: str, form: str) -> int:
    """Slå et fagord op: dansk ↔ engelsk ↔ klasse i koden.

    Look a term up: Danish ↔ English ↔ class in the code.
    """
    found = find_term(word)
    if form == "json":
        print_json([{"da": t.da, "en": t.en, "class": t.class_name, "source": t.source} for t in found])
    elif found:
        print_table(
            (Text("Dansk", "Danish"), Text("Engelsk", "English"), Text("Klasse", "Class"), Text("Bemærkning", "Note")),
            [(t.da, t.en, t.class_name, t.note) for t in found],
        )
    else:
        click.echo(
            Text(f"Ordet '{word}' er ikke i ordlisten.", f"'{word}' is not in the glossary.")[language()], err=True
        )
    return 0 if found else 1


COMMANDS = (calendar, new, standard, plugins, term)
