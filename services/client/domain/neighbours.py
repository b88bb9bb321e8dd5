"""What the client service knows of the county's catalogue and of providers: copies of the provider service's facts."""

from dataclasses import dataclass
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
