"""Commands about single filings: check files, show a package."""

from __future__ import annotations

from collections.abc import Iterator

import click
from attrs import frozen

import almenstyring as al
from almenstyring.application.checking import installed_rules, installed_standard
from almenstyring.builtin.json_export import read_packages
from almenstyring.builtin.readable import render_html, render_text
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    console,
    in_format,
    in_language,
    language,
    on_store,
    print_json,
    read_input,
)
from almenstyring.cli.faults import system_fault
from almenstyring.content import label, load_references
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.errors import Fault
from almenstyring.domain.text import Text

CHECK_FORMAT_VERSION = 1


@frozen
class Result:
    """What the check of one file gave: a report per package in it, or the faults that made it unreadable."""

    file: str
    reports: tuple[al.CheckReport, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """The file could be read and nothing in it stands in the way of sending."""
        return not self.faults and all(report.ok for report in self.reports)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FIL…", type=click.Path(allow_dash=True))
@in_format("text", "json")
@in_language
@click.pass_obj
def check(settings: Settings, files: tuple[str, ...], form: str) -> int:
    """Kontroller en eller flere pakker i JSON; "-" læser fra standard input.

    Check one or more packages in JSON; "-" reads standard input. Exit 0: nothing in the way of sending. 1: an
    error, or a finding that a person must confirm. 2: a file could not be read.
    """
    results = [_result(settings, file) for file in files]
    if form == "json":
        print_json(
            {
                "format_version": CHECK_FORMAT_VERSION,
                "ok": all(result.ok for result in results),
                "findings": [row for result in results for row in _as_json(result)],
            }
        )
    else:
        for result in results:
            _print(result)
    if any(result.faults for result in results):
        return 2
    return 0 if all(result.ok for result in results) else 1


def _result(settings: Settings, file: str) -> Result:
    try:
        content = read_input(file)
    except OSError as error:
        return Result(file, faults=(Fault("", system_fault(error, named=False)[0], file),))
    try:
        packages = read_packages(content, file=file)
    except al.DecodeError as error:
        return Result(file, faults=error.faults)
    return Result(file, tuple(_checked(settings, package) for package in packages))


def _checked(settings: Settings, package: al.DocumentationPackage) -> al.CheckReport:
    standard = installed_standard(settings.registry, package.report_year)
    context = al.CheckContext(standard=standard, references=load_references(), key_figures=load_key_figures())
    return al.check(package, context, rules=installed_rules(settings.registry))


def _as_json(result: Result) -> Iterator[dict[str, object]]:
    for fault in result.faults:
        yield {
            "code": al.DecodeError.code,
            "severity": al.Severity.ERROR.value,
            "location": {"file": result.file, "path": fault.path, "line": fault.line},
            "message": both(fault.message),
            "hint": both(_MEND),
            "law": None,
            "blocks": True,
        }
    for report in result.reports:
        for finding in report:
            place = finding.location
            yield {
                "code": finding.code,
                "severity": finding.severity.value,
                "location": {"file": result.file, "unit": place.unit, "part": place.part, "item": place.item},
                "message": both(finding.message),
                "hint": both(finding.hint),
                "law": None if finding.law is None else str(finding.law),
                "blocks": report.blocks(finding),
            }


_MEND = Text("Ret filen, og kontroller den igen.", "Mend the file and check it again.")
_NOTHING = Text("Intet er i vejen for at sende.", "Nothing is in the way of sending.")
_SETTLED = Text("bekræftet", "confirmed")


def _print(result: Result) -> None:
    lang, out = language(), console()
    out.print(result.file, style="bold")
    for fault in result.faults:
        place = ":".join(str(part) for part in (fault.file, fault.line) if part is not None)
        out.print(f"  {place} {fault.path}: {fault.message[lang]}", style="red")
    for report in result.reports:
        for finding in report:
            settled = finding.severity is al.Severity.CONFIRM and not report.blocks(finding)
            mark = label(finding.severity)[lang] + (f", {_SETTLED[lang]}" if settled else "")
            law = f" ({finding.law})" if finding.law else ""
            out.print(f"  [{mark}] {finding.code} · {finding.location}", style=_STYLES[finding.severity])
            out.print(f"      {finding.message[lang]}{law}")
            if finding.hint[lang]:
                out.print(f"      → {finding.hint[lang]}")
    if result.ok:
        out.print(f"  {_NOTHING[lang]}", style="green")


_STYLES = {
    al.Severity.ERROR: "red",
    al.Severity.CONFIRM: "yellow",
    al.Severity.WARNING: "cyan",
    al.Severity.NOTE: "dim",
}


@click.command()
@click.argument("number", metavar="NR")
@click.option("--year", required=True, type=int, help="Styringsår. / Report year.")
@click.option("--sending", type=int, help="Fremsendelse nr.; den seneste, hvis intet er valgt. / Which sending.")
@on_store
@in_format("text", "html")
@in_language
@click.pass_obj
def show(  # noqa: PLR0913 - one parameter per option
    settings: Settings, number: str, year: int, sending: int | None, place: Place, form: str
) -> None:
    """Vis en sendt rapport, som den blev sendt, efter sit eget års standard.

    Show a report exactly as it was sent, by its own year's standard.
    """
    with place.open(settings) as workspace:
        package = workspace.sent_package(number, al.ReportYear(year), sending)
        render = render_html if form == "html" else render_text
        click.echo(render(package, workspace.standard_of(package), language(), workspace.today))


COMMANDS = (check, show)
