"""Identifiers exist only in their canonical form, and invented ones are recognisable."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cvr as oracle

from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.values import (
    MUNICIPALITY_CODES,
    PLACE_CODES,
    Cvr,
    EstateId,
    EstateNumber,
    Identifier,
    LbfNumber,
    MunicipalityCode,
)

Refused = Callable[..., InvalidValueError]
CLASSES = (Cvr, LbfNumber, EstateNumber, MunicipalityCode)
digits = st.text("0123456789", max_size=9)


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        pytest.param(Cvr, "39801019", "39801019", id="a CVR number with its check digit is accepted"),
        pytest.param(Cvr, " 39801019\n", "39801019", id="blanks around an identifier are dropped"),
        pytest.param(Cvr, "T0000001", "T0000001", id="a test CVR number needs no check digit"),
        pytest.param(LbfNumber, "0045", "0045", id="an LBF number has four digits"),
        pytest.param(LbfNumber, "45", "0045", id="an LBF number printed without zeros gets them back"),
        pytest.param(LbfNumber, "9999", "9999", id="the last LBF number is accepted"),
        pytest.param(LbfNumber, "T001", "T001", id="the first test organisation is T001"),
        pytest.param(LbfNumber, "T999", "T999", id="the last test organisation is T999"),
        pytest.param(EstateNumber, "08501", "08501", id="an estate number has five digits"),
        pytest.param(EstateNumber, "8501", "08501", id="an estate number printed without zeros gets them back"),
        pytest.param(EstateNumber, "700", "00700", id="a short printed estate number is padded"),
        pytest.param(EstateNumber, "1", "00001", id="one digit is enough for an estate number"),
        pytest.param(EstateNumber, "T0101", "T0101", id="a test estate is T and four digits"),
        pytest.param(MunicipalityCode, "410", "410", id="a municipality code has three digits"),
        pytest.param(MunicipalityCode, "0410", "410", id="the four-digit form means the same municipality"),
        pytest.param(MunicipalityCode, "0411", "411", id="Christiansø is known as a place"),
        pytest.param(MunicipalityCode, "T01", "T01", id="the first test municipality is T01"),
        pytest.param(MunicipalityCode, "T99", "T99", id="the last test municipality is T99"),
    ],
)
def test_accepted(kind: type[Identifier], written: str, canonical: str) -> None:
    identifier = kind(written)
    assert str(identifier) == identifier.value == canonical
    assert identifier == kind(canonical)
    assert identifier.is_test is canonical.startswith("T")


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        pytest.param(Cvr, "39801091", id="a CVR number with swapped digits"),
        pytest.param(Cvr, "09801018", id="a CVR number that begins with 0"),
        pytest.param(Cvr, "00000000", id="a CVR number of zeros although its check sum is 0"),
        pytest.param(Cvr, "3980101", id="a CVR number with seven digits"),
        pytest.param(Cvr, "398010190", id="a CVR number with nine digits"),
        pytest.param(Cvr, "39 80 10 19", id="a CVR number with blanks inside"),
        pytest.param(Cvr, "T000001", id="a test CVR number with six digits"),
        pytest.param(Cvr, "t0000001", id="a test CVR number with a small t"),
        pytest.param(Cvr, "3९801019", id="a digit of another script"),
        pytest.param(LbfNumber, "0000", id="an LBF number of zeros"),
        pytest.param(LbfNumber, "0", id="a single zero as LBF number"),
        pytest.param(LbfNumber, "00045", id="an LBF number with five digits"),
        pytest.param(LbfNumber, "-45", id="a negative LBF number"),
        pytest.param(LbfNumber, "T000", id="test organisation T000"),
        pytest.param(LbfNumber, "T01", id="a test organisation with two digits"),
        pytest.param(LbfNumber, "T0001", id="a test organisation with four digits"),
        pytest.param(EstateNumber, "00000", id="an estate number of zeros"),
        pytest.param(EstateNumber, "085011", id="an estate number with six digits"),
        pytest.param(EstateNumber, "085-01", id="an estate number with a hyphen"),
        pytest.param(EstateNumber, "T0000", id="test estate T0000"),
        pytest.param(EstateNumber, "T101", id="a test estate with three digits"),
        pytest.param(MunicipalityCode, "100", id="a code that no municipality has"),
        pytest.param(MunicipalityCode, "1410", id="four digits that do not begin with 0"),
        pytest.param(MunicipalityCode, "00410", id="a municipality code with five digits"),
        pytest.param(MunicipalityCode, "T00", id="test municipality T00"),
        pytest.param(MunicipalityCode, "0T01", id="a test municipality with a leading zero"),
        pytest.param(MunicipalityCode, "København", id="a municipality's name"),
        *(pytest.param(kind, "", id=f"an empty {kind.__name__}") for kind in CLASSES),
        *(pytest.param(kind, "T", id=f"a {kind.__name__} of T alone") for kind in CLASSES),
    ],
)
def test_refused(kind: type[Identifier], written: str, refused: Refused) -> None:
    error = refused(kind, written)
    assert error.context["value"] == written
    assert repr(written) in error.message.da
    assert repr(written) in error.message.en


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("value", [45, 4.5, None, True, b"0045", ["0045"], LbfNumber("45")], ids=repr)
def test_only_a_text_becomes_an_identifier(kind: type[Identifier], value: object, refused: Refused) -> None:
    refused(kind, value)


@given(digits)
def test_the_check_digit_rule_agrees_with_python_stdnum(text: str) -> None:
    assert _is_accepted(Cvr, text) == (len(text) == 8 and oracle.is_valid(text))


@given(st.from_regex(r"[1-9][0-9]{6}", fullmatch=True))
def test_seven_digits_have_at_most_one_check_digit(start: str) -> None:
    fitting = [digit for digit in "0123456789" if _is_accepted(Cvr, start + digit)]
    assert fitting == [digit for digit in "0123456789" if oracle.is_valid(start + digit)]
    assert len(fitting) <= 1


@given(st.sampled_from(CLASSES), st.one_of(digits, st.text(max_size=8), st.from_regex(r"T[0-9]{0,7}", fullmatch=True)))
def test_the_canonical_form_is_its_own_canonical_form(kind: type[Identifier], text: str) -> None:
    if _is_accepted(kind, text):
        assert kind(str(kind(text))) == kind(text)


@given(st.integers(1, 9999))
def test_the_printed_lbf_number_is_the_same_number(number: int) -> None:
    identifier = LbfNumber(str(number))
    assert identifier.printed == str(number)
    assert len(identifier.value) == 4
    assert LbfNumber(identifier.printed) == identifier


def test_a_test_organisation_is_printed_whole() -> None:
    assert LbfNumber("T001").printed == "T001"


@given(st.one_of(st.from_regex(r"T[0-9]{4}|[0-9]{5}", fullmatch=True)).filter(lambda text: text.strip("T0")))
def test_an_estate_number_is_its_upload_form_and_its_section(text: str) -> None:
    number = EstateNumber(text)
    assert number.upload_form + number.section == number.value
    assert EstateNumber.from_upload(number.upload_form, section=number.section) == number


def test_a_test_estate_splits_like_a_real_one() -> None:
    number = EstateNumber("T0101")
    assert (number.upload_form, number.section) == ("T01", "01")


@pytest.mark.parametrize(
    ("upload_form", "section"),
    [
        pytest.param("85", "01", id="two digits may belong to either end"),
        pytest.param("085", "1", id="one digit of a section may belong to either end"),
        pytest.param("08501", "01", id="a whole number is no upload form"),
        pytest.param("000", "00", id="nothing but zeros"),
        pytest.param("085 01", "", id="both parts in one"),
        pytest.param(85, "01", id="an integer"),
        pytest.param("085", None, id="no section"),
    ],
)
def test_an_unclear_upload_form_is_refused(upload_form: str, section: str, refused: Refused) -> None:
    refused(EstateNumber.from_upload, upload_form, section=section)


def test_there_are_98_municipalities_and_one_place() -> None:
    assert len(MUNICIPALITY_CODES) == 98
    assert {"411"} == PLACE_CODES
    assert not MUNICIPALITY_CODES & PLACE_CODES
    assert {code for code in map(str, range(1000)) if _is_accepted(MunicipalityCode, code)} == (
        MUNICIPALITY_CODES | PLACE_CODES
    )


@pytest.mark.parametrize("code", ["101", "410", "T01"])
def test_a_municipality_can_supervise(code: str) -> None:
    assert MunicipalityCode(code).can_supervise
    assert not MunicipalityCode(code).is_place_code


def test_christiansoe_is_a_place_that_cannot_supervise() -> None:
    assert MunicipalityCode("411").is_place_code
    assert not MunicipalityCode("411").can_supervise


def test_an_estate_is_named_by_its_organisation_and_its_number() -> None:
    estate = EstateId(LbfNumber("45"), EstateNumber("8501"))
    assert str(estate) == "0045-08501"
    assert estate == EstateId.parse("45-8501") == EstateId.parse(" 0045-08501 ")
    assert not estate.is_test


def test_an_invented_estate_belongs_to_an_invented_organisation() -> None:
    estate = EstateId.parse("T001-T0101")
    assert estate.is_test
    assert str(estate) == "T001-T0101"


@pytest.mark.parametrize("text", ["T001-08501", "0045-T0101"])
def test_an_invented_number_never_meets_a_real_one(text: str, refused: Refused) -> None:
    assert refused(EstateId.parse, text).context["value"] == text


@pytest.mark.parametrize("text", ["", "004508501", "0045-", "-08501", "0045-08501-1", "0045/08501", None, 4508501])
def test_an_estate_id_that_cannot_be_read_is_refused(text: str, refused: Refused) -> None:
    refused(EstateId.parse, text)


@pytest.mark.parametrize(("organisation", "number"), [("0045", "08501"), (LbfNumber("45"), "08501"), (None, None)])
def test_an_estate_id_is_made_of_identifiers_not_texts(organisation: object, number: object, refused: Refused) -> None:
    refused(EstateId, organisation, number)


def test_estates_are_ordered_by_organisation_and_then_number() -> None:
    written = ["0045-00200", "0045-08501", "0100-00100", "T001-T0101"]
    assert [str(estate) for estate in sorted(map(EstateId.parse, reversed(written)))] == written


def test_identifiers_of_different_kinds_are_neither_equal_nor_ordered() -> None:
    assert len({Cvr("T0000001"), Cvr(" T0000001"), LbfNumber("T001")}) == 2
    assert LbfNumber("410").__eq__(MunicipalityCode("410")) is NotImplemented
    with pytest.raises(TypeError):
        _ = LbfNumber("1") < MunicipalityCode("410")  # type: ignore[operator]


def test_an_identifier_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        LbfNumber("45").value = "0046"  # type: ignore[misc]


def test_a_hostile_input_is_cut_in_the_message_but_kept_in_the_context(refused: Refused) -> None:
    error = refused(Cvr, "9" * 10_000)
    assert len(error.message.en) < 120
    assert error.context["value"] == "9" * 10_000


def _is_accepted(kind: type[Identifier], text: str) -> bool:
    try:
        kind(text)
    except InvalidValueError:
        return False
    return True
