"""Packages, neighbours and enrolments as the tests of their rules need them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from services.kernel.care import Arrangement, CareLevel, CareUnit, DeliveryMode, NeedDomain, Sector
from services.package.domain.enrolment import Enrolment, EnrolmentState, Step
from services.package.domain.enrolment_item import EnrolmentItem, ItemState
from services.package.domain.neighbours import (
    AssessmentCopy,
    CatalogueCopy,
    ClientCopy,
    ContractCopy,
    Market,
    PlanCopy,
    PlanServiceCopy,
    ProviderCopy,
    UnitCopy,
)
from services.package.domain.package import (
    ClientGroup,
    Coordinator,
    Criteria,
    Item,
    Member,
    Package,
    PackageContent,
    PackageState,
)

NOW = datetime(2025, 3, 11, 8, tzinfo=UTC)
LATER = datetime(2025, 3, 12, 8, tzinfo=UTC)
TODAY = date(2025, 3, 11)
BASE: dict[str, Any] = {
    "county_scheme": "MAAKUNTA_2017",
    "county_code": "06",
    "version": 1,
    "created_at": NOW,
    "created_by": "official-1",
    "updated_at": NOW,
}
ENTERPRISE, HELPER, FAMILIES = UUID(int=1), UUID(int=2), UUID(int=3)
OFFICE, CARE_CENTRE, HELPERS_UNIT = UUID(int=11), UUID(int=12), UUID(int=13)
LINKED = {"REFERRAL": {"weekdays": "5"}, "PACKAGE_LINK": {"packages": "FAMILY,OTHER"}}


def item(code: str, arrangement: Arrangement = Arrangement.OWN) -> Item:
    """An item whose service has its code."""
    values: dict[str, Any] = {
        "item_code": code,
        "service_code": code,
        "units": 10,
        "unit": CareUnit.HOUR,
        "duration_months": 6,
        "arrangement": arrangement,
        "modes": (DeliveryMode.AT_HOME,),
        "mandatory": arrangement is Arrangement.OWN,
        "depends_on": "",
        "unit_cost_cents": 5_000,
    }
    return Item(**values)


def content() -> PackageContent:
    """Own family work (mandatory), home help by voucher, support families purchased: 1 500.00 of 2 000.00."""
    values: dict[str, Any] = {
        "name_fi": "Perhekeskus",
        "name_en": "Family centre",
        "name_sv": "",
        "client_group": ClientGroup.FAMILIES_WITH_CHILDREN,
        "goals": (),
        "criteria": Criteria(need_domains=(NeedDomain.CARE_AND_UPBRINGING,), need_min_level=2, need_min_domains=1),
        "coordinator": Coordinator(ENTERPRISE, OFFICE),
        "members": (member(ENTERPRISE, "WORK"), member(HELPER, "HOME"), member(FAMILIES, "SUPP")),
        "items": (
            item("WORK"),
            item("HOME", Arrangement.VOUCHER),
            item("SUPP", Arrangement.PURCHASE),
        ),
        "envelope_cents": 200_000,
        "single_unit": False,
        "indicators": (),
    }
    return PackageContent(**values)


def member(provider_id: UUID, *item_codes: str, unit_id: UUID | None = None) -> Member:
    """A member for these items."""
    return Member(provider_id=provider_id, unit_id=unit_id, role="member", item_codes=item_codes)


def package(state: PackageState = PackageState.DRAFT, *, drafting: bool = False, **differently: Any) -> Package:
    """A package in a state; a published one may have a draft."""
    first = state is PackageState.DRAFT
    return Package(
        id=uuid4(),
        code="FAMILY",
        state=state,
        published_number=0 if first else 1,
        published=None if first else replace(content(), **differently),
        draft_number=(1 if first else 2) if first or drafting else 0,
        draft=replace(content(), **differently) if first or drafting else None,
        **BASE,
    )


def provider(uid: UUID, *roles: str, units: tuple[UnitCopy, ...] = (), state: str = "APPROVED") -> ProviderCopy:
    """A provider as heard of."""
    return ProviderCopy(provider_id=uid, state=state, roles=roles, units=units, version=1)


def contract(provider_id: UUID, kind: str, *services: str) -> ContractCopy:
    """A contract in force for these services, linked to packages."""
    values: dict[str, Any] = {
        "contract_id": uuid4(),
        "provider_id": provider_id,
        "kind": kind,
        "state": "ACTIVE",
        "valid_from": date(2025, 1, 1),
        "valid_to": date(2026, 12, 31),
        "lines": dict.fromkeys(services, ()),
        "clauses": {} if kind == "INTERNAL_ASSIGNMENT" else LINKED,
        "version": 1,
    }
    return ContractCopy(**values)


def entry(code: str, *arrangements: Arrangement, sector: Sector = Sector.SOCIAL) -> CatalogueCopy:
    """A service of the catalogue."""
    values: dict[str, Any] = {
        "service_code": code,
        "name_fi": code,
        "sector": sector,
        "level": CareLevel.PRIMARY,
        "arrangements": arrangements or tuple(Arrangement),
        "unit": CareUnit.HOUR,
        "version": 1,
    }
    return CatalogueCopy(**values)


def market(*contracts: ContractCopy) -> Market:
    """The county of `content`, with the contracts it needs unless others are given."""
    units = (UnitCopy(unit_id=OFFICE, kind="OTHER"), UnitCopy(unit_id=CARE_CENTRE, kind="REGIONAL_CARE_CENTRE"))
    providers = [
        provider(ENTERPRISE, "COUNTY_ENTERPRISE", units=units),
        provider(HELPER, "VOUCHER", units=(UnitCopy(unit_id=HELPERS_UNIT, kind="OTHER"),)),
        provider(FAMILIES, "PURCHASED"),
    ]
    return Market(
        providers={one.provider_id: one for one in providers},
        contracts=contracts or contracts_of_content(),
        catalogue={code: entry(code) for code in ("WORK", "HOME", "SUPP")},
        day=TODAY,
    )


def contracts_of_content() -> tuple[ContractCopy, ...]:
    """What the members of `content` hold."""
    return (
        contract(ENTERPRISE, "INTERNAL_ASSIGNMENT", "WORK"),
        contract(HELPER, "VOUCHER", "HOME"),
        contract(FAMILIES, "PURCHASE", "SUPP"),
    )


def client(state: str = "ACTIVE") -> ClientCopy:
    """A client as heard of."""
    return ClientCopy(client_id=UUID(int=21), state=state, version=1)


def assessment() -> AssessmentCopy:
    """A child's assessment that meets the criteria."""
    values: dict[str, Any] = {
        "assessment_id": UUID(int=31),
        "client_id": UUID(int=21),
        "completed_date": date(2025, 2, 18),
        "age_years": 7,
        "child_in_household": True,
        "informal_carer": False,
        "needs": {NeedDomain.CARE_AND_UPBRINGING: 3},
    }
    return AssessmentCopy(**values)


