"""Providers, conditions and contracts as the tests of their rules need them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from services.kernel.care import Arrangement, CareLevel, CareUnit, DeliveryMode, Sector
from services.provider.domain.catalogue import CatalogueEntry, ServiceTask
from services.provider.domain.condition import (
    Clause,
    Condition,
    ConditionKind,
    ConditionSet,
    ConditionSetState,
    Evidence,
    EvidenceState,
    inherited,
)
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.provider import (
    Application,
    Ownership,
    Provider,
    ProviderRole,
    ProviderState,
    Registration,
    RegistrationState,
    UnitKind,
    UnitTerms,
)
from services.provider.domain.sanction import Measure, Sanction, SanctionKind, SanctionState
from services.provider.domain.terms import ContractKind, ContractTerms, ServiceLine

NOW = datetime(2025, 3, 11, 8, tzinfo=UTC)
LATER = datetime(2025, 3, 12, 8, tzinfo=UTC)
TODAY = date(2025, 3, 11)
BASE: dict[str, Any] = {
    "county_scheme": "MAAKUNTA_2017",
    "county_code": "06",
    "version": 1,
    "created_at": NOW,
    "created_by": "tester",
    "updated_at": NOW,
}


def application() -> Application:
    """An application of a voucher provider."""
    values: dict[str, Any] = {
        "business_id": "9000006-2",
        "display_name": "Kotihoiva Lumme Oy",
        "ownership": Ownership.PRIVATE,
        "roles": (ProviderRole.VOUCHER,),
        "oid": "1.2.246.10.90000062.10.0",
        "registration": Registration(
            register="SOTERI", number="1", from_date=date(2024, 1, 1), state=RegistrationState.VALID
        ),
    }
    return Application(**values)


def provider(state: ProviderState = ProviderState.APPROVED, **differently: Any) -> Provider:
    """A provider in a state."""
    told = replace(application(), **differently)
    return Provider(
        id=uuid4(),
        business_id=told.business_id,
        roles=told.roles,
        application=told,
        state=state,
        state_reason="",
        **BASE,
    )


def unit_terms(code: str = "U14", oid: str = "1.2.246.10.90000062.10.1") -> UnitTerms:
    """A unit to add."""
    return UnitTerms(
        code=code,
        display_name="Lumme",
        oid=oid,
        kind=UnitKind.OTHER,
        municipality_code="837",
        modes=(DeliveryMode.AT_HOME,),
        languages=("fi",),
        capacity=0,
        area_municipality_codes=(),
    )


def condition(code: str, kind: ConditionKind = ConditionKind.STATUTORY, *, mandatory: bool = True) -> Condition:
    """A condition."""
    return Condition(code=code, text="Something is asked.", kind=kind, mandatory=mandatory)


def conditions(
    state: ConditionSetState = ConditionSetState.PUBLISHED,
    *,
    scope: str = "VOUCHER",
    asked: tuple[Condition, ...] = (),
    clauses: tuple[Clause, ...] = (),
) -> ConditionSet:
    """A version of conditions in a state."""
    return ConditionSet(
        id=uuid4(),
        scope=scope,
        number=2,
        conditions=asked,
        clauses=clauses,
        valid_from=date(2025, 1, 1),
        state=state,
        **BASE,
    )


def evidence(code: str, status: EvidenceState = EvidenceState.MET, valid_to: date | None = None) -> Evidence:
    """A finding."""
    return Evidence(
        id=uuid4(),
        provider_id=uuid4(),
        condition_code=code,
        state=status,
        valid_to=valid_to,
        document_ref="",
        **BASE,
    )


def entry(code: str = "SOC-FAM-HOME", cents: int = 3600, *arrangements: Arrangement) -> CatalogueEntry:
    """A service of the catalogue; by voucher and own production unless told."""
    return CatalogueEntry(
        service_code=code,
        name_fi="Kotipalvelu",
        name_en="Home help",
        sector=Sector.SOCIAL,
        level=CareLevel.PRIMARY,
        task=ServiceTask.LAPSIPERHE,
        sensitive=False,
        arrangements=arrangements or (Arrangement.OWN, Arrangement.VOUCHER),
        unit=CareUnit.HOUR,
        reference_price_cents=cents,
        fee_rule="FREE",
        statutory_right=False,
    )


def line(
    code: str = "SOC-FAM-HOME", cents: int = 3600, *, voucher: bool = True, units: tuple[UUID, ...] = ()
) -> ServiceLine:
    """A line of a contract."""
    return ServiceLine(service_code=code, unit_ids=units, unit_price_cents=cents, voucher=voucher, capacity=0)


def terms(kind: ContractKind = ContractKind.VOUCHER) -> ContractTerms:
    """Terms of a contract for two years."""
    values: dict[str, Any] = {
        "kind": kind,
        "lines": (line(voucher=kind is ContractKind.VOUCHER),),
        "own_clauses": (),
        "valid_from": date(2025, 1, 1),
        "valid_to": date(2026, 12, 31),
        "notice_days": 90,
    }
    return ContractTerms(**values)


def contract(
    state: ContractState = ContractState.DRAFT,
    *,
    of: Provider | None = None,
    under: ConditionSet | None = None,
    agreed: ContractTerms | None = None,
) -> Contract:
    """A contract in a state."""
    agreed, under = agreed or terms(), under or conditions()
    return Contract(
        id=uuid4(),
        number="SOP-06-000001",
        provider_id=(of or provider()).id,
        kind=agreed.kind,
        condition_set_id=under.id,
        condition_set_number=under.number,
        terms=agreed,
        clauses=inherited(under.clauses, agreed.own_clauses),
        state=state,
        termination_effective=None,
        **BASE,
    )


def renamed(told: ContractTerms, *codes: str) -> ContractTerms:
    """The terms with clauses of these codes."""
    return replace(told, own_clauses=tuple(Clause(code) for code in codes))


def sanction(
    kind: SanctionKind = SanctionKind.NOTICE,
    state: SanctionState = SanctionState.PROPOSED,
    *,
    until: date | None = None,
    statement: str | None = None,
) -> Sanction:
    """A sanction in a state."""
    return Sanction(
        id=uuid4(),
        contract_id=uuid4(),
        provider_id=uuid4(),
        measure=Measure(kind=kind, grounds="deviations", reduction_percent=0, until=until),
        state=state,
        hearing_due=None,
        statement=statement,
        imposed_on=None,
        until=until,
        escalated_from=None,
        **BASE,
    )
