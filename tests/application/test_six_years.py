"""Six report years are kept, found again, and rendered exactly as they were sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import almenstyring as al
from almenstyring.builtin.readable import render_html, render_text
from almenstyring.content import load_standard
from almenstyring.plugins import Registry, StandardPack, StoreDescriptor, hookimpl

YEARS = [al.ReportYear(year) for year in range(2021, 2027)]
OFFICE = al.Actor("kontor-1", role="organisation", organisation="T001")
LASTING = [store for store in Registry.discover().stores() if store.name != "memory"]
"""Every installed store that keeps something between two openings."""


class OlderYears:
    """A plug-in that brings the years 2021-2024, worded by a function, as a vendor's archive would."""

    def __init__(self, worded: Callable[[str], str]) -> None:
        self.worded = worded

    def _load(self, year: al.ReportYear) -> al.Standard:
        model = load_standard(al.ReportYear(2025))
        sections = tuple(
            evolve(
                section,
                questions=tuple(
                    evolve(q, text=al.Text(self.worded(f"{q.text.da} ({year})"), self.worded(f"{q.text.en} ({year})")))
                    for q in section.questions
                ),
            )
            for section in model.sections
        )
        return evolve(model, report_year=year, sections=sections)

    @hookimpl
    def almenstyring_standards(self) -> Iterator[StandardPack]:
        yield StandardPack(
            name="older-years",
            years=tuple(YEARS[:4]),
            load=self._load,
            description=al.Text("Ældre år", "Older years"),
        )


def registry_with(worded: Callable[[str], str]) -> Registry:
    registry = Registry.discover()
    registry.register(OlderYears(worded), "older-years")
    return registry


@pytest.mark.parametrize("store", LASTING, ids=lambda store: store.name)
def test_six_report_years_are_retrieved_and_rendered_as_sent(store: StoreDescriptor, tmp_path: Path) -> None:
    address = f"{store.name}:{tmp_path / 'dialog.db'}"
    as_sent = _send_all(address)

    # Years later: the archive's wording was changed, and so were the rules in use.
    later = registry_with(lambda text: f"OMSKREVET {text}")
    with al.connect(address, actor=OFFICE, registry=later) as workspace:
        assert workspace.standard(YEARS[0]) != workspace.standard_of(workspace.sent_package("T001", YEARS[0]))
        for year in YEARS:
            package = workspace.sent_package("T001", year)
            assert _rendered(workspace, package) == as_sent[year]
            assert "OMSKREVET" not in as_sent[year]
        assert workspace.verify().ok


def _send_all(address: str) -> dict[al.ReportYear, str]:
    operator = al.Actor("drift", role="operator")
    registry = registry_with(lambda text: text)
    rendered = {}
    with al.connect(address, actor=operator, registry=registry, test_mode=True) as workspace:
        workspace.import_register("synthetic:")
        office = workspace.acting_as(OFFICE)
        for year in YEARS:
            package = office.open_package("T001", year).answer("economy.sound_operation", "high_degree")
            for question in office.standard(year):
                if question.comment == "required" and question.level == "organisation":
                    package = package.answer(question.id, comment=f"Forklaring for {year}.")
            for finding in office.check(package).in_the_way:
                if finding.severity is al.Severity.CONFIRM:
                    package = package.confirm(finding, reason="Gennemgået.", on=date(int(year), 6, 1))
            office.submit(office.save(package))
            rendered[year] = _rendered(office, office.sent_package("T001", year))
    return rendered


def _rendered(workspace: al.Workspace, package: al.DocumentationPackage) -> str:
    """The page, which has all that is in the text, and of the first and the last year the text too."""
    standard, on = workspace.standard_of(package), date(2026, 6, 1)
    page = render_html(package, standard, "da", on)
    return page + render_text(package, standard, "en", on) if package.report_year in (YEARS[0], YEARS[-1]) else page
