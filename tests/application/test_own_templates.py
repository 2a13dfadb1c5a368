"""A municipality's own template: what it gets, what it may not, and its faults in plain words."""

from __future__ import annotations

import pytest

import almenstyring as al
from almenstyring.application.statement_text import Form, statement_text

from .test_statements import BOTH, meeting, record

OWN = "{% for part in page.parts %}{{ part.name }}: {{ part.organisations_assessment }}{% endfor %} {{ words.area }}"


def test_a_municipality_can_bring_its_own_template_and_html_is_still_escaped() -> None:
    spoilt = record(meetings=(meeting(organisations_assessment="<b>Godt</b>"),))
    assert statement_text(spoilt, "html", template=OWN) == "Opdigtet Bolig T001: &lt;b&gt;Godt&lt;/b&gt; Boligområde\n"
    assert statement_text(spoilt, template=OWN).startswith("Opdigtet Bolig T001: &lt;b>Godt")


def doubled(step: str, times: int = 60) -> str:
    return "{% set a = 'xxxxxxxxxx' %}" + step * times + "{{ a }}"


BOMBS = {
    "a product": "{{ 'x' * 10**10 }}",
    "a product of a list": "{{ ([1] * 10**10)|length }}",
    "a power": "{{ 10 ** (10 ** 10) }}",
    "a format by percent": "{{ '%9999999999d' % 1 }}",
    "a format": "{{ '{:>9999999999}'.format(1) }}",
    "a width": "{{ 'x'.center(10**10) }}",
    "loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "loops that are kept": "{% set y %}{% for a in range(99999) %}" + "x" * 99_999 + "{% endfor %}{% endset %}z",
    "doubling by joining": doubled("{% set a = a ~ a %}"),
    "doubling by adding": doubled("{% set a = a + a %}"),
    "doubling by keeping": doubled("{% set a %}{{ a }}{{ a }}{% endset %}"),
    "doubling by replacing": doubled("{% set a = a|replace('x', a) %}"),
    "doubling lists": doubled("{% set a = [a, a] %}"),
    "doubling by a macro": "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "m(" * 60 + "'xx'" + ")" * 60 + " }}",
    "a macro of itself": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "a block of itself": "{% block b %}{{ self.b() }}{{ self.b() }}{% endblock %}",
    "arguments of arguments": "{% macro m() %}{{ varargs|string }}{% endmacro %}{{ m(1) }}",
}
"""Templates that would use up memory or time."""


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("{% for %}", id="no sentence"),
        pytest.param("{{ page.nothing }}", id="an unknown field"),
        pytest.param("{{ page.__class__.__mro__ }}", id="the way out"),
        pytest.param("{{ ''.__class__.__base__.__subclasses__() }}", id="the way out by a text"),
        pytest.param("{% include 'statement.md' %}", id="another file"),
        pytest.param("{{ 1 / 0 }}", id="an impossible sum"),
        pytest.param("{% for i in range(10000000) %}x{% endfor %}", id="without end"),
        pytest.param("{{ page.parts.append(1) }}", id="a change"),
        pytest.param("x" * 200_001, id="much too long"),
        pytest.param("", id="nothing"),
        pytest.param(" {% set x = 1 %}\n", id="blanks alone"),
        pytest.param("{{ page }}", id="a whole page in place of a text"),
        pytest.param("{{ page.parts }}", id="a list in place of a text"),
        pytest.param("{{ page.text|tojson }}", id="a filter that there is not"),
        *(pytest.param(bomb, id=f"a bomb: {name}") for name, bomb in BOMBS.items()),
    ],
)
@BOTH
def test_a_template_that_is_faulty_or_wants_out_is_refused(wrong: str, form: Form) -> None:
    with pytest.raises(al.InvalidValueError) as caught:
        statement_text(record(), form, template=wrong)
    assert caught.value.message.da.startswith("Skabelonen kan ikke bruges.") and caught.value.hint.da


def test_a_template_is_a_text() -> None:
    with pytest.raises(al.InvalidValueError, match="3 is no text"):
        statement_text(record(), template=3)  # type: ignore[arg-type]


def test_the_line_of_a_fault_is_told() -> None:
    with pytest.raises(al.InvalidValueError, match="Line 3"):
        statement_text(record(), template="a\nb\n{% if %}")


@pytest.mark.parametrize(
    ("template", "field", "known"),
    [
        ("a\nb {{ page.titel }}", "titel", "title, municipality, year, status"),
        ("a\n{% for part in page.parts %}{{ part.navn }}{% endfor %}", "navn", "number, name, met_on, place"),
        ("a\n{{ words.omraade }}", "omraade", "status, published, filing"),
        ("a\n{{ side.title }}", "side", "page, language, words"),
    ],
    ids=["page", "part", "words", "outermost"],
)
def test_an_unknown_field_is_told_with_its_line_and_the_fields_there_are(template: str, field: str, known: str) -> None:
    with pytest.raises(al.InvalidValueError) as caught:
        statement_text(record(), template=template)
    message = caught.value.message
    assert f"Linje 2: feltet {field} findes ikke. Felterne her er: {known}" in message.da
    assert f"Line 2: there is no field {field}. The fields here are: {known}" in message.en
    assert not any(word in message.da for word in ("almenstyring", "object", "attribute", "Statement"))


def test_what_a_template_needs_for_a_page_it_has() -> None:
    own = """{% macro line(part) %}{{ part.name|upper }}{% endmacro %}
{% set names %}{% for part in page.parts %}{{ loop.index }}. {{ line(part) }}{% endfor %}{% endset %}
{{ names|trim }} {{ ['a', 'b']|join(', ') }} {{ page.year ~ '/' ~ (page.parts|length * 2 + 1) }} {{ page.title[:3] }}
{{ 'x' if 'T001' in page.parts[0].number else 'y' }} {{ page.title.split()[0] }} {{ page.year|replace('20', "'") }}"""
    text = statement_text(record(), template=own)
    assert " ".join(text.split()) == "1. OPDIGTET BOLIG T001 a, b 2026/3 Red x Redegørelse '26"


@BOTH
def test_a_template_of_one_s_own_has_the_kept_text_and_a_proposal_has_none(form: Form) -> None:
    own = "{{ page.is_proposal }} {{ page.text }}{% for notice in page.notices %}{{ notice }}{% endfor %}"
    assert statement_text(record(), form, template=own).startswith(
        "False x" if form == "markdown" else "False <p>x</p>"
    )
    assert "Dette er et forslag" in statement_text(record(), form, template=own, proposal=True)
