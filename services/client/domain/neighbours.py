"""What the client service knows of the county's catalogue and of providers: copies of the provider service's facts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.kernel.care import Arrangement, Sector


@dataclass(frozen=True)
class CatalogueService:
    """A service of the catalogue; `task` is the service task that access rights follow. No sector: one of a later
    release.
    """

    code: str
    sector: Sector | None
    task: str
    arrangements: frozenset[Arrangement]


@dataclass(frozen=True)
class ServiceUnit:
    """A provider's service unit; `centre`: a health and social services centre. The municipality may be empty."""

    unit_id: UUID
    centre: bool
    dental: bool
    municipality_code: str


@dataclass(frozen=True, kw_only=True)
class ProviderCopy:
    """A provider with its units, at a version; `county_enterprise`: it is the county's own."""

    provider_id: UUID
    county_enterprise: bool
    units: tuple[ServiceUnit, ...]
    roles: frozenset[str]
    version: int


@dataclass(frozen=True, kw_only=True)
class ContractCopy:
    """A direct-choice contract at a version, of every unit of the provider or of some; the last day is inclusive."""

    contract_id: UUID
    provider_id: UUID
    state: str
    valid_from: date
    valid_to: date
    every_unit: bool
    unit_ids: tuple[UUID, ...]
    version: int
