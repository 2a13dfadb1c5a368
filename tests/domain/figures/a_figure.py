"""An invented key figure, reckoned or explained among others that are as invented."""

from __future__ import annotations

from typing import Any

from almenstyring.content import load_references
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.figures.chart import Ledger
from almenstyring.domain.figures.explaining import Explanation, explain
from almenstyring.domain.figures.key_figures import KeyFigure, KeyFigures, ReportedFact, Weighting
from almenstyring.domain.figures.reckoning import Basis, Reckoning
from almenstyring.domain.text import Text

CHART = load_references().chart
NAME = Text("Prøve", "Trial")


def figure(formula: str, **changes: Any) -> KeyFigure:
    """The figure "trial" of an estate, in kroner with two decimals unless something else is said."""
    made: dict[str, Any] = {
        "id": "trial",
        "name": NAME,
        "of": Ledger.ESTATE,
        "group": "size",
        "unit": "kr",
        "decimals": 2,
        "formula": formula,
        "weighting": Weighting.EQUAL,
        "source": "prøve",
        "certainty": Certainty.PROJECT_AUTHORED,
    }
    return KeyFigure(**(made | changes))


def catalogue(*figures: KeyFigure) -> KeyFigures:
    """The figures with one reported fact and one rate that have names."""
    moved = ReportedFact(name="moved", text=Text("Flyttede", "Moved"), unit="home")
    rates = {"disposition_fund_yearly": Text("Bidrag", "Contribution")}
    return KeyFigures(groups={"size": NAME}, reported={"moved": moved}, figure=figures, rates=rates)


def explained(basis: Basis, *figures: KeyFigure, **named: Any) -> Explanation:
    """The first of the figures, explained."""
    return explain(Reckoning(catalogue(*figures), basis), figures[0].id, CHART, **named)
