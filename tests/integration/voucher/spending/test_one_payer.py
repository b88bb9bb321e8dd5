"""A delivery has one payer, whoever asks first: a claim on a voucher or a charge on a commitment (INV-06)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.database import engine_from, sessions_from
from services.voucher.domain.claims.paid_delivery import Payer
from services.voucher.domain.claims.redemption import RedemptionState, RejectCode
from services.voucher.domain.claims.reversal import ReversalReason
from services.voucher.domain.spending.commitment import ChargeState, Commitment, commitment_id_for
from services.voucher.domain.vouchers.refusals import DuplicateClaim
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.reverse_redemption import reverse_redemption
from services.voucher.operations.spending.charge_delivery import charge_delivery
from services.voucher.storage.claims.paid_delivery import is_paid, take_delivery
from services.voucher.storage.spending.commitment import load_commitment
from services.voucher.views.outlook.proof import prove_ledger
from sote.careplan.v1 import events_pb2 as careplan
from sote.type.v1 import care_pb2
from tests.builders.voucher import settlements
from tests.builders.voucher.planned import Planned, RulesBus

pytestmark = pytest.mark.integration
DAYS = (date(2025, 3, 4), date(2025, 3, 5))


@pytest.fixture
def plan(session: Callable[[str], Session]) -> Planned:
    return Planned(session("voucher")).planned()


def take_over(plan: Planned, voucher: Voucher) -> Commitment:
    """PROCESS-C7: the county purchases the rest from the provider that served the voucher."""
    case = careplan.RerouteCaseFacts(
        reroute_case_id=str(uuid4()),
        client_id=str(plan.client_id),
        plan_id=str(plan.plan_id),
        plan_service_id=str(plan.service_id),
        voucher_id=str(voucher.id),
        version=3,
    )
    plan.on(date(2025, 3, 10))
    RulesBus().on_county_takes_over(plan.session, careplan.RerouteCountyTakesOver(reroute_case=case), plan.now)
    follow(plan)
    made = load_commitment(plan.session, commitment_id_for(plan.service_id))
    assert made is not None
    return made


def follow(plan: Planned, *, state: str = "ASSIGNED", delivered: int = 0) -> None:
    """The plan orders the service as a purchase."""
    facts = plan.facts_of(2, state=state)
    facts.services[0].arrangement = care_pb2.ARRANGEMENT_PURCHASE
    facts.services[0].provider_id = str(plan.coach)
    facts.services[0].units_delivered = delivered
    RulesBus().on_version_activated(plan.session, careplan.PlanVersionActivated(plan=facts), plan.now)


def charges(plan: Planned) -> list[ChargeState]:
    made = load_commitment(plan.session, commitment_id_for(plan.service_id))
    return [] if made is None else [charge.state for charge in made.charges]


def deliver(plan: Planned, voucher: Voucher, day: date, *, on_voucher: bool) -> UUID:
    """A session of the planned service, recorded with the voucher's id or without."""
    return plan.deliver(voucher, day=day, plan_service_id=plan.service_id, on_voucher=on_voucher)


def test_what_a_voucher_paid_is_not_charged_when_the_county_takes_over_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    for day in DAYS:
        plan.redeem(voucher, deliver(plan, voucher, day, on_voucher=True))
    take_over(plan, voucher)
    after = deliver(plan, voucher, date(2025, 3, 11), on_voucher=False)
    charge_delivery(plan.session, delivery_id=after, now=plan.now)
    batch = settlements.pay(plan, plan.coach)
    assert sorted(settlements.lines(plan, batch)) == [("CHARGE", 82_00), ("REDEMPTION", 82_00), ("REDEMPTION", 82_00)]
    assert batch.total == 3 * 82_00
    assert prove_ledger(plan.session).holds


@pytest.mark.parametrize("on_voucher", [True, False])
def test_a_claimed_delivery_is_not_charged_however_it_was_recorded_INV_06(plan: Planned, on_voucher: bool) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, DAYS[0], on_voucher=on_voucher)
    plan.redeem(voucher, delivery)
    take_over(plan, voucher)
    charge_delivery(plan.session, delivery_id=delivery, now=plan.now)
    assert charges(plan) == []


def test_a_delivery_on_a_voucher_is_never_charged_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, DAYS[0], on_voucher=True)
    take_over(plan, voucher)
    charge_delivery(plan.session, delivery_id=delivery, now=plan.now)
    assert charges(plan) == []
    assert plan.redeem(voucher, delivery).state is RedemptionState.ACCEPTED


def test_a_charged_delivery_cannot_be_claimed_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, DAYS[0], on_voucher=False)
    take_over(plan, voucher)
    assert charges(plan) == [ChargeState.ACCEPTED]
    with pytest.raises(DuplicateClaim):
        plan.redeem(voucher, delivery)
    assert prove_ledger(plan.session).holds


