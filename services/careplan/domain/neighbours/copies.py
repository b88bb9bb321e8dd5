"""What this service knows of its neighbours' facts: clients, assessments, catalogue, providers, contracts, vouchers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.careplan.domain.terms import OperatorKind
from services.kernel.care import Arrangement, CareUnit, DeliveryMode

OPEN_CLIENT = ("REGISTERED", "ACTIVE", "DORMANT")
OVER_CONTRACT = ("TERMINATED", "EXPIRED")
OPEN_VOUCHER = ("DRAFT", "ISSUED", "RESERVED", "ACTIVE", "PARTIALLY_REDEEMED", "REROUTING", "CLOSING")
CHOSEN_VOUCHER = ("RESERVED", "ACTIVE", "PARTIALLY_REDEEMED", "CLOSING", "SETTLED")
ACCEPTED_VOUCHER = ("ACTIVE", "PARTIALLY_REDEEMED", "CLOSING", "SETTLED")
FAILED_ENROLMENT = ("FAILED", "WITHDRAWN", "CANCELLED")
OPEN_ENROLMENT = ("PROPOSED", "ACCEPTED", "EXPANDING", "ACTIVE")


@dataclass(frozen=True)
class ClientCopy:
    """A client's state and flags."""

    client_id: UUID
    state: str
    attention: tuple[str, ...]
    own_worker_named: bool
    version: int
    attention_since: date | None = None

    @property
    def open(self) -> bool:
        """Whether new matters may begin (INV-16)."""
        return self.state in OPEN_CLIENT


@dataclass(frozen=True)
class AssessmentCopy:
    """A completed needs assessment; `superseded` when a newer one took its place."""

    assessment_id: UUID
    client_id: UUID
    completed_date: date
    plan_needed: bool
    superseded: bool = False


@dataclass(frozen=True)
class CatalogueEntryCopy:
    """A service of the county's catalogue."""

    service_code: str
    name_fi: str
    name_en: str
    sector: str
    level: str
    task: str
    sensitive: bool
    arrangements: tuple[Arrangement, ...]
    unit: str
    version: int

    @property
    def known_unit(self) -> CareUnit | None:
        """The unit the service is counted in, if this release knows it."""
        return CareUnit(self.unit) if self.unit in CareUnit.__members__ else None


@dataclass(frozen=True)
class UnitCopy:
    """A service unit of a provider; a mobile one has an area of municipalities."""

    unit_id: UUID
    name: str
    kind: str
    area: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProviderCopy:
    """A provider with its units."""

    provider_id: UUID
    name: str
    ownership: str
    roles: tuple[str, ...]
    state: str
    units: tuple[UnitCopy, ...]
    version: int

    def unit(self, unit_id: UUID) -> UnitCopy | None:
        """The unit with this id, if it is one of the provider's."""
        return next((unit for unit in self.units if unit.unit_id == unit_id), None)

    @property
    def is_county_enterprise(self) -> bool:
        """Whether it is the county's own enterprise."""
        return OperatorKind.COUNTY_ENTERPRISE.value in self.roles


@dataclass(frozen=True)
class CentreDecisionCopy:
    """The county's decision that its enterprise gives a service at centres (S1.20); no last day means it runs on."""

    decision_id: UUID
    service_code: str
    unit_ids: tuple[UUID, ...]
    from_date: date
    to_date: date | None
    version: int

    def covers(self, service_code: str, unit_id: UUID, first: date, last: date) -> bool:
        """Whether the service may be given at that unit on all these days."""
        on_all_days = self.from_date <= first and (self.to_date is None or last <= self.to_date)
        return service_code == self.service_code and unit_id in self.unit_ids and on_all_days


@dataclass(frozen=True)
class Host:
    """A unit of another organisation, and the county's decisions to give a service there."""

    unit: UnitCopy
    decisions: tuple[CentreDecisionCopy, ...]


@dataclass(frozen=True)
class ContractLine:
    """A service of a contract; no units means every unit of the provider."""

    service_code: str
    unit_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class ContractCopy:
    """A contract with its lines and cooperation clauses."""

    contract_id: UUID
    provider_id: UUID
    kind: str
    state: str
    valid_from: date
    valid_to: date
    lines: tuple[ContractLine, ...]
    clauses: dict[str, dict[str, str]]
    version: int

    def weekdays(self, clause: str, default: int) -> int:
        """The limit a clause sets, in weekdays; `default` where the contract sets none (S1.24)."""
        text = self.clauses.get(clause, {}).get("weekdays", "")
        return int(text) if text.isdigit() and int(text) > 0 else default

    def days(self, clause: str) -> int:
        """The days a clause sets; none where the contract sets none."""
        return self._number(clause, "days")

    def hours(self, clause: str) -> int:
        """The hours a clause sets; none where the contract sets none."""
        return self._number(clause, "hours")

    def _number(self, clause: str, parameter: str) -> int:
        text = self.clauses.get(clause, {}).get(parameter, "")
        return int(text) if text.isdigit() else 0


@dataclass(frozen=True)
class DirectChoiceCopy:
    """A client's choice of a health and social services centre (HSSC) or a dental unit (DENTAL)."""

    choice_id: UUID
    client_id: UUID
    kind: str
    provider_id: UUID
    unit_id: UUID
    from_date: date
    ended_date: date | None
    version: int


@dataclass(frozen=True)
class VoucherCopy:
    """A voucher."""

    voucher_id: UUID
    client_id: UUID
    plan_id: UUID | None
    plan_service_id: UUID | None
    service_code: str
    units_granted: int
    valid_from: date
    valid_to: date
    provider_id: UUID | None
    unit_id: UUID | None
    contract_id: UUID | None
    state: str
    version: int
    cut_off: date | None = None

    @property
    def last_day(self) -> date:
        """The last day of service it pays for (INV-07)."""
        return min(self.valid_to, self.cut_off or self.valid_to)

    @property
    def open(self) -> bool:
        """Whether it can still bind a provider."""
        return self.state in OPEN_VOUCHER

    @property
    def chosen(self) -> bool:
        """Whether the client's choice of provider stands."""
        return self.provider_id is not None and self.state in CHOSEN_VOUCHER


@dataclass(frozen=True)
class EnrolmentItem:
    """An item of a package that a client took; no arrangement: one that this release does not know."""

    item_code: str
    service_code: str
    arrangement: Arrangement | None
    provider_id: UUID | None
    units: int
    unit: CareUnit | None
    from_date: date
    to_date: date
    modes: tuple[DeliveryMode, ...]
    mandatory: bool


@dataclass(frozen=True)
class EnrolmentCopy:
    """An enrolment of a client in a package."""

    enrolment_id: UUID
    client_id: UUID
    state: str
    items: tuple[EnrolmentItem, ...]
    version: int
