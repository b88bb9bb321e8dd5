"""Vouchers, contracts and the rest, complete and in order; a test says only what it is about.

A neighbour's copy is changed with `dataclasses.replace`, which knows its fields: `replace(unit(), capacity=3)`.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from services.kernel.care import Arrangement, CareUnit
from services.voucher.domain.choices.choice import Wanted
from services.voucher.domain.claims.rerouting import Reroute, RerouteCause
from services.voucher.domain.money import Regime, ValueKind
from services.voucher.domain.neighbours.client import AssessmentCopy, ClientCopy, DecisionCopy
from services.voucher.domain.neighbours.plan import DeliveryCopy, PlanServiceCopy
from services.voucher.domain.neighbours.provider import (
    CatalogueCopy,
    ContractCopy,
    ContractLine,
    ProviderCopy,
    UnitCopy,
)
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher

TODAY = date(2025, 3, 3)
NOW = datetime(2025, 3, 3, 8, 0, tzinfo=UTC)
FIRST, LAST = date(2025, 3, 1), date(2025, 3, 31)
ENTERPRISE, PROVIDER, OTHER = UUID(int=1), UUID(int=5), UUID(int=6)
CLIENT, DECISION, ASSESSMENT = UUID(int=100), UUID(int=101), UUID(int=102)
CONTRACT, UNIT = UUID(int=200), UUID(int=300)
SERVICE = "SOC-NEURO-COACH"


def offer() -> Offer:
    """Story 1's coach: 82.00 of a value of 85.00."""
    return Offer(
        provider_id=PROVIDER,
        contract_id=CONTRACT,
        contract_version=3,
        unit_price=82_00,
        county_share=82_00,
        client_share=0,
        units=(),
    )


def voucher(state: State = State.DRAFT, **changes: Any) -> Voucher:
    """Story 1's item c: 15 sessions of 85.00; with a provider where the state has one."""
    made = Voucher(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        number="V-06-2025-000001",
        client_id=CLIENT,
        assessment_id=ASSESSMENT,
        decision_id=DECISION,
        plan_id=None,
        plan_service_id=None,
        enrolment_id=None,
        item_code="",
        service_code=SERVICE,
        unit=CareUnit.SESSION,
        regime=Regime.ASIAKASSETELI,
        value_kind=ValueKind.FIXED,
        fee_rule="FREE",
        units_granted=15,
        unit_value=85_00,
        max_value=15 * 85_00,
        valid_from=FIRST,
        valid_to=LAST,
        claim_until=date(2025, 4, 30),
        content_spec=ContentSpec(text="coaching"),
        issuer_organisation_id=ENTERPRISE,
        issuer_subject="official",
        created_at=NOW,
        created_by="official",
        updated_at=NOW,
    )
    made.state = state
    if state in {State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED, State.CLOSING}:
        made.provider_id, made.contract_id, made.contract_version = PROVIDER, CONTRACT, 3
        made.agreed_price, made.county_share, made.client_share = 82_00, 82_00, 0
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def reroute_of(one: Voucher) -> Reroute:
    """The voucher left its provider on the 10th with a unit held."""
    return Reroute(
        id=uuid4(),
        voucher_id=one.id,
        provider_id=PROVIDER,
        unit_id=None,
        contract_id=CONTRACT,
        agreed_price=82_00,
        county_share=82_00,
        cause=RerouteCause.CLIENT_CHANGE,
        first_day=FIRST,
        cut_off=date(2025, 3, 10),
        claim_until=date(2025, 4, 8),
        declare_due=None,
        units_held=1,
        created_at=NOW,
        created_by="official",
        updated_at=NOW,
    )


def unit() -> UnitCopy:
    """A unit without a limit."""
    return UnitCopy(UNIT, PROVIDER, "U16", "Coaches", "837", ("E_SERVICE",), ("fi",), 0)


def provider() -> ProviderCopy:
    """An approved provider with one unit."""
    return ProviderCopy(PROVIDER, "9000007-0", "Coaches Ltd", ("VOUCHER",), "APPROVED", 4, (unit(),))


def line() -> ContractLine:
    """The service for vouchers at 82.00."""
    return ContractLine(CONTRACT, SERVICE, (), 82_00, True, 0)


def contract() -> ContractCopy:
    """An active contract for the whole year."""
    return ContractCopy(
        contract_id=CONTRACT,
        number="SOP-06-0006",
        provider_id=PROVIDER,
        kind="VOUCHER",
        state="ACTIVE",
        valid_from=date(2025, 1, 1),
        valid_to=date(2025, 12, 31),
        termination_effective=None,
        version=3,
        lines=(line(),),
    )


def wanted() -> Wanted:
    """What the voucher above wants."""
    return Wanted(UUID(int=9), SERVICE, 15, FIRST, LAST, Regime.ASIAKASSETELI, 85_00, "FREE")


def client() -> ClientCopy:
    """An open client without flags."""
    return ClientCopy(CLIENT, "ACTIVE", (), 2)


def assessment() -> AssessmentCopy:
    """The enterprise's own, completed."""
    return AssessmentCopy(ASSESSMENT, CLIENT, ENTERPRISE, date(2025, 2, 18))


def decision() -> DecisionCopy:
    """Fifteen sessions in March."""
    return DecisionCopy(DECISION, ASSESSMENT, CLIENT, SERVICE, "GRANTED", 15, FIRST, LAST, 1)


def catalogue() -> CatalogueCopy:
    """The service as the county arranges it."""
    return CatalogueCopy(
        service_code=SERVICE,
        name_fi="Neuropsykiatrinen valmennus",
        name_en="Neuropsychiatric coaching",
        task="LAPSIPERHE",
        arrangements=("VOUCHER",),
        unit=CareUnit.SESSION,
        reference_price_cents=85_00,
        fee_rule="FREE",
        statutory_right=False,
        version=1,
    )


def plan_service() -> PlanServiceCopy:
    """A planned service that awaits the client's choice."""
    return PlanServiceCopy(
        plan_service_id=UUID(int=400),
        plan_id=UUID(int=401),
        client_id=CLIENT,
        service_code=SERVICE,
        arrangement=Arrangement.VOUCHER,
        state="AWAITING_CHOICE",
        provider_id=None,
        unit_id=None,
        contract_id=None,
        voucher_id=None,
        enrolment_id=None,
        item_code="",
        units=15,
        unit="SESSION",
        from_date=FIRST,
        to_date=LAST,
    )


def delivery(of: Voucher) -> DeliveryCopy:
    """One session on the voucher."""
    return DeliveryCopy(uuid4(), CLIENT, None, of.id, PROVIDER, SERVICE, date(2025, 3, 10), 1)
