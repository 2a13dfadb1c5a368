"""A chart of accounts that cannot be used is refused with every fault and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from almenstyring.content import chart_from, load_references
from almenstyring.domain.errors import ContentError

FORMULAS = {
    "124.8": 'account["120":"124"]',
    "137": 'account["125":"136"]',
    "150": 'account["139"] + account["140"]',
}


def refused(file: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        chart_from(file)
    return [f"{fault.line} {fault.path}: {fault.message.en}" for fault in caught.value.faults]


def spoilt(folder: Path, old: str, new: str) -> tuple[Path, int]:
    """The chart with one text replaced, and the line it stood on."""
    file = folder / "chart_of_accounts.toml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), "utf-8")
    return file, text[: text.index(old)].count("\n") + 1


def test_the_library_s_own_file_is_the_chart_of_the_references(content_copy: Path) -> None:
    assert chart_from(content_copy / "chart_of_accounts.toml") == load_references().chart


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        pytest.param('account["120":"124"', "This cannot be read", id="no expression"),
        pytest.param('account["120"] / 2', "A sum adds and subtracts", id="no sum"),
        pytest.param('account["120"] + account["999"]', "the chart does not have 999", id="no such account"),
        pytest.param('account["180":"189"]', "the chart does not have 180:189", id="no account in the range"),
        pytest.param('account["501":"502"]', "the chart does not have 501:502", id="of the other statement"),
        pytest.param('account["120":"138"]', "120:138 runs across the total 137", id="a total in the range"),
        pytest.param('last_year(account["120"])', "only an opening balance", id="last year in a subtotal"),
        pytest.param('account["124.8"]', "need each other: 124.8 → 124.8", id="of itself"),
    ],
)
def test_a_formula_that_cannot_be_used_is_refused_on_its_line(content_copy: Path, formula: str, why: str) -> None:
    file, line = spoilt(content_copy, f"formula = '{FORMULAS['124.8']}'", f"formula = '{formula}'")
    (words,) = refused(file)
    assert words.startswith(f"{line} estate.124.8.formula: ")
    assert why in words


def test_a_circle_is_told_with_its_way_round(content_copy: Path) -> None:
    file, _ = spoilt(content_copy, f"formula = '{FORMULAS['124.8']}'", "formula = 'account[\"150\"]'")
    (words,) = refused(file)
    for number in ("124.8", "124.9", "139", "150"):
        assert number in words


def test_every_fault_of_a_chart_is_told_at_once(content_copy: Path) -> None:
    for number, formula in FORMULAS.items():
        file, _ = spoilt(content_copy, f"formula = '{formula}'", f"formula = 'account[\"{number}0\"]'")
    assert [words.partition(" ")[2] for words in refused(file)] == [
        "estate.124.8.formula: the chart does not have 124.80",
        "estate.137.formula: the chart does not have 1370",
        "estate.150.formula: the chart does not have 1500",
    ]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param('account = "130", item', 'account = "135", item', "ident.5130.025.account: the", id="no account"),
        pytest.param('account = "130", item', 'account = "129", item', "the ident says account 130", id="another"),
        pytest.param('"5130.025" =', '"5130.25" =', "'5130.25' is not an ident", id="no ident"),
        pytest.param("left = 'account[\"310\"]'", "left = 'account[\"311\"]'", "identity.A7.left: the", id="no side"),
        pytest.param(
            "left = 'account[\"310\"]'", "left = 'last_year(account[\"310\"])'", "only an opening", id="last year"
        ),
        pytest.param(
            'right = \'last_year(account["401"])',
            'right = \'last_year(last_year(account["401"]))',
            "only an opening",
            id="two years back",
        ),
        pytest.param("since = 2009", "since = 2009\nuntil = 2008", "ends before it begins", id="no years"),
    ],
)
def test_an_ident_identity_or_year_that_does_not_fit_is_refused_on_its_line(
    content_copy: Path, old: str, new: str, why: str
) -> None:
    file, line = spoilt(content_copy, old, new)
    (words,) = refused(file)
    assert why in words
    assert words.startswith(f"{line + new.count(chr(10))} ")


def test_a_chart_of_one_statement_and_no_idents_is_a_chart(tmp_path: Path) -> None:
    file = tmp_path / "chart.toml"
    file.write_text(
        """
id = "acme:kontoplan"
version = 3
name = { da = "Acmes kontoplan", en = "Acme's chart" }
since = 2024
until = 2026
rounding = "500.00"
source = "acme"
certainty = "project-authored"

[sources]
acme = "Acme: egen kontoplan"

[groups]
costs = { da = "Udgifter", en = "Costs" }

[organisation]

[estate]
101 = { name = { da = "Lån", en = "Loans" }, group = "costs", part = "result", type = "posting", side = "expense", \
source = "acme", certainty = "project-authored" }
""",
        "utf-8",
    )
    chart = chart_from(file)
    assert (chart.version_name, len(chart), str(chart.rounding)) == ("ChartOfAccounts=acme:kontoplan(3)", 1, "500.00")
    assert [chart.holds_in(year) for year in (2023, 2024, 2026, 2027)] == [False, True, True, False]