def enrolment_item(
    code: str, state: ItemState = ItemState.OFFERED, *, mandatory: bool = False, cents: int = 5_000
) -> EnrolmentItem:
    """An item of an enrolment, ten units."""
    return EnrolmentItem(
        id=uuid4(),
        position=0,
        item_code=code,
        service_code=code,
        arrangement=Arrangement.OWN,
        provider_id=None,
        units=10,
        unit=CareUnit.HOUR,
        from_date=date(2025, 3, 1),
        to_date=date(2025, 8, 31),
        modes=(DeliveryMode.AT_HOME,),
        mandatory=mandatory,
        unit_cost_cents=cents,
        state=state,
    )


def enrolment(
    state: EnrolmentState = EnrolmentState.PROPOSED, *items: EnrolmentItem, step: Step = Step.NONE
) -> Enrolment:
    """An enrolment in a state, by default with one mandatory and one optional item in the fitting state."""
    fitting = {
        EnrolmentState.PROPOSED: ItemState.OFFERED,
        EnrolmentState.ACCEPTED: ItemState.TAKEN,
        EnrolmentState.EXPANDING: ItemState.PLANNED,
        EnrolmentState.COMPLETED: ItemState.COMPLETED,
    }.get(state, ItemState.IN_FORCE)
    own = items or (enrolment_item("WORK", fitting, mandatory=True), enrolment_item("HOME", fitting))
    return Enrolment(
        id=uuid4(),
        client_id=UUID(int=21),
        package_id=uuid4(),
        package_code="FAMILY",
        package_number=1,
        assessment_id=UUID(int=31),
        exception_reason="",
        envelope_cents=100_000,
        proposing_organisation_id=ENTERPRISE,
        state=state,
        step=step,
        step_since=NOW,
        plan_id=None,
        plan_version=0,
        reason="",
        items=list(own),
        **BASE,
    )


def plan(of: Enrolment, version: int, *codes: str, provider_id: UUID | None = None) -> PlanCopy:
    """A plan that holds these items of the enrolment."""
    return PlanCopy(
        plan_id=UUID(int=41),
        client_id=of.client_id,
        version=version,
        services=tuple(
            PlanServiceCopy(
                plan_service_id=UUID(int=100 + place), enrolment_id=of.id, item_code=code, provider_id=provider_id
            )
            for place, code in enumerate(codes)
        ),
    )
