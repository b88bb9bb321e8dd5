"""Business ids and object identifiers (IDENTIFIER-2, IDENTIFIER-3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import ytunnus

from services.provider.domain.identifiers import business_id, check_digit, organisation_node, organisation_oid
from services.provider.domain.refusals import BusinessIdInvalid, OidInvalid


@pytest.mark.parametrize("text", ["0204819-8", "0201256-6", "0211675-2", "0000001-9", "9000001-1", "9000015-0"])
def test_vectors_are_valid_IDENTIFIER_2(text: str) -> None:
    assert business_id(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "0737546-1",
        "9000002-0",
        "9000002-1",
        "0204819-7",
        "02048198",
        "0204819-",
        "",
        "204819-88",
        "٠204819-8",
        "0000000-0",
    ],
)
def test_refuses_what_is_none_IDENTIFIER_2(text: str) -> None:
    with pytest.raises(BusinessIdInvalid) as refusal:
        business_id(text)
    assert refusal.value.reason == "BUSINESS_ID_INVALID"
    assert refusal.value.field == "business_id"


def test_old_numbers_are_padded_IDENTIFIER_2() -> None:
    assert business_id("204819-8") == "0204819-8"


def test_remainder_one_is_never_issued_IDENTIFIER_2() -> None:
    assert check_digit("9000002") is None


@given(st.integers(1, 9_999_999), st.integers(0, 9))
def test_agrees_with_the_reference_library_IDENTIFIER_2(number: int, last: int) -> None:
    text = f"{number:07d}-{last}"
    try:
        mine = business_id(text) == text
    except BusinessIdInvalid:
        mine = False
    assert mine == ytunnus.is_valid(text)


@given(st.integers(1, 9_999_999), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_IDENTIFIER_2(number: int, place: int, by: int) -> None:
    digits = f"{number:07d}"
    check = check_digit(digits)
    if check is None:
        return
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    with pytest.raises(BusinessIdInvalid):
        business_id(f"{wrong}-{check}")


def test_the_node_has_no_hyphen_and_no_leading_zero_IDENTIFIER_3() -> None:
    assert organisation_node("0204819-8") == "1.2.246.10.2048198"
    assert organisation_node("9000001-1") == "1.2.246.10.90000011"


@pytest.mark.parametrize("tail", ["", ".10.0", ".10.1", ".10.25"])
def test_the_node_and_what_lies_below_it_pass_IDENTIFIER_3(tail: str) -> None:
    assert organisation_oid(f"1.2.246.10.2048198{tail}", "0204819-8") == f"1.2.246.10.2048198{tail}"


@pytest.mark.parametrize(
    "oid",
    [
        "1.2.246.10.20481981",
        "1.2.246.10.02048198",
        "1.2.246.11.2048198",
        "1.2.246.10.2048198.",
        "1.2.246.10.2048198.01",
        "",
        "x",
    ],
)
def test_anything_else_is_refused_IDENTIFIER_3(oid: str) -> None:
    with pytest.raises(OidInvalid):
        organisation_oid(oid, "0204819-8")
