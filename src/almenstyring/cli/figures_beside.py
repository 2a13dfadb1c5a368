"""The commands that set a unit beside others: its peers, its twins, and pictures of it."""

from __future__ import annotations

from collections.abc import Iterable

import click

import almenstyring as al
from almenstyring.cli.common import Place, Settings, both, in_format, language, print_json, print_table
from almenstyring.cli.figures import as_benchmark, as_number, figures, of_figure, of_unit, on_figures, package_of
from almenstyring.content import label
from almenstyring.content.peer_groups import load_peer_groups
from almenstyring.domain.figures.picture_parts import Spread
from almenstyring.domain.figures.twins import MEASURE
from almenstyring.domain.text import Text


@on_figures(
    of_unit,
    of_figure,
    click.option(
        "--group",
        default="country",
        show_default=True,
        type=click.Choice(list(load_peer_groups().group)),
        help="Hvem der sammenlignes med. / Who it is compared with.",
    ),
    click.option(
        "--with",
        "listed",
        multiple=True,
        metavar="ENHED",
        help="En enhed på egen liste; gentag. / A unit of an own list; repeat.",
    ),
    in_format("text", "json"),
)
def compare(  # noqa: PLR0913 - what a comparison asks
    settings: Settings, unit: str, figure: str, group: str, listed: tuple[str, ...], year: int, place: Place, form: str
) -> None:
    """Sammenlign et nøgletal med en gruppe: spredning og placering, aldrig en rangliste.

    Compare a key figure with a group: its spread and the unit's place in it, never a ranking list.
    """
    with place.open(settings) as workspace:
        found = workspace.compare(unit, figure, al.ReportYear(year), group=group, listed=listed or None)
    if form == "json":
        print_json(
            {
                "unit": unit,
                "figure": found.figure.id,
                "value": as_number(found.value),
                "percentile": None if found.place is None else str(found.place.percentile),
                "place": None if found.place is None else found.place.band.value,
                "benchmark": as_benchmark(found.benchmark),
                "why_nobody": both(found.why_nobody) if found.why_nobody else None,
            }
        )
        return
    for line in _comparison(found):
        click.echo(line[language()])


def _comparison(found: al.Comparison) -> Iterable[Text]:
    spread, measure = found.benchmark.distribution, found.figure.measure.name
    name = found.figure.name
    value = found.value
    shown = Text(value.display("da"), value.display("en")) if value is not None else Text("mangler", "missing")
    yield Text("{unit}: {name} {value} {measure}", "{unit}: {name} {value} {measure}").fill(
        unit=found.unit, name=name, value=shown, measure=measure
    )
    yield Text("Gruppe: {group} (n = {n})", "Group: {group} (n = {n})").fill(group=found.benchmark.group, n=spread.n)
    if found.why_nobody or spread.suppressed:
        yield found.why_nobody or spread.suppressed or Text("", "")
        return
    assert spread.quantiles is not None
    for part, called in zip(("p10", "q1", "median", "q3", "p90"), Spread.NAMES, strict=True):
        number = getattr(spread.quantiles, part)
        yield Text(f"{called.da:<18}{number.display('da')}", f"{called.en:<18}{number.display('en')}")
    if spread.mean is not None:
        weighting = label(spread.weighting)
        yield Text(
            f"Gennemsnit {spread.mean.display('da')} ({weighting.da})",
            f"Mean {spread.mean.display('en')} ({weighting.en})",
        )
    if found.place:
        ratio, band = found.place.percentile, found.place.band.sentence
        percentile = al.Number(ratio.count, ratio.decimals)
        yield Text(
            f"Percentil {percentile.display('da')}. {band.da}", f"Percentile {percentile.display('en')}. {band.en}"
        )


@on_figures(
    of_unit,
    click.option("--count", type=int, default=5, show_default=True, help="Hvor mange, 1-20. / How many, 1-20."),
    click.option(
        "--basis",
        type=click.Choice([basis.value for basis in al.TwinBasis]),
        help="Kun stamdata eller kun beboernes forhold. / Only master data, or only the residents' conditions.",
    ),
    in_format("text", "json"),
)
def twins(  # noqa: PLR0913 - what twins are found by
    settings: Settings, unit: str, count: int, basis: str | None, year: int, place: Place, form: str
) -> None:
    """Find de enheder, der ligner mest, og sig hvorfor.

    Find the units that are most alike, and say why.
    """
    with place.open(settings) as workspace:
        found = workspace.twins(unit, al.ReportYear(year), count=count, basis=basis)
    if form == "json":
        print_json(
            [
                {
                    "unit": str(twin.unit),
                    "distance": str(twin.distance),
                    "reasons": [both(reason.sentence) for reason in twin.reasons],
                }
                for twin in found.twins
            ]
        )
        return
    rows = [
        (twin.unit, twin.distance.display(language()), "\n".join(each.sentence[language()] for each in twin.reasons))
        for twin in found.twins
    ]
    titles = (Text("Tvilling", "Twin"), Text("Afstand", "Distance"), Text("Hvorfor", "Why"))
    print_table(titles, rows, title=Text("Tvillinger til {unit}", "Twins of {unit}").fill(unit=unit))
    for note in (found.why_nobody, MEASURE):
        if note:
            click.echo(note[language()])


@on_figures(
    of_unit,
    of_figure,
    click.argument("target", metavar="FIL", type=click.Path(dir_okay=False)),
    click.option(
        "--kind",
        type=click.Choice([kind.value for kind in al.PictureKind]),
        default=al.PictureKind.DISTRIBUTION.value,
        show_default=True,
        help="Hvad billedet viser. / What the picture shows.",
    ),
)
def picture(  # noqa: PLR0913 - what a picture is of
    settings: Settings, unit: str, figure: str, target: str, kind: str, year: int, place: Place
) -> None:
    """Tegn et nøgletal til en fil; endelsen vælger formatet (.svg, .png).

    Draw a key figure to a file; the suffix chooses the format.
    """
    with place.open(settings) as workspace:
        package = package_of(workspace, unit, year)
        drawn = al.picture_of(package, figure, unit, kind=kind)
        path = workspace.draw(drawn, target, language=language())
    click.echo(Text("Tegnet til {path}.", "Drawn to {path}.").fill(path=path)[language()])


COMMANDS = (figures,)
