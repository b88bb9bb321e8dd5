"""The closed word lists of care that services share: the twin of `sote/type/v1/care.proto`."""

from enum import StrEnum


class Sector(StrEnum):
    """The sector of a care service or of a need."""

    SOCIAL = "SOCIAL"
    HEALTH = "HEALTH"


class CareLevel(StrEnum):
    """The level of a care service."""

    PRIMARY = "PRIMARY"
    SPECIALISED = "SPECIALISED"


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
    """What one unit of a care service is; units are whole."""

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
