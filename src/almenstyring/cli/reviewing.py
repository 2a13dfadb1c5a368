"""Commands of the review: comment on single answers, return the report, settle what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

import almenstyring as al
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    in_year,
    language,
    on_day,
    on_store,
    print_json,
    print_table,
)
from almenstyring.content import label
from almenstyring.domain.reporting.changes import ANNUAL_REPORT, WHOLES
from almenstyring.domain.text import Text

_of_organisation = click.argument("number", metavar="NR")


@click.command()
@_of_organisation
@click.argument("question", metavar="SPØRGSMÅL")
@click.argument("text", metavar="TEKST")
@in_year
@click.option("--estate", metavar="N", help="Svaret i denne afdelings rapport. / The answer of this estate's report.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def comment(  # noqa: PLR0913 - one parameter per option
    settings: Settings, number: str, question: str, text: str, year: int, estate: str | None, place: Place, form: str
) -> None:
    """Kommentér et svar i en sendt rapport; organisationen ser kommentaren, når rapporten returneres.

    Comment on an answer of a report that was sent; the organisation sees it when the report is returned.
    SPØRGSMÅL/question is its id, as almenstyring standard lists them, or the id of an agreement in the report.
    """
    with place.open(settings, "municipality") as workspace:
        unit = None if estate is None else estate_in(number, estate)
        review = workspace.comment(number, al.ReportYear(year), question, text, estate=unit)
    entry = review.entries[-1]
    if form == "json":
        print_json(_as_json(entry, None))
        return
    said = Text(
        "Kommentar {id} er skrevet. Send den med almenstyring return {number} --year {year} --reason …",
        "Comment {id} is written. Send it with almenstyring return {number} --year {year} --reason …",
    )
    click.echo(said.fill(id=entry.comment.id, number=number, year=year)[language()])


@click.command()
@_of_organisation
@in_year
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def comments(settings: Settings, number: str, year: int, place: Place, form: str) -> None:
    """Kommentarer til en rapport med tilstand og svar, og hvad der er næste skridt; kladder ser kun kommunen.

    Comments on a report with their states and replies, and the next step; drafts are the municipality's own.
    """
    chosen = al.ReportYear(year)
    with place.open(settings, "party") as workspace:
        review = workspace.review_of(number, chosen)
        package = next(iter(workspace.packages(year=chosen, organisation=number)), None)
        step = _next_step(workspace, review, package)
    replies = {each.comment: each for each in package.replies} if package else {}
    if form == "json":
        found = [_as_json(entry, replies.get(entry.comment.id)) for entry in review.entries]
        print_json({"comments": found, "next_step": step and both(step)})
        return
    rows = [_cells(entry, replies.get(entry.comment.id)) for entry in review.entries]
    title = Text(f"Kommentarer til {number}, styringsår {year}", f"Comments on {number}, report year {year}")
    print_table(_TITLES, rows, title=title, nothing=Text("Der er ingen kommentarer.", "There are no comments."))
    if step:
        click.echo(Text("Næste skridt: {step}", "Next step: {step}").fill(step=step)[language()])


def _next_step(workspace: al.Workspace, review: al.Review, package: al.DocumentationPackage | None) -> Text | None:
    """What the comments ask of the actor; where they ask for nothing, its step in the organisation's year."""
    role = workspace.actor.role
    if role is al.Role.ORGANISATION and package is not None:
        return workspace.next_step(package)
    for state, step in _OF_COMMENTS.items() if role is al.Role.MUNICIPALITY else ():
        if waiting := review.in_state(state):
            return step.fill(ids=", ".join(each.id for each in waiting))
    lines = workspace.overview([review.report_year]).lines
    return next((line.next_step(role) for line in lines if line.organisation == review.organisation), None)


_OF_COMMENTS = {
    al.CommentState.DRAFT: Text(
        "Returnér rapporten med {ids}, eller træk dem tilbage.", "Return the report with {ids}, or withdraw them."
    ),
    al.CommentState.ANSWERED: Text(
        "Afslut {ids}, eller returnér rapporten med dem igen.", "Settle {ids}, or return the report with them again."
    ),
}


_TITLES = (
    Text("Id", "Id"),
    Text("Sted", "Place"),
    Text("Kommentar", "Comment"),
    Text("Tilstand", "State"),
    Text("Dag", "Day"),
    Text("Svar", "Reply"),
    Text("Svaret", "Replied on"),
)


