"""Copies of providers with their units, of the catalogue, of contracts and of sanctions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.kernel.care import Arrangement, CareUnit, Sector

HEALTH_TASK = "TERVEYS"
COUNTY_ENTERPRISE = "COUNTY_ENTERPRISE"


@dataclass(frozen=True)
class CatalogueCopy:
    """A service of the county's catalogue; prices in cents. Its `task` says which budget line pays it."""

    service_code: str
    name_fi: str
    name_en: str
    task: str
    arrangements: tuple[str, ...]
    unit: str
    reference_price_cents: int
    fee_rule: str
    statutory_right: bool
    version: int

    @property
    def sector(self) -> str:
        """Whose service it is: health care is a task of its own, everything else is social welfare (CATALOGUE-1)."""
        return Sector.HEALTH if self.task == HEALTH_TASK else Sector.SOCIAL

    @property
    def voucher_enabled(self) -> bool:
        """Whether the county arranges it by voucher, in units that this release counts."""
        return Arrangement.VOUCHER in self.arrangements and self.unit in set(CareUnit)


@dataclass(frozen=True)
class UnitCopy:
    """A service unit; `capacity` 0 means not limited."""

    unit_id: UUID
    provider_id: UUID
    code: str
    display_name: str
    municipality_code: str
    modes: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int


@dataclass(frozen=True)
class ProviderCopy:
    """A provider with its units."""

    provider_id: UUID
    business_id: str
    display_name: str
    roles: tuple[str, ...]
    state: str
    version: int
    units: tuple[UnitCopy, ...] = ()
    ownership: str = ""

    @property
    def approved(self) -> bool:
        """Whether it may take new clients."""
        return self.state == "APPROVED"

    @property
    def county_enterprise(self) -> bool:
        """Whether it is the county's own enterprise."""
        return COUNTY_ENTERPRISE in self.roles


@dataclass(frozen=True)
class ContractLine:
    """A service of a contract; no `unit_ids` means every unit; price in cents.

    At most `capacity` clients at a time and `max_new_clients_month` new ones in a calendar month; 0: not limited.
    """

    contract_id: UUID
    service_code: str
    unit_ids: tuple[UUID, ...]
    unit_price_cents: int
    voucher: bool
    capacity: int
    max_new_clients_month: int = 0


@dataclass(frozen=True)
class ContractCopy:
    """A contract with its lines; suspended, it pays days before `suspended_from` and up to `served_until`."""

    contract_id: UUID
    number: str
    provider_id: UUID
    kind: str
    state: str
    valid_from: date
    valid_to: date
    termination_effective: date | None
    version: int
    lines: tuple[ContractLine, ...] = ()
    suspended_from: date | None = None
    served_until: date | None = None

    @property
    def last_day(self) -> date:
        """The day it ends, notice considered."""
        return min(self.valid_to, self.termination_effective or self.valid_to)

    def covers(self, first: date, last: date) -> bool:
        """Whether its period holds every day from `first` to `last`."""
        return self.valid_from <= first and last <= self.last_day

    def pays_on(self, day: date) -> bool:
        """Whether it was in force that day; ended or suspended since, it still pays the days before (INV-05)."""
        if self.state == "SUSPENDED":
            before = self.suspended_from is not None and day < self.suspended_from
            safe = self.served_until is not None and day <= self.served_until
            return self.covers(day, day) and (before or safe)
        return self.state in {"ACTIVE", "TERMINATED", "EXPIRED"} and self.covers(day, day)


@dataclass(frozen=True)
class SanctionCopy:
    """A sanction that reduces payments by `percent` for services of its days; without days it reduces nothing."""

    sanction_id: UUID
    contract_id: UUID
    percent: int
    first_day: date | None
    last_day: date | None
    version: int
