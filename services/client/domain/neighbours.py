"""What the client service knows of the county's catalogue and of providers: copies of the provider service's facts."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Sector(Enum):
    """The sector of a care service or of a need."""

    SOCIAL = "SOCIAL"
    HEALTH = "HEALTH"


class Arrangement(Enum):
    """How a care service is arranged."""

    OWN = "OWN"
    DIRECT_CHOICE = "DIRECT_CHOICE"
    VOUCHER = "VOUCHER"
    PURCHASE = "PURCHASE"


@dataclass(frozen=True)
class CatalogueService:
    """A service of the catalogue; `task` is the service task that access rights follow."""

    code: str
    sector: Sector
    task: str
    arrangements: frozenset[Arrangement]


@dataclass(frozen=True)
class ServiceUnit:
    """A provider's service unit; `centre`: a health and social services centre. The municipality may be empty."""

    unit_id: UUID
    centre: bool
    dental: bool
    municipality_code: str
