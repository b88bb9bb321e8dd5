"""The county's catalogue of care services (CATALOGUE-3)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.care import Arrangement, CareLevel, CareUnit, Sector
from services.kernel.refusal import InvalidValue


class ServiceTask(StrEnum):
    """The national service task that access rights follow."""

    LAPSIPERHE = "LAPSIPERHE"
    LASTENSUOJELU = "LASTENSUOJELU"
    PERHEOIKEUS = "PERHEOIKEUS"
    TYOIKAISET = "TYOIKAISET"
    IAKKAAT = "IAKKAAT"
    VAMMAISET = "VAMMAISET"
    PAIHDE = "PAIHDE"
    TERVEYS = "TERVEYS"


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """What the county says of a service; `reference_price_cents` is also the value of a voucher unit."""

    service_code: str
    name_fi: str
    name_en: str
    sector: Sector
    level: CareLevel
    task: ServiceTask
    sensitive: bool
    arrangements: tuple[Arrangement, ...]
    unit: CareUnit
    reference_price_cents: int
    fee_rule: str
    statutory_right: bool
    thl_class: str = ""
    thl_item: str = ""

    def __post_init__(self) -> None:
        if self.reference_price_cents < 0:
            raise InvalidValue("service.reference_price", "a reference price is not negative")


@dataclass(eq=False, kw_only=True)
class CatalogueService:
    """An entry of the catalogue with its history of versions."""

    id: UUID
    county_scheme: str
    county_code: str
    service_code: str
    entry: CatalogueEntry
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime

    def put(self, entry: CatalogueEntry, *, now: datetime) -> bool:
        """Take the entry; True when it differs from the one before, which makes a new version."""
        if replace(entry, service_code=self.service_code) == self.entry:
            return False
        self.entry = replace(entry, service_code=self.service_code)
        self.version += 1
        self.updated_at = now
        return True
