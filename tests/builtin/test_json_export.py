"""The JSON export keeps the kit's contract and comes back as the packages it was made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from attrs import evolve

from almenstyring.builtin.json_export import as_json, read_packages, write_json
from almenstyring.codec import encode
from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import DecodeError
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.text import Text
from almenstyring.plugins import ExporterDescriptor
from almenstyring.ports import ExportRequest
from almenstyring.testing.builders import clean_package
from almenstyring.testing.exporter_contract import NASTY_TEXTS, ExporterContract, an_export


class TestTheContract(ExporterContract):
    writes_tables: ClassVar[bool] = False

    @pytest.fixture
    def descriptor(self) -> ExporterDescriptor:
        return ExporterDescriptor(
            name="json", suffixes=(".json",), export=write_json, description=Text("JSON", "JSON document")
        )


def an_export_of(packages: tuple[DocumentationPackage, ...]) -> ExportRequest:
    request = an_export()
    return evolve(request, packages=packages, standards=request.standards * len(packages))


@pytest.mark.parametrize("text", [text for name, text in NASTY_TEXTS.items() if "surrogate" not in name])
def test_a_package_comes_back_as_it_was_whatever_it_says(text: str, tmp_path: Path) -> None:
    request = an_export(note=text)
    write_json(request, tmp_path / "pakker.json")
    assert read_packages((tmp_path / "pakker.json").read_bytes()) == request.packages


def test_packages_of_several_years_and_organisations_come_back_in_order() -> None:
    packages = (clean_package(2026, number="T002"), clean_package(2025), clean_package(2026, estates=0))
    assert read_packages(as_json(an_export_of(packages))) == packages


def test_the_head_says_what_the_file_is_in_both_languages() -> None:
    head = json.loads(as_json(an_export()))
    assert (head["format"], head["format_version"], head["synthetic"]) == ("almenstyring/packages", 1, True)
    assert head["title"] == {"da": "Pakker til aflevering", "en": "Packages for delivery"}
    assert head["made_on"] == "2026-06-29"
    assert [notice["da"][:9] for notice in head["notices"]] == ["SYNTETISK", "Kun til i"]
    assert all("SYNTETISK" in notice["en"] for notice in head["notices"][:1])


def test_every_package_stands_on_its_own_line_as_its_own_document() -> None:
    packages = (clean_package(2026), clean_package(2026, number="T002"))
    lines = as_json(an_export_of(packages)).splitlines()
    assert [line.removesuffix(",") for line in lines if '"almenstyring/package"' in line] == list(map(encode, packages))


def test_a_file_with_a_single_package_is_read_as_well() -> None:
    package = clean_package(2026)
    assert read_packages(encode(package, indent=2).encode()) == (package,)


# Answers that are kept though nothing asks for them

AREAS, GOALS, PLAN = "economy.improvement_areas", "economy.efficiency_goals", "estate.action_plan"


def no_goals(number: str) -> DocumentationPackage:
    """A package without areas for improvement and red estates, in which goals are set and two plans made."""
    package = clean_package(2026, number=number).answer(AREAS, "no")
    return package.clear("economy.efficiency_initiatives").clear(PLAN, estate=f"{number}-T0201")


def inactive_in(document: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(document)["inactive"]
    return found


def test_inactive_answers_are_told_for_each_package_in_order_by_unit() -> None:
    active = clean_package(2026, number="T002", estates=0)
    assert inactive_in(as_json(an_export_of((no_goals("T001"), active, no_goals("T003"))))) == [
        {"organisation": "T001", "report_year": 2026, "questions": {"T001": [GOALS], "T001-T0101": [PLAN]}},
        {"organisation": "T002", "report_year": 2026, "questions": {}},
        {"organisation": "T003", "report_year": 2026, "questions": {"T003": [GOALS], "T003-T0101": [PLAN]}},
    ]


def test_what_is_inactive_is_told_by_the_standard_of_the_package() -> None:
    packages = (no_goals("T001"), no_goals("T002"))
    request = evolve(an_export_of(packages), standards=(load_standard(ReportYear(2025)), an_export().standards[0]))
    first, second = inactive_in(as_json(request))
    assert first["questions"] == {}
    assert second["questions"] == {"T002": [GOALS], "T002-T0101": [PLAN]}


def test_inactive_answers_come_back_as_they_were_and_are_active_again_when_asked_for() -> None:
    package = no_goals("T001").answer(GOALS, "To procent.", comment="I maj.")
    document = as_json(an_export_of((package,)))
    assert read_packages(document) == (package,)
    again = read_packages(document)[0].answer(AREAS, "yes")
    assert again.report[GOALS] == package.report[GOALS]
    assert GOALS not in inactive_in(as_json(an_export_of((again,))))[0]["questions"].get("T001", [])


@pytest.mark.parametrize("told", [[], [{"organisation": "T009"}], {}, None])
def test_what_the_head_tells_of_inactive_answers_is_not_read(told: object) -> None:
    request = an_export_of((no_goals("T001"),))
    document = json.loads(as_json(request))
    assert read_packages(json.dumps(document | {"inactive": told})) == request.packages
    del document["inactive"]
    assert read_packages(json.dumps(document)) == request.packages


def test_a_package_itself_says_nothing_of_inactive_answers_and_is_refused_if_it_does() -> None:
    document = json.loads(as_json(an_export_of((no_goals("T001"),))))
    document["packages"][0]["inactive"] = document["inactive"][0]["questions"]
    assert refused(json.dumps(document)) == [("$.packages[0]", "The key 'inactive' is unknown.")]


# Refused


def refused(document: str) -> list[tuple[str, str]]:
    """The places and reasons of a refusal."""
    with pytest.raises(DecodeError) as caught:
        read_packages(document, file="pakker.json")
    assert {fault.file for fault in caught.value.faults} == {"pakker.json"}
    return [(fault.path, fault.message.en) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        pytest.param({"format": "almenstyring/deadline"}, "$.format", id="another format"),
        pytest.param({"format_version": 2}, "$.format_version", id="a later version"),
        pytest.param({"format_version": True}, "$.format_version", id="a version that is no number"),
        pytest.param({"packages": {}}, "$.packages", id="packages that are no list"),
        pytest.param({"packages": [{"format": "x"}]}, "$.packages[0].format", id="an entry that is no package"),
        pytest.param({"packages": [7]}, "$.packages[0].format", id="an entry that is a number"),
    ],
)
def test_what_is_no_export_is_refused_with_its_place(change: dict[str, Any], path: str) -> None:
    document = json.loads(as_json(an_export())) | change
    assert [place for place, _ in refused(json.dumps(document))] == [path]


def test_a_list_is_no_export() -> None:
    assert refused("[]") == [("$.format", "almenstyring/packages is wanted here")]


def test_the_faults_of_all_packages_are_told_at_once_with_their_places() -> None:
    document = json.loads(as_json(an_export()))
    document["packages"] = [{**document["packages"][0], "status": "lost", "report_year": "x"}, {"format": "y"}]
    assert {place for place, _ in refused(json.dumps(document))} == {
        "$.packages[0].status",
        "$.packages[0].report_year",
        "$.packages[1].format",
    }


def test_text_that_is_not_json_is_refused() -> None:
    assert refused('{"format": ')[0][0] == "$"
