"""Flags: reasons to pay particular attention to a client (S1.14)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum


class AttentionKind(Enum):
    """The flags."""

    WIDE_RANGE = "WIDE_RANGE"
    FREQUENT_USER = "FREQUENT_USER"
    SPECIAL_SUPPORT = "SPECIAL_SUPPORT"


class AttentionSource(Enum):
    """Who set a flag."""

    AUTO = "AUTO"
    PROFESSIONAL = "PROFESSIONAL"


@dataclass(frozen=True)
class AttentionFlag:
    """A flag from its first day to its last; without a last day it is in force. Who: subjects, empty when derived."""

    kind: AttentionKind
    source: AttentionSource
    reason: str
    from_date: date
    to_date: date | None = None
    lift_reason: str = ""
    set_by: str = ""
    lifted_by: str = ""

    def lifted(self, day: date, reason: str, by: str) -> "AttentionFlag":
        """The flag with `day` as its last day, why, and by whom."""
        return replace(self, to_date=day, lift_reason=reason, lifted_by=by)
