"""Reading charts of accounts: the library's own, and a plug-in's."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from almenstyring.content.reader import read_toml
from almenstyring.content.structure import Checks, structure
from almenstyring.domain.figures.chart import ChartOfAccounts
from almenstyring.domain.figures.chart_faults import faults_of

_CHECKS = Checks(refers={"group": "groups"}, complaints={ChartOfAccounts: faults_of})


def chart_from(file: Traversable | Path) -> ChartOfAccounts:
    """The chart in a file of the same form as the library's own ``chart_of_accounts.toml``.

    Raises ContentError with every fault and its line: a formula that cannot be read, names an account the chart does
    not have, or runs in a circle with others; an ident or identity of accounts that are not there.
    """
    return structure(read_toml(file), ChartOfAccounts, _CHECKS)
