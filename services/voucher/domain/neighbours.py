"""What this service knows of its neighbours' things: copies of their facts, as the guards of a voucher read them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

COUNTY_ENTERPRISE = "COUNTY_ENTERPRISE"
CLOSED_CLIENTS = frozenset({"MOVED_OUT", "DECEASED", "MERGED"})
PLANS_IN_FORCE = frozenset({"ACTIVE", "UNDER_REVIEW"})
OPEN_PLANS = PLANS_IN_FORCE | {"DRAFT", "CONSULTATION"}


class Arrangement(StrEnum):
    """How a care service is arranged."""

    OWN = "OWN"
    DIRECT_CHOICE = "DIRECT_CHOICE"
    VOUCHER = "VOUCHER"
    PURCHASE = "PURCHASE"


class CareUnit(StrEnum):
    """What one unit of a care service is."""

    HOUR = "HOUR"
    VISIT = "VISIT"
    SESSION = "SESSION"
    DAY = "DAY"
    MONTH = "MONTH"
    CASE = "CASE"
    MEAL = "MEAL"


@dataclass(frozen=True)
class ClientCopy:
    """A client: state and attention flags."""

    client_id: UUID
    status: str
    attention: tuple[str, ...]
    version: int

    @property
    def open(self) -> bool:
        """Whether new matters may be opened (INV-16)."""
        return self.status not in CLOSED_CLIENTS


@dataclass(frozen=True)
class AssessmentCopy:
    """A needs assessment; `completed_date` is None until its completion is known here."""

    assessment_id: UUID
    client_id: UUID
    performing_organisation_id: UUID | None = None
    completed_date: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class DecisionCopy:
    """A decision on a service; `units` is 0 where they are not counted."""

    decision_id: UUID
    assessment_id: UUID
    client_id: UUID
    service_code: str
    outcome: str
    units: int
    from_date: date
    to_date: date
    version: int
    effective: date | None = None

    @property
    def last_day_before(self) -> date:
        """The last day that was not touched by its newest change; the day before the first when it never changed."""
        return (self.effective or self.from_date) - timedelta(days=1)

    @property
    def grants(self) -> bool:
        """Whether it grants the service, at least in part."""
        return self.outcome in {"GRANTED", "PARTLY"}


@dataclass(frozen=True)
class GuidanceCopy:
    """Guidance, advice or support given for the choice of a voucher's provider."""

    guidance_id: UUID
    voucher_id: UUID
    client_id: UUID | None
    kind: str
    given_time: datetime


@dataclass(frozen=True)
class DirectChoiceCopy:
    """A client's choice of a centre or dental unit; in force from its first day until the day it ended."""

    choice_id: UUID
    client_id: UUID
    kind: str
    provider_id: UUID
    from_date: date
    ended_date: date | None
    version: int


@dataclass(frozen=True)
class PlanCopy:
    """A plan: whose, in which state, and which MAJOR version is in force (0: none)."""

    plan_id: UUID
    client_id: UUID
    status: str
    version: int
    major: int = 0


@dataclass(frozen=True)
class PlanServiceCopy:
    """A planned service."""

    plan_service_id: UUID
    plan_id: UUID
    client_id: UUID
    service_code: str
    arrangement: Arrangement
    status: str
    provider_id: UUID | None
    unit_id: UUID | None
    contract_id: UUID | None
    voucher_id: UUID | None
    enrolment_id: UUID | None
    item_code: str
    units: int
    unit: str
    from_date: date | None
    to_date: date | None
    units_delivered: int = 0

    @property
    def awaits_choice(self) -> bool:
        """Whether a voucher may be drafted for it (V1)."""
        return self.arrangement is Arrangement.VOUCHER and self.status == "AWAITING_CHOICE"


@dataclass(frozen=True)
class CatalogueCopy:
    """A service of the county's catalogue; prices in cents. Its `task` says which budget line pays it."""

    service_code: str
    name_fi: str
    name_en: str
    task: str
    arrangements: tuple[str, ...]
    unit: CareUnit
    reference_price_cents: int
    fee_rule: str
    statutory_right: bool
    version: int

    @property
    def voucher_enabled(self) -> bool:
        """Whether the county arranges it by voucher."""
        return Arrangement.VOUCHER in self.arrangements


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
    status: str
    version: int
    units: tuple[UnitCopy, ...] = ()
    ownership: str = ""

    @property
    def approved(self) -> bool:
        """Whether it may take new clients."""
        return self.status == "APPROVED"

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
    status: str
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
        if self.status == "SUSPENDED":
            before = self.suspended_from is not None and day < self.suspended_from
            safe = self.served_until is not None and day <= self.served_until
            return self.covers(day, day) and (before or safe)
        return self.status in {"ACTIVE", "TERMINATED", "EXPIRED"} and self.covers(day, day)


@dataclass(frozen=True)
class DeliveryCopy:
    """A recorded delivery."""

    delivery_id: UUID
    client_id: UUID
    plan_service_id: UUID | None
    voucher_id: UUID | None
    provider_id: UUID
    service_code: str
    service_date: date
    units: int
    mode: str = ""


@dataclass(frozen=True)
class SanctionCopy:
    """A sanction that reduces payments by `percent` for services of its days; without days it reduces nothing."""

    sanction_id: UUID
    contract_id: UUID
    percent: int
    first_day: date | None
    last_day: date | None
    version: int
