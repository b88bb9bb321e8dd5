"""The closed word lists of care plans."""

from enum import StrEnum


class Arrangement(StrEnum):
    """How a care service is arranged."""

    OWN = "OWN"
    DIRECT_CHOICE = "DIRECT_CHOICE"
    VOUCHER = "VOUCHER"
    PURCHASE = "PURCHASE"


class DeliveryMode(StrEnum):
    """Where and how a care service is delivered."""

    AT_CENTRE = "AT_CENTRE"
    MOBILE_TEAM = "MOBILE_TEAM"
    E_SERVICE = "E_SERVICE"
    AT_HOME = "AT_HOME"
    PROVIDER_UNIT = "PROVIDER_UNIT"
    OTHER = "OTHER"


class CareUnit(StrEnum):
    """What one unit of a care service is."""

    HOUR = "HOUR"
    VISIT = "VISIT"
    SESSION = "SESSION"
    DAY = "DAY"
    MONTH = "MONTH"
    CASE = "CASE"
    MEAL = "MEAL"


class NeedDomain(StrEnum):
    """The twelve domains of a needs assessment."""

    HOUSING = "HOUSING"
    PHYSICAL_HEALTH = "PHYSICAL_HEALTH"
    MENTAL_HEALTH = "MENTAL_HEALTH"
    SUBSTANCE_USE = "SUBSTANCE_USE"
    FUNCTIONAL_CAPACITY = "FUNCTIONAL_CAPACITY"
    CARE_AND_UPBRINGING = "CARE_AND_UPBRINGING"
    RELATIONSHIPS = "RELATIONSHIPS"
    PARTICIPATION = "PARTICIPATION"
    WORK_AND_INCOME = "WORK_AND_INCOME"
    CARER_LOAD = "CARER_LOAD"
    MEDICINES = "MEDICINES"
    DIGITAL_AND_LANGUAGE = "DIGITAL_AND_LANGUAGE"


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
    """Why a client's plan ends by itself (saga D)."""

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
