"""Personal identity codes: the vectors of IDENTIFIER-1, and the rule against an independent implementation."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from services.client.domain.clients.identity_code import (
    ARTIFICIAL,
    CENTURIES,
    CHECK_CHARACTERS,
    REGISTERED,
    NumberRange,
    age_on,
    check_character,
    identity_code,
)
from services.client.domain.clients.refusals import IdentityCodeInvalid

ANY = NumberRange(2, 999)
FORMAT = "{day:%d%m%y}"


def code_of(birth_date: date, sign: str, number: int) -> str:
    """The valid code of these parts."""
    day = FORMAT.format(day=birth_date)
    return f"{day}{sign}{number:03d}{check_character(day, f'{number:03d}')}"


@st.composite
def valid_codes(draw: st.DrawFn) -> str:
    sign = draw(st.sampled_from(sorted(CENTURIES)))
    first = CENTURIES[sign]
    birth_date = draw(st.dates(date(first, 1, 1), date(first + 99, 12, 31)))
    return code_of(birth_date, sign, draw(st.integers(2, 999)))


@pytest.mark.parametrize(
    ("code", "born"),
    [
        ("010594Y9032", date(1994, 5, 1)),
        ("020594X903P", date(1994, 5, 2)),
        ("030594W903B", date(1994, 5, 3)),
        ("040594V9030", date(1994, 5, 4)),
        ("050594U903M", date(1994, 5, 5)),
        ("010516B903X", date(2016, 5, 1)),
        ("020516C903K", date(2016, 5, 2)),
        ("020504A902E", date(2004, 5, 2)),
        ("140318A913J", date(2018, 3, 14)),
        ("021186-9245", date(1986, 11, 2)),
        ("090580-901J", date(1980, 5, 9)),
        ("150866X981T", date(1966, 8, 15)),
        ("030434-992X", date(1934, 4, 3)),
    ],
)
def test_valid_codes_IDENTIFIER_1(code: str, born: date) -> None:
    found = identity_code(code, ARTIFICIAL)
    assert (found.code, found.birth_date) == (code, born)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("010190-999K", "check character"),
        ("290200-9010", "calendar date"),
        ("010594G9032", "century sign"),
        ("010101-010A", "check character"),
        ("010594Y903", "length"),
        ("010594Y90322", "length"),
        ("01O594Y9032", "digits"),
        ("٠١٠٥٩٤Y9032", "digits"),
        ("010594Y0013", "individual number"),
    ],
)
def test_invalid_codes_and_the_first_rule_they_break_IDENTIFIER_1(code: str, problem: str) -> None:
    with pytest.raises(IdentityCodeInvalid) as refused:
        identity_code(code, ANY)
    assert refused.value.problem == problem


def test_a_real_code_is_refused_in_test_mode_and_an_artificial_one_in_production_IDENTIFIER_6() -> None:
    assert identity_code("131052-308T", REGISTERED).code == "131052-308T"
    for code, allowed in (("131052-308T", ARTIFICIAL), ("010594Y9032", REGISTERED)):
        with pytest.raises(IdentityCodeInvalid, match="range"):
            identity_code(code, allowed)


def test_the_sign_distinguishes_persons_IDENTIFIER_1() -> None:
    assert identity_code("010190-999W", ARTIFICIAL) != identity_code("010190Y999W", ARTIFICIAL)


def test_lower_case_is_raised_IDENTIFIER_1() -> None:
    assert identity_code("010594y9032", ARTIFICIAL).code == "010594Y9032"


def test_a_leap_day_needs_a_leap_year_IDENTIFIER_1() -> None:
    assert identity_code(code_of(date(2004, 2, 29), "A", 902), ARTIFICIAL).birth_date == date(2004, 2, 29)
    with pytest.raises(IdentityCodeInvalid, match="calendar date"):
        identity_code("290205A902" + check_character("290205", "902"), ARTIFICIAL)


def test_a_code_does_not_show_itself_INV_25() -> None:
    found = identity_code("010594Y9032", ARTIFICIAL)
    assert "010594" not in repr(found)
    assert "010594" not in str(found)


@given(valid_codes())
def test_every_generated_code_is_valid_and_the_library_agrees_IDENTIFIER_1(code: str) -> None:
    assert identity_code(code, ANY).code == code
    assert hetu.is_valid(code, allow_temporary=True)


@given(st.text(alphabet=string.digits + "+-ABCDEFUVWXYGabc ", min_size=9, max_size=12))
def test_what_is_accepted_the_library_accepts_IDENTIFIER_1(text: str) -> None:
    try:
        found = identity_code(text, ANY)
    except IdentityCodeInvalid:
        return
    assert hetu.is_valid(found.code, allow_temporary=True)


@given(valid_codes(), st.data())
def test_a_wrong_check_character_is_always_found_IDENTIFIER_1(code: str, data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from([one for one in CHECK_CHARACTERS if one != code[-1]]))
    with pytest.raises(IdentityCodeInvalid):
        identity_code(code[:-1] + wrong, ANY)


@given(valid_codes(), st.data())
def test_one_wrong_digit_of_the_number_is_always_found_IDENTIFIER_1(code: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([7, 8, 9]))
    wrong = data.draw(st.sampled_from([one for one in string.digits if one != code[place]]))
    with pytest.raises(IdentityCodeInvalid):
        identity_code(code[:place] + wrong + code[place + 1 :], ANY)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2018, 3, 14), date(2025, 3, 13), 6),
        (date(2018, 3, 14), date(2025, 3, 14), 7),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_age_in_full_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
