"""The command that computes efficiency scores from a plain table; it needs no store."""

from __future__ import annotations

from collections.abc import Sequence

import click

import almenstyring as al
from almenstyring.application.efficiency_table import read_cost_table
from almenstyring.cli.common import both, in_format, in_language, language, print_json, print_table, read_input
from almenstyring.domain.errors import Fault
from almenstyring.domain.figures.efficiency import EfficiencyScore, efficiency_scores
from almenstyring.domain.figures.efficiency_costs import HomeCosts
from almenstyring.domain.figures.efficiency_method import (
    COMPUTED_LABEL,
    MINIMUM_PEERS,
    EfficiencyMethod,
    EfficiencyVariant,
    OutlierRule,
)
from almenstyring.domain.text import Text


@click.command()
@click.argument("table", metavar="TABEL.csv", type=click.Path(allow_dash=True))
@click.option(
    "--variant",
    type=click.Choice([variant.value for variant in EfficiencyVariant]),
    default=EfficiencyVariant.PUBLISHED.value,
    show_default=True,
    help="Bedste praksis: den billigste i alt, eller FDH. / Best practice: the cheapest in total, or FDH.",
)
@click.option(
    "--minimum-peers",
    type=click.IntRange(min=0),
    default=MINIMUM_PEERS,
    show_default=True,
    metavar="N",
    help="Færre sammenlignelige giver intet tal. / Fewer comparable units give no score.",
)
@click.option(
    "--keep-outliers",
    is_flag=True,
    help="Sammenlign også med de yderligt billige og dyre. / Compare with the extremely cheap and dear too.",
)
@in_format("text", "json")
@in_language
def efficiency(table: str, variant: str, minimum_peers: int, keep_outliers: bool, form: str) -> None:
    """Effektivitetstal for enhederne i en tabel: unit,group, og en kolonne pr. udgiftskonto i kr. pr. bolig.

    Efficiency scores of the units in a table: unit,group, and a column per cost account in kroner per home; "-" reads
    standard input. Comparable are the units of a group. Outliers, by the project's own rule, are those whose total
    lies more than 1½ interquartile ranges outside the group's quartiles. The scores are not the official ones.
    """
    method = EfficiencyMethod(
        variant=EfficiencyVariant(variant),
        minimum_peers=minimum_peers,
        outliers=None if keep_outliers else OutlierRule(),
    )
    scores = efficiency_scores(_read(table), method)
    if form == "json":
        print_json([_as_json(score) for score in scores])
        return
    print_table(_TITLES, [_as_cells(score) for score in scores], title=_TITLE)
    for note in _notes(scores, method):
        click.echo(note[language()])


def _read(table: str) -> tuple[HomeCosts, ...]:
    try:
        content = read_input(table)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Text("Tabellen kan ikke læses:", "The table cannot be read:")
        hint = Text("Kontrollér filens navn og mappe.", "Check the name and the folder of the file.")
        raise al.DecodeError(message, [Fault("", Text(reason, reason), table)], hint) from None
    return read_cost_table(content, file=table)


def _as_json(score: EfficiencyScore) -> dict[str, object]:
    row: dict[str, object] = {
        "unit": score.unit.unit,
        "group": score.unit.group,
        "peers": score.peers,
        "score": score.score and str(score.score),
        "potential": score.potential and str(score.potential),
        "best_practice": score.best_practice and score.best_practice.unit,
        "outlier": score.is_outlier,
        "label": both(COMPUTED_LABEL),
    }
    if score.no_score and score.why:
        row["reason"] = {"code": score.no_score.value, **both(score.why)}
    return row


_TITLE = Text("Effektivitetstal", "Efficiency scores")
_TITLES = (
    Text("Enhed", "Unit"),
    Text("Gruppe", "Group"),
    Text("Sammenlignelige", "Peers"),
    Text("Effektivitetstal", "Score"),
    Text("Potentiale", "Potential"),
    Text("Bedste praksis", "Best practice"),
    Text("Bemærkning", "Note"),
)


def _as_cells(score: EfficiencyScore) -> Sequence[object]:
    lang = language()
    return (
        score.unit.unit,
        score.unit.group,
        score.peers,
        score.score and score.score.display(lang),
        score.potential and score.potential.display(lang),
        score.best_practice and score.best_practice.unit,
        score.why or (_OUTLIER if score.is_outlier else None),
    )


_OUTLIER = Text("Yderlig: ingen sammenlignes med den.", "Outlier: nobody is compared with it.")


def _notes(scores: Sequence[EfficiencyScore], method: EfficiencyMethod) -> tuple[Text, ...]:
    """What must be told with the table: what the scores are, and by which rules they were computed."""
    chosen = {
        EfficiencyVariant.PUBLISHED: Text(
            "den billigste i alt af dem, der er billigere i alt og ikke dyrere på nogen konto",
            "the cheapest in total of those cheaper in total and not dearer on any account",
        ),
        EfficiencyVariant.FDH: Text(
            "den af de samme, der giver det laveste tal (variant FDH)", "the one of these with the lowest score (FDH)"
        ),
    }
    outliers = sum(score.is_outlier for score in scores)
    return (
        Text(f"Tallene er {COMPUTED_LABEL.da}.", f"The scores are {COMPUTED_LABEL.en}."),
        Text("Bedste praksis er {which}.", "Best practice is {which}.").fill(which=chosen[method.variant]),
        Text("Yderlige er holdt med.", "Outliers are kept.")
        if method.outliers is None
        else Text(
            f"Yderlige, holdt ude efter projektets egen regel: {outliers}.",
            f"Outliers, left out by the project's own rule: {outliers}.",
        ),
    )


COMMANDS = (efficiency,)
