"""The closed word lists of care plans."""

from enum import StrEnum


class OperatorKind(StrEnum):
    """The kinds of organisation that may be responsible for a plan (S1.28)."""

    COUNTY_ENTERPRISE = "COUNTY_ENTERPRISE"
    DIRECT_CHOICE_HSSC = "DIRECT_CHOICE_HSSC"


class ReviewCause(StrEnum):
    """Why a review is started (PLAN-11)."""

    SCHEDULED = "SCHEDULED"
    NEED_CHANGED = "NEED_CHANGED"
    DEVIATION = "DEVIATION"
    REROUTE = "REROUTE"
    REFUSAL = "REFUSAL"
    CLIENT_REQUEST = "CLIENT_REQUEST"
    COUNTY = "COUNTY"


class LeaveReason(StrEnum):
    """Why a client's plan ends by itself (process D)."""

    MOVED = "MOVED"
    DECEASED = "DECEASED"
    MERGED = "MERGED"


class CloseReason(StrEnum):
    """Why an operator closes a plan (PLAN-16)."""

    GOALS_MET = "GOALS_MET"
    NO_NEED = "NO_NEED"
    CLIENT_WITHDREW = "CLIENT_WITHDREW"


class StatutoryKind(StrEnum):
    """The sections that special acts ask for."""

    CHILD_WELFARE_CLIENT_PLAN = "CHILD_WELFARE_CLIENT_PLAN"
    OLDER_PEOPLE_CARE_AND_SERVICE_PLAN = "OLDER_PEOPLE_CARE_AND_SERVICE_PLAN"
    REHABILITATION_PLAN = "REHABILITATION_PLAN"
