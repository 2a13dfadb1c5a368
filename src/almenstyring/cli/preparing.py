"""Commands of the municipality that prepares: the critical review, the preparation sheet, the councillors' briefing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import almenstyring as al
from almenstyring.application.papers import Readable
from almenstyring.builtin.papers import FORMS
from almenstyring.cli.common import Place, Settings, in_format, in_language, in_year, language, on_store
from almenstyring.cli.days import DAY
from almenstyring.cli.faults import WrongUsage
from almenstyring.domain.text import Text

_VERDICTS = ", ".join(al.Verdict)
_FORMS = ("text", *(form for form in FORMS if form != "text"))
_TABLES = click.option(
    "--tables",
    metavar="FIL",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Skriv også tabellerne, fx til .xlsx. / Write the tables too, e.g. to .xlsx.",
)


def _show(workspace: al.Workspace, paper: Readable, form: str, tables: Path | None) -> None:
    click.echo(al.render(paper, form, language()), nl=False)
    if tables is not None:
        workspace.export_paper(paper, tables, language=language())


@click.command()
@click.argument("number", metavar="NR")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@_TABLES
@on_store
@in_format(*_FORMS)
@in_language
@click.pass_obj
def prepare(  # noqa: PLR0913 - one parameter per option
    settings: Settings, number: str, year: int, tables: Path | None, place: Place, form: str
) -> None:
    """Vis kommunens forberedelsesark til dialogmødet med en organisation; også når rapporten mangler.

    Show the municipality's preparation sheet for the dialogue meeting with an organisation; also without a report.
    """
    with place.open(settings, "municipality") as workspace:
        _show(workspace, workspace.preparation(number, al.ReportYear(year)), form, tables)


@click.command()
@click.argument("number", metavar="NR")
@in_year
@click.option("--begin", is_flag=True, help="Begynd gennemgangen af rapporten. / Begin the review of the report.")
@click.option("--take-over", is_flag=True, help="Vurdér som før, hvor grundlaget er det samme. / Judge as before.")
@click.option(
    "--judge",
    "judged",
    multiple=True,
    metavar="PUNKT=VURDERING",
    help=f"Vurdér et punkt: {_VERDICTS}. / Judge an item.",
)
@click.option("--note", default="", metavar="TEKST", help="Bemærkningen til vurderingen. / The note to the verdict.")
@click.option("--conclude", is_flag=True, help="Afslut, når alt er vurderet. / Conclude, when all is judged.")
@_TABLES
@on_store
@in_format(*_FORMS)
@in_language
@click.pass_obj
def review(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    number: str,
    year: int,
    begin: bool,
    take_over: bool,
    judged: tuple[str, ...],
    note: str,
    conclude: bool,
    tables: Path | None,
    place: Place,
    form: str,
) -> None:
    """Vis den kritiske gennemgang af et regnskab: punkter, fingerpeg og vurderinger, og vurdér dem (DB § 116).

    Show the critical review of accounts: items, pointers and verdicts, and judge them (DB § 116). A remark or a
    follow-up needs --note. After a new sending --take-over judges as before what rests on the same.
    """
    verdicts = [_verdict(each) for each in judged]
    if note and len(verdicts) != 1:
        raise WrongUsage(Text("--note hører til én --judge.", "--note goes with one --judge."))
    chosen = al.ReportYear(year)
    with place.open(settings, "municipality") as workspace:
        if begin:
            workspace.review(number, chosen)
        if take_over:
            workspace.take_over_judgements(number, chosen)
        for item, verdict in verdicts:
            workspace.judge(number, chosen, item, verdict, note)
        sheet = workspace.conclude_review(number, chosen) if conclude else workspace.critical_review(number, chosen)
        _show(workspace, sheet, form, tables)


def _verdict(given: str) -> tuple[str, str]:
    item, separator, verdict = given.partition("=")
    if not separator or verdict not in set(al.Verdict):
        raise WrongUsage(
            Text(
                f"--judge {given}: skriv PUNKT=VURDERING; vurderingerne er {_VERDICTS}.",
                f"--judge {given}: write ITEM=VERDICT; the verdicts are {_VERDICTS}.",
            )
        )
    return item, verdict


@click.command()
@click.option("--on", "day", type=DAY, help="På hvilken dag; i dag. / On which day; today.")
@_TABLES
@on_store
@in_format(*_FORMS)
@in_language
@click.pass_obj
def briefing(settings: Settings, day: date | None, tables: Path | None, place: Place, form: str) -> None:
    """Orienter kommunalbestyrelsen om den almene sektor i kommunen (--municipality).

    Brief councillors on the social housing in the municipality (--municipality).
    """
    with place.open(settings, "municipality") as workspace:
        _show(workspace, workspace.briefing(on=day), form, tables)


COMMANDS = (prepare, review, briefing)
