"""Reads the headers of a message: whoever reaches the broker may have set them, so every reader has a default."""

from collections.abc import Mapping

from amqp.serialization import PROPERTY_CLASSES, decode_properties_basic, dumps
from amqp.spec import Basic

ATTEMPTS = "x-attempts"
DEFERRALS = "x-deferrals"
DEFERRED_SINCE = "x-deferred-since"
ERROR = "x-error"

OWN = {ATTEMPTS, DEFERRALS, DEFERRED_SINCE, ERROR}
"""Headers of ours that a message keeps while it waits to be tried again."""

Headers = Mapping[str, object]
LARGEST = 2**31 - 1
LONGEST_TEXT = 256
LONGEST_ITEM = 1024
MOST_ITEMS = 64


def read_whatever_comes() -> None:
    """From now on a message whose properties cannot be read arrives without any, and is parked.

    The library would end the connection with an error, and the process with it, at each delivery of such a message.
    """
    PROPERTY_CLASSES[Basic.CLASS_ID] = _properties


def _properties(buffer: bytes, offset: int) -> tuple[dict[str, object], int]:
    try:
        read: tuple[dict[str, object], int] = decode_properties_basic(buffer, offset)
    except Exception:  # whatever the library cannot read
        return {}, offset
    return read


def number(headers: Headers, name: str, *, default: int = 0, largest: int = LARGEST) -> int:
    """The whole number from 0 to `largest` that the header holds, else the default."""
    value = headers.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest else default


def word(headers: Headers, name: str) -> str:
    """The short printable text that the header holds, else nothing."""
    value = headers.get(name)
    return value if isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable() else ""


def sendable(headers: Headers) -> dict[str, object]:
    """The headers that a message keeps when it is sent again: ours and its sender's, as far as they can be encoded."""
    sent = {name: value for name, value in headers.items() if _can_be_sent(name, value)}
    return dict(list(sent.items())[:MOST_ITEMS])


def _can_be_sent(name: object, value: object) -> bool:
    if not isinstance(name, str) or (name.startswith("x-") and name not in OWN):
        return False
    try:
        return len(dumps("F", [{name: value}])) <= LONGEST_ITEM
    except Exception:  # whatever the library cannot write
        return False
