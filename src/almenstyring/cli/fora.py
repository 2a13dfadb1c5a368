"""The command about the fora of the dialogue: the reference models, and what a municipality adopted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import click

import almenstyring as al
from almenstyring.cli.common import (
    Place,
    Settings,
    both,
    in_format,
    in_language,
    language,
    may_name_store,
    print_json,
    print_table,
)
from almenstyring.cli.days import DAY
from almenstyring.cli.faults import WrongUsage
from almenstyring.content import label
from almenstyring.domain.text import Text, joined


@click.command()
@click.option("--adopt", metavar="MODEL", help="Vedtag denne referencemodel. / Adopt this reference model.")
@click.option("--since", type=DAY, help="Fra hvilken dag den gælder. / From which day on it holds.")
@may_name_store
@in_format("text", "json")
@in_language
@click.pass_obj
def fora(settings: Settings, adopt: str | None, since: date | None, place: Place | None, form: str) -> None:
    """Dialogens fora: referencemodellerne, eller med --store dem, kommunen har vedtaget, og siden hvornår.

    The fora of the dialogue: who meets, how often and by which law or decision, in the reference models; or with
    --store and --municipality in those that the municipality has adopted, and since when. A model of one's own is
    adopted with the command record.
    """
    if (adopt is None) is not (since is None):
        raise WrongUsage(Text("--adopt og --since hører sammen.", "--adopt and --since go together."))
    if place is None:
        if adopt:
            raise WrongUsage(Text("Angiv lageret med --store.", "Name the store with --store."))
        _show_models(form)
        return
    with place.open(settings, "party") as workspace:
        if adopt and since:
            workspace.adopt_model(adopt, since=since)
        models = workspace.dialogue_models()
    adopted = [found for town in {each.municipality for each in models.adoptions} for found in models.of(town)]
    if form == "json":
        print_json([_adoption_as_json(adoption, valid) for adoption, valid in adopted])
        return
    for adoption, valid in adopted:
        _show_adoption(adoption, valid)
    if not adopted:
        nothing = Text(
            "Ingen model er vedtaget; lovens årlige møde skyldes alligevel (ABL § 164, stk. 2).",
            "No model was adopted; the yearly meeting of the law is owed all the same (ABL § 164, stk. 2).",
        )
        click.echo(nothing[language()])


def _show_models(form: str) -> None:
    models = al.load_fora().model
    if form == "json":
        print_json({key: _model_as_json(model) for key, model in models.items()})
        return
    for key, model in models.items():
        _show_model(model, Text(f"{key}: {model.name.da} ({model.source})", f"{key}: {model.name.en} ({model.source})"))


def _show_adoption(adoption: al.Adoption, valid: al.Validity) -> None:
    until = Text(f" til {valid.end}", f" until {valid.end}") if valid.end else Text("", "")
    title = Text("{town}: {name}, vedtaget fra {since}{until}", "{town}: {name}, adopted from {since}{until}")
    name = adoption.model.name
    _show_model(
        adoption.model,
        title.fill(town=adoption.municipality, name=name, since=adoption.since, until=until),
        adoption.decision,
    )


def _show_model(model: al.DialogueModel, title: Text, own: al.Decision | None = None) -> None:
    """A table of the fora, and below it what is known of the decision and what is not known."""
    print_table(_FORA_TITLES, [_forum_cells(forum) for forum in model.fora], title=title)
    for line in (*_decided(own or model.decision), *_in_force(model), *_gaps(model)):
        click.echo(f"- {line[language()]}")
    click.echo()


def _decided(decision: al.Decision | None) -> Iterator[Text]:
    if decision is None:
        yield Text("Ingen beslutning er kendt.", "No decision is known.")
        return
    case = Text(f" (sag {decision.case_number})", f" (case {decision.case_number})")
    yield Text("Besluttet {day}{case}", "Decided on {day}{case}").fill(
        day=decision.decided_on, case=case if decision.case_number else ""
    )
    if decision.recommended_by:
        yield Text("Indstillet af {who}", "Recommended by {who}").fill(who=decision.recommended_by)
    for each in decision.endorsements:
        yield Text("Tiltrådt af {who} {day}", "Endorsed by {who} on {day}").fill(who=each.committee, day=each.on)
    for item in decision.items:
        yield Text("Indhold: {item}", "Content: {item}").fill(item=item)


def _in_force(model: al.DialogueModel) -> Iterator[Text]:
    if model.in_force:
        start, end = model.in_force.start or "…", model.in_force.end or "…"
        yield Text(f"Gældende {start} til {end}", f"In force {start} to {end}")
    if any(forum.frequency is al.Frequency.ONCE_PER_TERM for forum in model.fora):
        spans = [term.span for term in al.load_fora().terms]
        listed = [f"{span.start} - {span.end}" for span in spans]
        yield Text(f"Valgperioder: {'; '.join(listed)}", f"Electoral terms: {'; '.join(listed)}")


def _gaps(model: al.DialogueModel) -> Iterator[Text]:
    for gap in model.gaps:
        yield Text("Vides ikke: {gap}", "Not known: {gap}").fill(gap=gap)


_FORA_TITLES = (
    Text("Forum", "Forum"),
    Text("Hvor tit", "How often"),
    Text("Form", "Form"),
    Text("Niveau", "Level"),
    Text("Fra kommunen", "From the municipality"),
    Text("Fra organisationerne", "From the organisations"),
    Text("Hjemmel", "Law"),
)


def _forum_cells(forum: al.Forum) -> Sequence[object]:
    return (
        forum.name,
        label(forum.frequency),
        label(forum.gathering),
        label(forum.level) if forum.level else None,
        joined(forum.municipality, ", "),
        joined(forum.organisations, ", "),
        "; ".join(map(str, forum.law)),
    )


def _model_as_json(model: al.DialogueModel) -> dict[str, object]:
    return {
        "name": both(model.name),
        "source": model.source,
        "certainty": model.certainty.value,
        **_decision_as_json(model.decision),
        "in_force": _in_force_as_json(model.in_force),
        "gaps": [both(gap) for gap in model.gaps],
        "fora": [
            {
                "id": forum.id,
                "name": both(forum.name),
                "frequency": forum.frequency.value,
                "gathering": forum.gathering.value,
                "level": forum.level and forum.level.value,
                "municipality": [both(text) for text in forum.municipality],
                "organisations": [both(text) for text in forum.organisations],
                "law": [str(law) for law in forum.law],
            }
            for forum in model.fora
        ],
    }


def _decision_as_json(decision: al.Decision | None) -> dict[str, object]:
    return {
        "decided_on": decision.decided_on.isoformat() if decision else None,
        "case_number": decision.case_number if decision else "",
        "recommended_by": both(decision.recommended_by) if decision and decision.recommended_by else None,
        "endorsements": [
            {"committee": both(each.committee), "on": each.on.isoformat()}
            for each in (decision.endorsements if decision else ())
        ],
    }


def _in_force_as_json(valid: al.Validity | None) -> dict[str, str | None] | None:
    if valid is None:
        return None
    return {"start": _day(valid.start), "end": _day(valid.end)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _adoption_as_json(adoption: al.Adoption, valid: al.Validity) -> dict[str, object]:
    return {
        "municipality": str(adoption.municipality),
        "since": adoption.since.isoformat(),
        "until": _day(valid.end),
        **_decision_as_json(adoption.decision),
        "id": adoption.model.id,
        "model": _model_as_json(adoption.model),
    }


COMMANDS = (fora,)
