"""Finnish personal identity codes (HETU): what is one, and the day of birth in it (IDENTIFIER-1)."""

from dataclasses import dataclass
from datetime import date

from services.client.domain.clients.refusals import IdentityCodeInvalid

CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
LENGTH = 11
SMALLEST = 2


@dataclass(frozen=True)
class NumberRange:
    """The individual numbers (NNN) that are accepted, both ends included: real ones 002-899, artificial 900-999."""

    low: int
    high: int


ARTIFICIAL = NumberRange(900, 999)
REGISTERED = NumberRange(2, 899)


@dataclass(frozen=True)
class IdentityCode:
    """A valid identity code; two codes that differ only by the century sign are two persons."""

    code: str
    birth_date: date

    def __repr__(self) -> str:
        """Nothing of the code, so that no log or traceback holds it (INV-25)."""
        return "IdentityCode(...)"


def identity_code(text: str, allowed: NumberRange) -> IdentityCode:
    """The code in `text`, upper-cased; refuses with `IdentityCodeInvalid` in the order of IDENTIFIER-1, then by
    `allowed`."""
    code = text.upper()
    if len(code) != LENGTH:
        raise IdentityCodeInvalid("length")
    day, sign, number, check = code[:6], code[6], code[7:10], code[10]
    if sign not in CENTURIES:
        raise IdentityCodeInvalid("century sign")
    if not (day + number).isascii() or not (day + number).isdigit():
        raise IdentityCodeInvalid("digits")
    birth_date = _birth_date(day, sign)
    if int(number) < SMALLEST:
        raise IdentityCodeInvalid("individual number")
    if check != check_character(day, number):
        raise IdentityCodeInvalid("check character")
    if not allowed.low <= int(number) <= allowed.high:
        raise IdentityCodeInvalid("individual number outside the range this installation accepts")
    return IdentityCode(code, birth_date)


def check_character(day: str, number: str) -> str:
    """The check character of DDMMYY and NNN; the century sign has no part in it."""
    return CHECK_CHARACTERS[int(day + number) % len(CHECK_CHARACTERS)]


def _birth_date(day: str, sign: str) -> date:
    try:
        return date(CENTURIES[sign] + int(day[4:]), int(day[2:4]), int(day[:2]))
    except ValueError:
        raise IdentityCodeInvalid("calendar date") from None


def age_on(birth_date: date, day: date) -> int:
    """Full years of age on `day`; a person born on 29 February comes of age on 1 March of other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


ADULT_AGE = 18
