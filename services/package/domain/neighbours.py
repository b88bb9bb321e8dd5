"""What this service knows of its neighbours: copies of their facts, the highest version seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.kernel.care import Arrangement, CareLevel, CareUnit, NeedDomain, Sector

CLOSED_CLIENTS = frozenset({"MOVED_OUT", "DECEASED", "MERGED"})
ARRANGEMENT_OF_KIND = {
    "INTERNAL_ASSIGNMENT": Arrangement.OWN,
    "DIRECT_CHOICE": Arrangement.DIRECT_CHOICE,
    "VOUCHER": Arrangement.VOUCHER,
    "PURCHASE": Arrangement.PURCHASE,
}


@dataclass(frozen=True, kw_only=True)
class UnitCopy:
    """A service unit."""

    unit_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class ProviderCopy:
    """A provider with its roles and units."""

    provider_id: UUID
    state: str
    roles: tuple[str, ...]
    units: tuple[UnitCopy, ...]
    version: int

    @property
    def is_enterprise(self) -> bool:
        """It is the county enterprise."""
        return "COUNTY_ENTERPRISE" in self.roles

    @property
    def is_approved(self) -> bool:
        """It may take new clients."""
        return self.state == "APPROVED"

    def unit(self, unit_id: UUID) -> UnitCopy | None:
        """Its unit with this id."""
        return next((unit for unit in self.units if unit.unit_id == unit_id), None)


@dataclass(frozen=True, kw_only=True)
class ContractCopy:
    """A contract with the services of its lines and the clauses in force."""

    contract_id: UUID
    provider_id: UUID
    kind: str
    state: str
    valid_from: date
    valid_to: date
    lines: Mapping[str, tuple[UUID, ...]]
    clauses: Mapping[str, Mapping[str, str]]
    version: int

    def is_in_force(self, day: date) -> bool:
        """ACTIVE, and `day` lies in its period."""
        return self.state == "ACTIVE" and self.valid_from <= day <= self.valid_to

    def covers(self, service_code: str, arrangement: Arrangement, unit_id: UUID | None) -> bool:
        """It has a line for the service so arranged, at the unit when one is named."""
        if ARRANGEMENT_OF_KIND.get(self.kind) is not arrangement or service_code not in self.lines:
            return False
        units = self.lines[service_code]
        return unit_id is None or not units or unit_id in units

    def lacks_clause(self, package_code: str) -> str | None:
        """The clause it lacks to be in the package's network; the enterprise's assignment needs none (S1.43b)."""
        if self.kind == "INTERNAL_ASSIGNMENT":
            return None
        if "REFERRAL" not in self.clauses:
            return "REFERRAL"
        link = self.clauses.get("PACKAGE_LINK")
        if link is None:
            return "PACKAGE_LINK"
        named = link.get("packages", "")
        return None if not named or package_code in named.split(",") else "PACKAGE_LINK"


@dataclass(frozen=True, kw_only=True)
class CatalogueCopy:
    """A service of the catalogue; None is a word of a later release."""

    service_code: str
    name_fi: str
    sector: Sector | None
    level: CareLevel | None
    arrangements: tuple[Arrangement, ...]
    unit: CareUnit | None
    version: int


@dataclass(frozen=True, kw_only=True)
class ClientCopy:
    """A client's state; nothing else of a client is kept here."""

    client_id: UUID
    state: str
    version: int

    @property
    def is_closed(self) -> bool:
        """No new matters (INV-16)."""
        return self.state in CLOSED_CLIENTS


@dataclass(frozen=True, kw_only=True)
class AssessmentCopy:
    """What a completed assessment says that entry criteria ask; `needs`: level by domain."""

    assessment_id: UUID
    client_id: UUID
    completed_date: date
    age_years: int
    child_in_household: bool
    informal_carer: bool
    needs: Mapping[NeedDomain, int]


@dataclass(frozen=True, kw_only=True)
class PlanServiceCopy:
    """A planned service that comes from an item of an enrolment."""

    plan_service_id: UUID
    enrolment_id: UUID
    item_code: str
    provider_id: UUID | None
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanCopy:
    """A version of a plan's row with its planned services that come from enrolments, and the ids of cancelled ones."""

    plan_id: UUID
    client_id: UUID
    version: int
    services: tuple[PlanServiceCopy, ...]
    cancelled: frozenset[UUID] = frozenset()

    def of_enrolment(self, enrolment_id: UUID) -> dict[str, PlanServiceCopy]:
        """The planned services of an enrolment that are not cancelled, by item."""
        return {service.item_code: service for service in self.services if service.enrolment_id == enrolment_id}


@dataclass(frozen=True)
class Market:
    """Who could deliver what, on a day."""

    providers: Mapping[UUID, ProviderCopy]
    contracts: Sequence[ContractCopy]
    catalogue: Mapping[str, CatalogueCopy]
    day: date

    def contracts_for(
        self, provider_id: UUID, service_code: str, arrangement: Arrangement, unit_id: UUID | None
    ) -> list[ContractCopy]:
        """The provider's contracts in force with a line for the service so arranged."""
        return [
            contract
            for contract in self.contracts
            if contract.provider_id == provider_id
            and contract.is_in_force(self.day)
            and contract.covers(service_code, arrangement, unit_id)
        ]