def test_a_rejected_claim_leaves_its_delivery_to_another_payer_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, DAYS[0], on_voucher=False)
    assert plan.redeem(voucher, delivery, unit_price=1).reject_code is RejectCode.PRICE
    assert not is_paid(plan.session, delivery)
    plan.redeem(voucher, delivery)
    assert is_paid(plan.session, delivery)


def test_a_rejected_charge_leaves_its_delivery_to_another_payer_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    early = deliver(plan, voucher, date(2025, 2, 20), on_voucher=False)
    take_over(plan, voucher)
    assert charges(plan) == [ChargeState.REJECTED]
    assert not is_paid(plan.session, early)


def test_a_commitment_ends_though_a_voucher_paid_part_of_its_service_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    plan.redeem(voucher, deliver(plan, voucher, DAYS[0], on_voucher=True))
    take_over(plan, voucher)
    follow(plan, state="COMPLETED", delivered=1)
    made = load_commitment(plan.session, commitment_id_for(plan.service_id))
    assert made is not None
    assert made.ended
    assert prove_ledger(plan.session).holds


@pytest.mark.parametrize("table", ["redemption", "charge"])
def test_the_database_refuses_a_second_payer_INV_06(plan: Planned, table: str) -> None:
    voucher = plan.accepted()
    claimed = deliver(plan, voucher, DAYS[0], on_voucher=True)
    plan.redeem(voucher, claimed)
    deliver(plan, voucher, DAYS[1], on_voucher=False)
    take_over(plan, voucher)
    plan.session.flush()
    (other,) = plan.session.scalars(text("select delivery_id from charge")).all()
    stolen = {"redemption": other, "charge": claimed}[table]
    with pytest.raises(IntegrityError, match="payer"):
        plan.session.execute(text(f"update {table} set delivery_id = :stolen"), {"stolen": stolen})


def test_the_proof_names_a_delivery_that_is_paid_but_by_nobody_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, DAYS[0], on_voucher=True)
    assert take_delivery(plan.session, delivery, Payer.CHARGE, uuid4())
    (difference,) = prove_ledger(plan.session).differences
    assert (difference.rule, difference.subject) == ("INV-06", f"deliveries/{delivery}")
    assert (difference.measure, difference.stored, difference.expected) == ("payers", 1, 0)


def test_the_proof_names_a_delivery_that_was_paid_twice_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, DAYS[0], on_voucher=True)
    plan.redeem(voucher, delivery)
    made = take_over(plan, voucher)
    plan.session.flush()
    plan.session.execute(text("alter table charge drop constraint fk_charge_delivery_id_payer_id"))
    insert = """
        insert into charge (id, county_scheme, county_code, commitment_id, delivery_id, provider_id, service_date,
                            units, amount, state, reject_code, created_at)
        values (:id, 'MAAKUNTA_2017', '06', :commitment, :delivery, :provider, '2025-03-04',
                1, 0, 'ACCEPTED', '', now())
    """
    row = {"id": uuid4(), "commitment": made.id, "delivery": delivery, "provider": plan.coach}
    plan.session.execute(text(insert), row)
    (difference,) = prove_ledger(plan.session).differences
    assert (difference.rule, difference.stored, difference.expected) == ("INV-06", 1, 2)


def test_whoever_asks_second_for_a_delivery_waits_and_is_refused_INV_06(new_database: Callable[[str], str]) -> None:
    engine = engine_from(new_database("voucher"), pool_size=2)
    sessions, delivery = sessions_from(engine), uuid4()

    def second() -> bool:
        with sessions.begin() as session:
            return take_delivery(session, delivery, Payer.CHARGE, uuid4())

    with ThreadPoolExecutor(1) as pool:
        with sessions.begin() as session:
            assert take_delivery(session, delivery, Payer.REDEMPTION, uuid4())
            asked = pool.submit(second)
            assert wait([asked], timeout=0.5).not_done
        assert asked.result(timeout=10) is False
    engine.dispose()


def test_a_claim_taken_back_leaves_its_delivery_to_another_payer_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, date(2025, 3, 12), on_voucher=False)
    claim = plan.redeem(voucher, delivery)
    take_over(plan, voucher)
    assert claim.state is RedemptionState.REJECTED
    assert charges(plan) == [ChargeState.ACCEPTED]
    assert prove_ledger(plan.session).holds


def test_a_reversed_claim_leaves_its_delivery_to_another_payer_INV_06(plan: Planned) -> None:
    voucher = plan.accepted()
    delivery = deliver(plan, voucher, DAYS[0], on_voucher=True)
    claim = plan.redeem(voucher, delivery)
    settlements.pay(plan, plan.coach)
    assert is_paid(plan.session, delivery)
    reverse_redemption(
        plan.session, redemption_id=claim.id, reason=ReversalReason.ERROR, etag="", subject="finance-1", now=plan.now
    )
    assert not is_paid(plan.session, delivery)
    assert prove_ledger(plan.session).holds
