"""Whether a service line may stand in a plan: catalogue, provider, unit and contract (PLAN-3, PLAN-6, S1.23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.careplan.domain.neighbours.copies import CatalogueEntry, Host, KnownContract, KnownProvider
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
from services.careplan.domain.terms import Arrangement, CareUnit, DeliveryMode

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

    def line(self, entry: CatalogueEntry | None, new_id: UUID) -> ServiceLine:
        """The line it becomes: unit and sensitivity from the catalogue; refuses a service that is not in it."""
        if entry is None:
            raise ServiceNotInCatalogue
        return ServiceLine(
            plan_service_id=self.plan_service_id or new_id,
            service_code=self.service_code,
            arrangement=self.arrangement,
            units=self.units,
            unit=self.unit or entry.unit,
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
        raise PeriodInvalid
    if DeliveryMode.OTHER in line.modes and not line.mode_text.strip():
        raise ModeTextRequired
    if line.arrangement is not Arrangement.VOUCHER and line.provider_id is None:
        raise ProviderRequired
    if line.arrangement is Arrangement.VOUCHER and line.provider_id is not None and not by_client:
        raise ProviderNotAllowed


def check_catalogue(line: ServiceLine, entry: CatalogueEntry | None) -> None:
    """Refuse a line that the county's catalogue does not allow (PLAN-3)."""
    if entry is None:
        raise ServiceNotInCatalogue
    if line.arrangement not in entry.arrangements:
        raise ArrangementNotAllowed
    if line.unit is not entry.unit:
        raise UnitMismatch


def check_provider(line: ServiceLine, provider: KnownProvider | None, host: Host | None = None) -> None:
    """Refuse a line whose provider the county has not approved, or that lacks the unit (S1.23).

    County staff may also work at a centre of another organisation, the `host`, where the county decided so (S1.20).
    """
    if provider is None:
        raise ProviderUnknown
    if provider.status != "APPROVED":
        raise ProviderNotApproved
    if line.unit_id is not None and provider.unit(line.unit_id) is None:
        _check_host(line, line.unit_id, host)


def _check_host(line: ServiceLine, unit_id: UUID, host: Host | None) -> None:
    """Refuse a unit of another organisation but for a county service at a centre, decided for all its days (S2.24)."""
    at_centre = line.arrangement is Arrangement.OWN and DeliveryMode.AT_CENTRE in line.modes
    if host is None or host.unit.kind != CENTRE or not at_centre:
        raise ProviderUnitUnknown
    if not any(one.covers(line.service_code, unit_id, line.from_date, line.to_date) for one in host.decisions):
        raise NoCentreDecision


def find_contract(line: ServiceLine, contracts: Iterable[KnownContract], today: date) -> KnownContract:
    """The contract in force that covers the line from its first day, or from today when that is later (S1.23)."""
    day = max(line.from_date, min(today, line.to_date))
    for contract in contracts:
        if (
            contract.provider_id == line.provider_id
            and contract.kind == CONTRACT_KINDS[line.arrangement]
            and contract.status == "ACTIVE"
            and contract.valid_from <= day <= contract.valid_to
            and _covers(contract, line)
        ):
            return contract
    raise NoActiveContract


def _covers(contract: KnownContract, line: ServiceLine) -> bool:
    """Whether a line of the contract is for the service, at the unit if the plan names one."""
    return any(
        one.service_code == line.service_code
        and (line.unit_id is None or not one.unit_ids or line.unit_id in one.unit_ids)
        for one in contract.lines
    )
