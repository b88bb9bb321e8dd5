"""Why a voucher is taken back or declined."""

from enum import StrEnum


class RevokeReason(StrEnum):
    """Why the county takes a voucher back (VOUCHER-13)."""

    DECISION_CHANGED = "DECISION_CHANGED"
    NEED_ENDED = "NEED_ENDED"
    MOVED = "MOVED"
    DECEASED = "DECEASED"
    MISUSE = "MISUSE"
    ENROLMENT_FAILED = "ENROLMENT_FAILED"
    PLAN_CLOSED = "PLAN_CLOSED"
    CLIENT_MERGED = "CLIENT_MERGED"
    COUNTY_TAKES_OVER = "COUNTY_TAKES_OVER"


GONE = frozenset({RevokeReason.MOVED, RevokeReason.DECEASED, RevokeReason.CLIENT_MERGED})
"""Reasons that end everything the client has (process D)."""


class DeclineReason(StrEnum):
    """Why a provider does not take a voucher (VOUCHER-6)."""

    CAPACITY = "CAPACITY"
    CLIENT_SAFETY = "CLIENT_SAFETY"
    STAFF_COMPETENCE = "STAFF_COMPETENCE"
    CONFLICT = "CONFLICT"
    OTHER = "OTHER"
    TIMED_OUT = "TIMED_OUT"
