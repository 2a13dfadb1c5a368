"""The chapters of a readable report about key figures: the critical ones, every unit's, and the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from almenstyring.application.figure_rows import FigureRow, colour_of, critical_rows, figure_rows
from almenstyring.application.picturing import distribution_of, figures_kept, named, trend_of
from almenstyring.builtin.readable_parts import Chapter, Drawing, Grid
from almenstyring.builtin.strips import sparkline_svg, strip_svg
from almenstyring.content import label
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.figures.efficiency_method import COMPUTED_LABEL
from almenstyring.domain.figures.quantiles import QuantileMethod
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.reporting.explanations import explanation_of
from almenstyring.domain.text import Language, Text
from almenstyring.ports import DrawnPicture

_OWN_LIMITS = Text(
    "Et nøgletal er kritisk uden for en grænse i lov eller kilde, eller når det er blandt den dårligste tiendedel af "
    "de sammenlignelige. Landsbyggefondens egne grænser er ikke offentlige; disse er projektets. "
    "Der findes ingen facitliste: organisationens forklaring hører til tallet.",
    "A key figure is critical beyond a limit of law or source, or when it is among the worst tenth of its peers. "
    "Landsbyggefonden's own limits are not public; these are the project's. "
    "Nobody has published what a good figure is: the organisation's explanation belongs to the figure.",
)
_METHOD = Text(
    "Sammenlignet med den første gruppe, der er stor nok; fraktiler: {method}. Intet navngives eller rangordnes.",
    "Compared with the first group that is large enough; quantiles: {method}. Nobody is named or ranked.",
)


def figure_chapters(
    package: DocumentationPackage, language: Language, pictures: Iterable[DrawnPicture] = ()
) -> Iterator[Chapter]:
    """The critical figures of all units, those of the organisation, and the pictures that were drawn."""
    if package.figures:
        yield _critical(package, language)
        yield from unit_chapters(package, package.organisation, language, level=2, pictures=pictures)


def _critical(package: DocumentationPackage, language: Language) -> Chapter:
    rows = tuple(
        (
            named(package, row.unit),
            row.definition.name[language],
            row.brief[language],
            _median(row, language),
            row.critical[language],
            explanation_of(package, row.unit),
        )
        for row in critical_rows(package)
    )
    heads = (
        _("Enhed", "Unit", language),
        _("Nøgletal", "Key figure", language),
        _("Værdi", "Value", language),
        _("Median", "Median", language),
        _("Hvorfor kritisk", "Why critical", language),
        _("Organisationens forklaring", "The organisation's explanation", language),
    )
    none = _("Ingen nøgletal er kritiske.", "No key figure is critical.", language)
    return Chapter(
        id=f"{_id(package)}-critical",
        title=_("Kritiske nøgletal", "Critical key figures", language),
        law="DB § 112, stk. 5, nr. 2",
        paragraphs=(_OWN_LIMITS[language], *(() if rows else (none,))),
        grids=(Grid(heads=heads, figures=(2, 3), rows=rows),) if rows else (),
    )


def unit_chapters(
    package: DocumentationPackage,
    unit: Unit,
    language: Language,
    *,
    level: int,
    pictures: Iterable[DrawnPicture] = (),
) -> Iterator[Chapter]:
    """The key figures of one unit by subject, its efficiency score, and its pictures."""
    rows = [row for row in figure_rows(package, unit) if row.kept.value is not None]
    if not rows:
        return
    subjects: dict[str, list[FigureRow]] = {}
    for row in rows:
        subjects.setdefault(row.definition.group, []).append(row)
    yield Chapter(
        id=f"{_id(package)}-figures-{unit}",
        title=_("Nøgletal", "Key figures", language),
        law="DB § 112, stk. 5, nr. 2",
        level=level,
        paragraphs=(
            _METHOD.fill(method=label(QuantileMethod.LINEAR))[language],
            *_score(package, unit, language),
        ),
        grids=tuple(_grid(package, group, tuple(of_group), language) for group, of_group in subjects.items()),
        drawings=tuple(
            Drawing(svg=drawn.svg.decode(), words=drawn.picture.description[language])
            for drawn in pictures
            if drawn.unit == unit
        ),
    )


def _score(package: DocumentationPackage, unit: Unit, language: Language) -> Iterator[str]:
    computed = figures_kept(package, unit).efficiency
    if computed is None:
        return
    what = COMPUTED_LABEL[language]
    if computed.score is None:
        why = label(computed.no_score)[language] if computed.no_score else ""
        said = Text("Effektivitetstal ({what}): intet, {why}.", "Efficiency score ({what}): none, {why}.")
        yield said.fill(what=what, why=why)[language]
        return
    best = Text(", bedste praksis {unit}", ", best practice {unit}").fill(unit=computed.best_practice)[language]
    said = Text(
        "Effektivitetstal ({what}): {score}, {colour}, {peers} sammenlignelige{best}.",
        "Efficiency score ({what}): {score}, {colour}, {peers} peers{best}.",
    )
    best = best if computed.best_practice else ""
    colour, score = colour_of(computed.score)[language], computed.score.display(language)
    yield said.fill(what=what, score=score, colour=colour, peers=computed.peers, best=best)[language]


def _grid(package: DocumentationPackage, group: str, rows: tuple[FigureRow, ...], language: Language) -> Grid:
    heads = (
        _("Nøgletal", "Key figure", language),
        _("Værdi", "Value", language),
        _("Median", "Median", language),
        _("Placering", "Place", language),
        _("Fem år", "Five years", language),
        _("Beregnet efter", "Computed by", language),
    )
    return Grid(
        caption=load_key_figures().groups[group][language],
        heads=heads,
        figures=(1, 2),
        rows=tuple(_cells(package, row, language) for row in rows),
    )


def _cells(package: DocumentationPackage, row: FigureRow, language: Language) -> tuple[str | Drawing, ...]:
    of_unit = figures_kept(package, row.unit)
    place: str | Drawing = ""
    if row.place:
        words = row.place.band.sentence[language]
        place = Drawing(svg=strip_svg(distribution_of(package, of_unit, row.definition), language), words=words)
    trend = trend_of(package, of_unit, row.definition)
    known = [str(point.year) for point in trend.points if point.value is not None]
    years = Drawing(svg=sparkline_svg(trend, language), words=f"{known[0]}-{known[-1]}")
    return (
        row.definition.name[language],
        row.brief[language],
        _median(row, language),
        place,
        years,
        row.definition.identity,
    )


def _median(row: FigureRow, language: Language) -> str:
    spread = row.benchmark.distribution if row.benchmark else None
    if spread is None or spread.quantiles is None:
        return ""
    return f"{spread.quantiles.median.display(language)} (n = {spread.n})"


def _(da: str, en: str, language: Language) -> str:
    return Text(da, en)[language]


def _id(package: DocumentationPackage) -> str:
    return f"p{package.organisation}-{package.report_year}"
