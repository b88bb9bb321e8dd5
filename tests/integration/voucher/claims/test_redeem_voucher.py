"""Redemption (VOUCHER-7, VOUCHER-8, VOUCHER-14), revocation (VOUCHER-13), time (VOUCHER-11, VOUCHER-12) and the
finish (VOUCHER-15) on a real database."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.chassis.database import outbox, work_item
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.claims.redemption import RedemptionState, RejectCode
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.refusals import (
    DeliveryMissing,
    DuplicateClaim,
    IssuerNotAllowed,
    NoRelationship,
    UnitsExceeded,
)
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.revoke_voucher import revoke_of_plan, revoke_voucher
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import money_of
from sote.voucher.v1 import redemption_pb2
from tests.builders.voucher.county import World
from tests.builders.voucher.settlements import pay

pytestmark = pytest.mark.integration


def revoke(world: World, voucher: Voucher, **changes: object) -> Voucher:
    """VOUCHER-13 as of today."""
    arguments = {
        "reason": RevokeReason.NEED_ENDED,
        "cut_off": None,
        "official": world.official,
        "rules": world.rules,
        "now": world.now,
    }
    return revoke_voucher(world.session, voucher_id=voucher.id, **{**arguments, **changes})  # type: ignore[arg-type]


def test_a_claim_as_agreed_is_accepted_and_stays_committed_VOUCHER_7_PROCESS_A13(world: World) -> None:
    voucher = world.active()
    claim = world.redeem(voucher, world.deliver(voucher, units=2))
    assert (claim.state, claim.units, claim.county_share, claim.client_share) == (
        RedemptionState.ACCEPTED,
        2,
        164_00,
        0,
    )
    assert (voucher.state, voucher.units_redeemed, voucher.redeemed_cents) == (State.PARTIALLY_REDEEMED, 2, 164_00)
    assert world.balance(voucher) == Balance(committed=1230_00)
    assert world.facts(voucher)[-1] == "VoucherRedeemed"
    accepted = select(outbox.c.routing_key).where(outbox.c.headers["subject"].astext == f"redemptions/{claim.id}")
    assert world.session.execute(accepted).scalars().all() == ["sote.voucher.v1.RedemptionAccepted"]
    assert [one.uid for one in world.section().redemptions] == [str(claim.id)]


@pytest.mark.parametrize(
    ("delivered", "claimed", "code"),
    [
        ({"service_code": "HLT-OT"}, {}, RejectCode.WRONG_SERVICE),
        ({"day": date(2025, 4, 1)}, {}, RejectCode.EXPIRED),
        ({}, {"units": 2}, RejectCode.OVER_UNITS),
        ({}, {"unit_price": 83_00}, RejectCode.PRICE),
    ],
)
def test_what_contradicts_the_agreement_is_recorded_and_may_be_sent_again_corrected_PROCESS_A13(
    world: World, delivered: dict[str, Any], claimed: dict[str, Any], code: RejectCode
) -> None:
    voucher = world.active()
    delivery = world.deliver(voucher, **delivered)
    claim = world.redeem(voucher, delivery, **claimed)
    assert (claim.state, claim.reject_code) == (RedemptionState.REJECTED, code)
    assert (voucher.state, voucher.units_redeemed) == (State.ACTIVE, 0)
    assert world.section().redemptions[0].reject_code == redemption_pb2.RejectCode.Value(f"REJECT_CODE_{code}")
    if not delivered:
        assert world.redeem(voucher, delivery).state is RedemptionState.ACCEPTED


def test_only_recorded_deliveries_and_each_once_INV_26(world: World) -> None:
    voucher = world.active()
    with pytest.raises(DeliveryMissing):
        world.redeem(voucher, uuid4())
    delivery = world.deliver(voucher)
    world.redeem(voucher, delivery)
    with pytest.raises(DuplicateClaim):
        world.redeem(voucher, delivery)


def test_nobody_but_the_provider_and_only_once_active_INV_07(world: World) -> None:
    voucher = world.issue(world.draft())
    world.guide(voucher)
    world.choose(voucher)
    delivery = world.deliver(voucher)
    with pytest.raises(NoRelationship):
        world.redeem(voucher, delivery, provider_id=uuid4())
    with pytest.raises(IllegalTransition):
        world.redeem(voucher, delivery)


def test_the_last_unit_closes_the_voucher_and_one_more_is_refused_VOUCHER_8(world: World) -> None:
    voucher = world.active()
    world.redeem(voucher, world.deliver(voucher, units=15))
    assert voucher.state is State.CLOSING
    assert world.balance(voucher) == Balance(committed=1230_00)
    assert world.facts(voucher)[-2:] == ["VoucherRedeemed", "VoucherFullyRedeemed"]
    with pytest.raises(UnitsExceeded):
        world.redeem(voucher, world.deliver(voucher))


def test_fully_redeemed_paid_and_finished_at_once_PROCESS_A14_PROCESS_A15(world: World) -> None:
    voucher = world.active()
    world.redeem(voucher, world.deliver(voucher, units=15))
    assert world.pass_time(date(2025, 3, 20)) == 0
    assert pay(world, world.coach).total == 1230_00
    assert world.pass_time(date(2025, 3, 20)) == 1
    world.session.refresh(voucher)
    assert voucher.state is State.SETTLED
    assert world.balance(voucher) == Balance(spent=1230_00)
    assert world.facts(voucher)[-1] == "VoucherSettled"
    shown = world.section()
    assert [one.state for one in shown.redemptions] == [redemption_pb2.REDEMPTION_STATE_SETTLED]


def test_unused_units_are_released_after_the_claim_window_VOUCHER_12_VOUCHER_14_VOUCHER_15(world: World) -> None:
    voucher = world.active()
    early, late = world.deliver(voucher, units=12), world.deliver(voucher, units=2, day=date(2025, 3, 31))
    world.redeem(voucher, early)
    assert world.pass_time(date(2025, 3, 31)) == 0
    assert world.pass_time(date(2025, 4, 1)) == 1
    world.session.refresh(voucher)
    claim = world.on(date(2025, 4, 30)).redeem(voucher, late)
    assert (claim.state, str(voucher.state)) == (RedemptionState.ACCEPTED, "CLOSING")
    assert pay(world, world.coach).total == 14 * 82_00
    assert world.pass_time(date(2025, 4, 30)) == 0
    assert world.pass_time(date(2025, 5, 1)) == 1
    world.session.refresh(voucher)
    assert voucher.state is State.SETTLED
    assert world.balance(voucher) == Balance(spent=14 * 82_00)
    assert world.facts(voucher)[-3:] == ["VoucherClosing", "VoucherRedeemed", "VoucherSettled"]


def test_a_claim_after_the_window_is_rejected_as_late_VOUCHER_14_REDEMPTION_1(world: World) -> None:
    voucher = world.active()
    first, second = world.deliver(voucher), world.deliver(voucher)
    world.redeem(voucher, first)
    world.pass_time(date(2025, 4, 1))
    claim = world.on(date(2025, 5, 1)).redeem(voucher, second)
    assert claim.reject_code is RejectCode.LATE_CLAIM


def test_an_unused_voucher_expires_and_gives_everything_back_VOUCHER_11(world: World) -> None:
    voucher = world.issue(world.draft())
    world.guide(voucher)
    assert world.pass_time(date(2025, 3, 31)) == 0
    world.choose(voucher)
    assert world.pass_time(date(2025, 4, 1)) == 1
    world.session.refresh(voucher)
    assert (voucher.state, world.balance(voucher)) == (State.EXPIRED, Balance())
    assert world.facts(voucher)[-1] == "VoucherExpired"


def test_nothing_claimed_in_the_window_ends_expired_VOUCHER_15(world: World) -> None:
    voucher = world.active()
    assert world.pass_time(date(2025, 4, 1)) == 1
    assert world.pass_time(date(2025, 5, 1)) == 1
    world.session.refresh(voucher)
    assert (voucher.state, world.balance(voucher)) == (State.EXPIRED, Balance())


def test_before_anybody_is_at_work_everything_is_released_VOUCHER_13(world: World) -> None:
    voucher = world.issue(world.draft())
    world.guide(voucher)
    world.choose(voucher)
    revoked = revoke(world, voucher)
    assert (revoked.state, world.balance(revoked)) == (State.REVOKED, Balance())
    assert world.facts(revoked)[-1] == "VoucherRevoked"


def test_with_a_recorded_service_before_the_cut_off_it_closes_and_pays_that_VOUCHER_13(world: World) -> None:
    voucher = world.active()
    before, beyond = world.deliver(voucher), world.deliver(voucher, day=date(2025, 3, 12))
    world.on(date(2025, 3, 14))
    revoked = revoke(world, voucher, cut_off=date(2025, 3, 11))
    assert (revoked.state, revoked.claim_until) == (State.CLOSING, date(2025, 4, 10))
    assert world.redeem(voucher, before).state is RedemptionState.ACCEPTED
    assert world.redeem(voucher, beyond).reject_code is RejectCode.EXPIRED
    pay(world, world.coach)
    assert world.pass_time(date(2025, 4, 11)) == 1
    world.session.refresh(voucher)
    assert (voucher.state, world.balance(voucher)) == (State.SETTLED, Balance(spent=82_00))


def test_services_after_the_cut_off_alone_keep_nothing_open_VOUCHER_13(world: World) -> None:
    voucher = world.active()
    world.deliver(voucher, day=date(2025, 3, 12))
    revoked = revoke(world.on(date(2025, 3, 14)), voucher, cut_off=date(2025, 3, 11))
    assert (revoked.state, world.balance(revoked)) == (State.REVOKED, Balance())


def test_only_the_enterprise_revokes_VOUCHER_13_S2_16(world: World) -> None:
    with pytest.raises(IssuerNotAllowed):
        revoke(world, world.active(), official=replace(world.official, organisation_id=world.coach))


def test_a_plan_that_ended_revokes_what_no_provider_has_accepted_PROCESS_A9(world: World) -> None:
    service = world.plan()
    voucher = world.issue(world.draft())
    revoke_of_plan(world.session, plan_id=service.plan_id, rules=world.rules, now=world.now)
    assert (voucher.state, voucher.revoke_reason) == (State.REVOKED, RevokeReason.PLAN_CLOSED)
    assert world.balance(voucher) == Balance()


def test_a_voucher_the_timer_cannot_move_waits_for_a_person_and_holds_up_nobody_PROCESS_7(world: World) -> None:
    voucher = world.issue(world.draft())
    world.guide(voucher)
    world.choose(voucher)
    ledger.release(world.session, source=money_of(voucher), now=world.now)
    assert world.pass_time(date(2025, 3, 11)) == 0
    world.session.refresh(voucher)
    assert voucher.state is State.RESERVED
    (item,) = world.session.execute(select(work_item)).all()
    assert (item.subject, item.reason) == (f"vouchers/{voucher.id}", "POSTING_REFUSED")
    assert world.pass_time(date(2025, 3, 11)) == 0
