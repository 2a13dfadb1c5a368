"""Ways into the figures that a package holds: one unit's, one figure, a changed one, and the rows shown of them."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from almenstyring.application.figure_rows import FigureRow, figure_rows
from almenstyring.application.key_figures import unit_in
from almenstyring.application.picturing import figures_kept
from almenstyring.application.tables import tables
from almenstyring.content import load_standard
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import DocumentationPackage, KeptFigure, UnitFigures
from almenstyring.domain.values import EstateId
from almenstyring.ports import Table

from .conftest import YEAR

ESTATE = "T001-T0101"
UNIT = EstateId.parse(ESTATE)
Row = dict[str, Any]


def own(package: DocumentationPackage, unit: str | None = ESTATE) -> UnitFigures:
    """All figures of one unit, of the first estate unless another is named."""
    return figures_kept(package, unit_in(package, unit))


def kept(package: DocumentationPackage, figure: str, unit: str | None = ESTATE) -> KeptFigure:
    found = own(package, unit).get(figure)
    assert found is not None
    return found


def with_figures(package: DocumentationPackage, of_unit: UnitFigures) -> DocumentationPackage:
    """The package with other figures of one unit."""
    figures = tuple(of_unit if each.unit == of_unit.unit else each for each in package.figures)
    return evolve(package, figures=figures)


def changed(package: DocumentationPackage, figure: str, **changes: Any) -> DocumentationPackage:
    """The package with one figure of the first estate changed."""
    found = own(package)
    figures = tuple(evolve(each, **changes) if each.figure == figure else each for each in found.figures)
    return with_figures(package, evolve(found, figures=figures))


# As they are shown


def table(name: str, *packages: DocumentationPackage) -> Table:
    [found] = (each for each in tables(packages, [load_standard(YEAR)] * len(packages)) if each.id == name)
    return found


def rows(name: str, *packages: DocumentationPackage) -> list[Row]:
    """The rows of one table as column id to cell."""
    found = table(name, *packages)
    return [dict(zip([column.id for column in found.columns], row, strict=True)) for row in found.rows]


def row(package: DocumentationPackage, figure: str, unit: Unit = UNIT) -> FigureRow:
    return next(each for each in figure_rows(package, unit) if each.definition.id == figure)


def cells(package: DocumentationPackage, figure: str, unit: Unit = UNIT) -> Row:
    name = row(package, figure, unit).definition.name
    return next(r for r in rows("key_figures", package) if (r["unit"], r["figure"]) == (str(unit), name))
