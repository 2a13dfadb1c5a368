"""A store with a computed year, and the way to run the commands around key figures on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import almenstyring as al
from almenstyring.testing.builders import clean_package

if TYPE_CHECKING:
    from .conftest import Cli, Ran

YEAR, ESTATE = al.ReportYear(2026), "T001-T0101"
Figures: TypeAlias = "Callable[..., Ran]"


@contextmanager
def a_store(folder: Path) -> Iterator[tuple[al.Workspace, str]]:
    """A computed year in which T001 sent its package and T006 opened one."""
    address = f"sqlite:{folder / 'dialog.db'}"
    actor, now = al.Actor("drift", role="operator"), [datetime(2026, 8, 3, 9, tzinfo=UTC)]
    with al.connect(address, actor=actor, clock=lambda: now[-1], test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        workspace.compute_figures(YEAR)
        workspace.open_package("T006", YEAR)
        now.append(datetime(2026, 7, 8, 9, tzinfo=UTC))
        send(workspace)
        now.pop()
        yield workspace, address


def send(operator: al.Workspace) -> None:
    """T001 answers as in the clean package, confirms the rest and sends, a week late."""
    office = operator.acting_as(al.Actor("kontor", role="organisation", organisation="T001"))
    package = office.open_package("T001", YEAR)
    for question, answer in clean_package().report.answers.items():
        value = answer.value if package.report[question].is_missing else None
        package = package.answer(question, value, comment=answer.comment)
    for finding in office.check(package).in_the_way:
        if finding.severity is al.Severity.CONFIRM:
            package = package.confirm(finding, reason="Gennemgået.", on=date(2026, 6, 29))
    office.submit(office.save(package))


def runner(cli: Cli, address: str) -> Figures:
    """Runs a subcommand on the store: ``figures("show", "T001", as_="en json")``."""

    def call(*words: str | Path, as_: str = "da text", year: int | str = 2026, who: tuple[str, ...] = ()) -> Ran:
        language, form = as_.split()
        place = () if words[0] == "list" else ("--store", address, *(who or ("--test-mode",)))
        shape = () if words[0] == "picture" else ("--format", form)
        return cli("figures", *words, "--year", str(year), *place, *shape, "--lang", language)

    return call


def flat(ran: Ran) -> str:
    assert (ran.code, ran.err) == (0, "")
    return " ".join(ran.out.split())