def _cells(entry: al.CommentEntry, reply: al.CommentReply | None) -> Sequence[object]:
    made = entry.comment
    where = f"{made.location.unit} {made.location.item}"
    replied = (reply.text, reply.on) if reply else (None, None)
    return (made.id, where, made.text, label(entry.state), made.on, *replied)


def _as_json(entry: al.CommentEntry, reply: al.CommentReply | None) -> dict[str, object]:
    made = entry.comment
    return {
        "id": made.id,
        "unit": made.location.unit,
        "part": made.location.part,
        "item": made.location.item,
        "text": made.text,
        "state": entry.state.value,
        "on": made.on.isoformat(),
        "by": made.by,
        "reply": reply and {"text": reply.text, "on": reply.on.isoformat(), "by": reply.by},
    }


@click.command("return")
@_of_organisation
@in_year
@click.option("--reason", required=True, metavar="TEKST", help="Hvorfor den returneres. / Why it is returned.")
@click.option("--again", multiple=True, metavar="ID", help="Spørg om en besvaret kommentar igen. / Ask once more.")
@click.option(
    "--open",
    "opened",
    multiple=True,
    metavar="STED",
    help="Åbn også dette: SPØRGSMÅL, AFDELING:SPØRGSMÅL eller en del som accounts. / Open this place too.",
)
@on_day
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def return_(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    number: str,
    year: int,
    reason: str,
    again: tuple[str, ...],
    opened: tuple[str, ...],
    on: date | None,
    place: Place,
    form: str,
) -> None:
    """Returnér en rapport med en begrundelse og de kommentarer, der ikke er sendt; den kan så rettes og sendes igen.

    Return a report with a reason and the comments not sent yet; it can then be changed and sent again. With comments
    only the answers commented are open, and what --open names; without any everything is.
    """
    chosen = al.ReportYear(year)
    with place.open(settings, "municipality") as workspace:
        places = [_place(number, given) for given in opened]
        package = workspace.return_package(number, chosen, reason=reason, on=on, again=again, opened=places)
    given = package.returns[-1]
    ids = [each.id for each in given.comments]
    if form == "json":
        places_as_json = [{"unit": each.unit, "part": each.part, "item": each.item} for each in given.opened]
        print_json({"on": given.on.isoformat(), "reason": given.reason, "comments": ids, "opened": places_as_json})
        return
    said = Text(
        "Rapporten er returneret {day}. Kommentarer: {ids}.", "The report was returned on {day}. Comments: {ids}."
    )
    none = Text("ingen, så alt er åbent", "none, so everything is open")
    click.echo(said.fill(day=given.on, ids=", ".join(ids) or none)[language()])


@click.command()
@_of_organisation
@click.argument("comment_id", metavar="KOMMENTAR")
@in_year
@click.option("--withdraw", is_flag=True, help="Træk kommentaren tilbage i stedet. / Withdraw the comment instead.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def settle(  # noqa: PLR0913 - one parameter per option
    settings: Settings, number: str, comment_id: str, year: int, withdraw: bool, place: Place, form: str
) -> None:
    """Afslut en besvaret kommentar, eller træk en kommentar tilbage.

    Settle a comment that was answered, or withdraw a comment.
    """
    with place.open(settings, "municipality") as workspace:
        move = workspace.withdraw_comment if withdraw else workspace.settle_comment
        entry = move(number, al.ReportYear(year), comment_id).entry(comment_id)
    if form == "json":
        print_json(_as_json(entry, None))
        return
    said = Text("Kommentar {id}: {state}.", "Comment {id}: {state}.")
    click.echo(said.fill(id=entry.comment.id, state=label(entry.state))[language()])


def estate_in(number: str, estate: str) -> str:
    """An estate's whole number; on the command line its own is enough."""
    return estate if "-" in estate else f"{number}-{estate}"


def _place(number: str, given: str) -> al.Location | str | tuple[str, str]:
    """The place that ``--open`` names, as the use case takes it: a whole part, a question, or an estate's question."""
    if given in (*WHOLES, ANNUAL_REPORT):
        return al.Location(part=given, unit=str(al.LbfNumber(number)))
    estate, _, question = given.rpartition(":")
    return (estate_in(number, estate), question) if estate else question


COMMANDS = (comment, comments, return_, settle)
