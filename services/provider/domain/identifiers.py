"""Finnish business ids (IDENTIFIER-2) and object identifiers of organisations (IDENTIFIER-3)."""

import re

from services.provider.domain.refusals import BusinessIdInvalid, OidInvalid

_FORM = re.compile(r"([0-9]{6,7})-([0-9])", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_OID = re.compile(r"1\.2\.246\.10\.[1-9][0-9]{6,7}(\.(0|[1-9][0-9]*))*", re.ASCII)


def business_id(text: str) -> str:
    """The business id in its full form NNNNNNN-C (old six-digit numbers padded); refuses a wrong one."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise BusinessIdInvalid("business_id", "a business id has the form NNNNNNN-C")
    digits = match[1].zfill(7)
    if digits == "0000000" or check_digit(digits) != int(match[2]):
        raise BusinessIdInvalid("business_id", "the check digit of the business id is wrong")
    return f"{digits}-{match[2]}"


def check_digit(digits: str) -> int | None:
    """The check digit of seven digits; None for a number that is never issued (remainder 1)."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    if remainder == 1:
        return None
    return 11 - remainder if remainder else 0


def organisation_node(identifier: str) -> str:
    """The OID node of the organisation with this business id: 1.2.246.10 and its digits without leading zeros."""
    return f"1.2.246.10.{identifier.replace('-', '').lstrip('0')}"


def organisation_oid(text: str, identifier: str) -> str:
    """`text` when it is the node of the organisation with this business id, or lies below it; else OidInvalid."""
    node = organisation_node(identifier)
    if not _OID.fullmatch(text) or not (text == node or text.startswith(f"{node}.")):
        raise OidInvalid("oid", f"the object identifier must be {node} or below it")
    return text
