"""Whether a service line may stand in a plan: catalogue, provider, unit and contract (PLAN-3, PLAN-6, S1.23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.careplan.domain.neighbours.copies import CatalogueEntryCopy, ContractCopy, Host, ProviderCopy
from services.careplan.domain.plans.content import ServiceLine
from services.careplan.domain.plans.refusals import (
    ArrangementNotAllowed,
    ModeTextRequired,
    NoActiveContract,
    NoCentreDecision,
    PeriodInvalid,
    ProviderNotAllowed,
    ProviderNotApproved,
    ProviderRequired,
    ProviderUnitUnknown,
    ProviderUnknown,
    ServiceNotInCatalogue,
    UnitMismatch,
)
from services.kernel.care import Arrangement, CareUnit, DeliveryMode

CENTRE = "HSSC"
CONTRACT_KINDS = {
    Arrangement.OWN: "INTERNAL_ASSIGNMENT",
    Arrangement.DIRECT_CHOICE: "DIRECT_CHOICE",
    Arrangement.VOUCHER: "VOUCHER",
    Arrangement.PURCHASE: "PURCHASE",
}


@dataclass(frozen=True)
class Wish:
    """A service line as asked for, before the catalogue and the contracts have their say."""

    service_code: str
    arrangement: Arrangement
    units: int
    from_date: date
    to_date: date
    plan_service_id: UUID | None = None
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    unit: CareUnit | None = None
    frequency: str = ""
    modes: tuple[DeliveryMode, ...] = ()
    mode_text: str = ""
    goal_ids: tuple[UUID, ...] = ()

    def line(self, entry: CatalogueEntryCopy | None, new_id: UUID) -> ServiceLine:
        """The line it becomes: unit and sensitivity from the catalogue; refuses a service that is not in it."""
        if entry is None:
            raise ServiceNotInCatalogue(f"the county's catalogue has no service {self.service_code}")
        unit = self.unit or entry.known_unit
        if unit is None:
            raise UnitMismatch(f"the county's catalogue counts {self.service_code} in {entry.unit}, which is not known")
        return ServiceLine(
            plan_service_id=self.plan_service_id or new_id,
            service_code=self.service_code,
            arrangement=self.arrangement,
            units=self.units,
            unit=unit,
            from_date=self.from_date,
            to_date=self.to_date,
            provider_id=self.provider_id,
            unit_id=self.unit_id,
            frequency=self.frequency,
            modes=self.modes,
            mode_text=self.mode_text,
            goal_ids=self.goal_ids,
            sensitive=entry.sensitive,
        )

    def equals(self, line: ServiceLine) -> bool:
        """Whether `line` is an equal service already planned: to be linked, not duplicated (PROCESS-B3, S1.09)."""
        same = (self.service_code, self.arrangement) == (line.service_code, line.arrangement)
        whose = self.provider_id is None or self.provider_id == line.provider_id
        overlaps = self.from_date <= line.to_date and line.from_date <= self.to_date
        return same and whose and overlaps


def check_terms(line: ServiceLine, *, by_client: bool = False) -> None:
    """Refuse a line that contradicts itself; `by_client` says that a voucher's provider was chosen already."""
    if line.to_date < line.from_date:
        raise PeriodInvalid(f"the last day {line.to_date} is before the first, {line.from_date}")
    if DeliveryMode.OTHER in line.modes and not line.mode_text.strip():
        raise ModeTextRequired("another way of delivery is described in words")
    if line.arrangement is not Arrangement.VOUCHER and line.provider_id is None:
        raise ProviderRequired(f"the service {line.service_code} is not by voucher and names no provider")
    if line.arrangement is Arrangement.VOUCHER and line.provider_id is not None and not by_client:
        raise ProviderNotAllowed(f"the service {line.service_code} is by voucher: the client chooses the provider")


def check_catalogue(line: ServiceLine, entry: CatalogueEntryCopy | None) -> None:
    """Refuse a line that the county's catalogue does not allow (PLAN-3)."""
    if entry is None:
        raise ServiceNotInCatalogue(f"the county's catalogue has no service {line.service_code}")
    if line.arrangement not in entry.arrangements:
        raise ArrangementNotAllowed(
            f"the county's catalogue does not let {line.service_code} be arranged as {line.arrangement}"
        )
    if line.unit is not entry.known_unit:
        raise UnitMismatch(f"the county's catalogue counts {line.service_code} in {entry.unit}, not in {line.unit}")


def check_provider(line: ServiceLine, provider: ProviderCopy | None, host: Host | None = None) -> None:
    """Refuse a line whose provider the county has not approved, or that lacks the unit (S1.23).

    County staff may also work at a centre of another organisation, the `host`, where the county decided so (S1.20).
    """
    if provider is None:
        raise ProviderUnknown(f"the provider of {line.service_code} is not known here, or not yet")
    if provider.state != "APPROVED":
        raise ProviderNotApproved(f"the provider of {line.service_code} is not approved by the county")
    if line.unit_id is not None and provider.unit(line.unit_id) is None:
        _check_host(line, line.unit_id, host)


def _check_host(line: ServiceLine, unit_id: UUID, host: Host | None) -> None:
    """Refuse a unit of another organisation but for a county service at a centre, decided for all its days (S2.24)."""
    at_centre = line.arrangement is Arrangement.OWN and DeliveryMode.AT_CENTRE in line.modes
    if host is None or host.unit.kind != CENTRE or not at_centre:
        raise ProviderUnitUnknown(f"the provider of {line.service_code} has no service unit {unit_id}")
    if not any(
        decision.covers(line.service_code, unit_id, line.from_date, line.to_date) for decision in host.decisions
    ):
        raise NoCentreDecision(
            f"no decision of the county lets {line.service_code} be given at that centre on all of its days"
        )


def contract_covering(line: ServiceLine, contracts: Iterable[ContractCopy], today: date) -> ContractCopy:
    """The contract in force that covers the line from its first day, or from today when that is later (S1.23)."""
    day = max(line.from_date, min(today, line.to_date))
    for contract in contracts:
        if (
            contract.provider_id == line.provider_id
            and contract.kind == CONTRACT_KINDS[line.arrangement]
            and contract.state == "ACTIVE"
            and contract.valid_from <= day <= contract.valid_to
            and _covers(contract, line)
        ):
            return contract
    raise NoActiveContract(f"no contract in force covers {line.service_code} by its provider on {day}")


def _covers(contract: ContractCopy, line: ServiceLine) -> bool:
    """Whether a line of the contract is for the service, at the unit if the plan names one."""
    return any(
        agreed.service_code == line.service_code
        and (line.unit_id is None or not agreed.unit_ids or line.unit_id in agreed.unit_ids)
        for agreed in contract.lines
    )
