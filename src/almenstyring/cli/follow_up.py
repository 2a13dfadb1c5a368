"""Steps on agreements and supervisory actions that are kept: what became of them, and who was told."""

from __future__ import annotations

from datetime import date

import click

import almenstyring as al
from almenstyring.cli.agreements import agreement_as_json
from almenstyring.cli.common import Place, Settings, in_format, in_language, language, on_day, on_store, print_json
from almenstyring.cli.days import DAY
from almenstyring.cli.supervision import action_as_json
from almenstyring.content import label
from almenstyring.domain.text import Text

_BY_STORE = "cli"  # the use cases write who really acted
_NOTE = click.option("--note", required=True, metavar="TEKST", help="Hvad der skete. / What happened.")


@click.group("follow-up")
def follow_up() -> None:
    """Følg en aftale eller et tilsynsskridt op; historien bliver stående.

    Follow an agreement or a supervisory action up; its history stays.
    """


@follow_up.command()
@click.argument("agreement_id", metavar="ID")
@click.option(
    "--status",
    required=True,
    type=click.Choice([status.value for status in al.AgreementStatus if status is not al.AgreementStatus.OPEN]),
    help="Hvordan den står nu. / How it stands now.",
)
@_NOTE
@on_day
@click.option("--text", default="", metavar="TEKST", help="Den nye ordlyd af en ændret. / A changed one's new wording.")
@click.option("--until", type=DAY, help="Ny sidste dag. / New last day.")
@click.option("--review-due", type=DAY, help="Næste revision. / Next review.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def agreement(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    agreement_id: str,
    status: str,
    note: str,
    on: date | None,
    text: str,
    until: date | None,
    review_due: date | None,
    place: Place,
    form: str,
) -> None:
    """En aftale er opfyldt, videreført, ændret eller bortfaldet.

    An agreement is fulfilled, continued, changed or ended. A changed one needs --text; only a changed or continued one
    gets a new last day or review.
    """
    with place.open(settings, "municipality") as workspace:
        step = al.AgreementStep(
            on=on or workspace.today,
            status=al.AgreementStatus(status),
            note=note,
            by=_BY_STORE,
            text=text,
            until=until,
            review_due=review_due,
        )
        followed, today = workspace.follow_up_agreement(agreement_id, step), workspace.today
        next_step = workspace.agreement_step(followed)
    if form == "json":
        print_json(agreement_as_json(followed, followed.is_overdue_on(today), next_step))
        return
    _say(Text("Aftale {id}: {status}.", "Agreement {id}: {status}."), id=followed.id, status=label(followed.status))


@follow_up.command()
@click.argument("action_id", metavar="ID")
@click.option(
    "--status",
    required=True,
    type=click.Choice([status.value for status in al.SupervisoryStatus]),
    help="Hvordan det står nu. / How it stands now.",
)
@_NOTE
@on_day
@click.option("--due", type=DAY, help="Ny frist. / New last day.")
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def supervision(  # noqa: PLR0913 - one parameter per option
    settings: Settings,
    action_id: str,
    status: str,
    note: str,
    on: date | None,
    due: date | None,
    place: Place,
    form: str,
) -> None:
    """Et tilsynsskridt er efterkommet, ikke efterkommet, trukket tilbage, eller har fået en ny frist.

    A supervisory action was complied with, ignored or withdrawn, or has a new last day.
    """
    with place.open(settings, "municipality") as workspace:
        step = al.SupervisoryStep(
            on=on or workspace.today, status=al.SupervisoryStatus(status), note=note, by=_BY_STORE, due=due
        )
        followed = workspace.follow_up_supervision(action_id, step)
        _show_action(workspace, followed, form)


@click.command("inform-home")
@click.argument("action_id", metavar="ID")
@on_day
@on_store
@in_format("text", "json")
@in_language
@click.pass_obj
def inform_home(settings: Settings, action_id: str, on: date | None, place: Place, form: str) -> None:
    """Notér, at hjemstedskommunen er orienteret om et tilsynsskridt (DB § 118, stk. 1); den kan læse det fra nu af.

    Note that the home municipality was informed of a supervisory action; from now on it reads it.
    """
    with place.open(settings, "municipality") as workspace:
        _show_action(workspace, workspace.inform_home_municipality(action_id, on), form)


def _show_action(workspace: al.Workspace, action: al.SupervisoryAction, form: str) -> None:
    step = workspace.supervision_step(action)
    if form == "json":
        print_json(action_as_json(action, step, action.is_overdue_on(workspace.today)))
        return
    said = Text("Tilsynsskridt {id}: {status}. {step}", "Supervisory action {id}: {status}. {step}")
    _say(said, id=action.id, status=label(action.status), step=step)


def _say(sentence: Text, **values: object) -> None:
    click.echo(sentence.fill(**values)[language()])


COMMANDS = (follow_up, inform_home)
