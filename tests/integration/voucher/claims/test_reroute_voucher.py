"""Story 3's voucher b and the rest of a re-route on a real database: VOUCHER-9, VOUCHER-17, VOUCHER-4, VOUCHER-10,
and the ledger with it."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.claims.redemption import RedemptionState, RejectCode
from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.vouchers.reasons import DeclineReason, RevokeReason
from services.voucher.domain.vouchers.refusals import (
    NoActiveContract,
    NoRelationship,
    NothingHeld,
    OutsideValidity,
    UnitsExceeded,
)
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.revoke_voucher import revoke_voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.decline_voucher import decline_voucher
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from services.voucher.storage.claims.reroute import reroutes_of
from tests.builders.voucher.inpatient import P09_PRICE, Ward

pytestmark = pytest.mark.integration


@pytest.fixture
def ward(session: Callable[[str], Session]) -> Ward:
    return Ward(session("voucher")).opened()


@pytest.fixture
def coaching(session: Callable[[str], Session]) -> Ward:
    """Story 1's coaching, by the session."""
    ward = Ward(session("voucher"))
    ward.told()
    return ward


def held_ward(ward: Ward) -> Voucher:
    """P08 redeemed eight days, was suspended on 10 April with effect on the 14th: four days are held."""
    voucher = ward.at_p08()
    ward.on(date(2025, 4, 10)).redeem(voucher, ward.deliver(voucher, units=8, day=date(2025, 4, 9)))
    ward.contract_is("SUSPENDED", 5)
    return ward.reroute(voucher)


def test_story_3_voucher_b_to_the_cent_VOUCHER_9_VOUCHER_17_VOUCHER_4_INV_06(ward: Ward) -> None:
    voucher = ward.at_p08()
    assert (voucher.max_value, ward.posted(voucher, "RESERVE"), ward.posted(voucher, "RELEASE")) == (
        6_272_00,
        6_272_00,
        252_00,
    )
    ward.on(date(2025, 4, 10)).days(voucher, date(2025, 4, 2), 8)
    ward.contract_is("SUSPENDED", 5)
    ward.reroute(voucher)
    assert (voucher.state, voucher.units_held, voucher.units_left) == (State.REROUTING, 4, 16)
    assert ward.posted(voucher, "UNCOMMIT") == 3_440_00
    assert ward.balance(voucher) == Balance(reserved=3_440_00, committed=2_580_00)
    assert ward.proved()
    ward.on(date(2025, 4, 11)).guide(voucher, "SUPPORT")
    ward.choose(voucher, provider_id=ward.p09)
    assert ward.posted(voucher, "RESERVE") == 6_272_00 + 144_00
    assert ward.posted(voucher, "COMMIT") == 6_020_00 + 3_584_00
    assert ward.balance(voucher) == Balance(committed=6_164_00)
    assert ward.proved()
    accept_voucher(ward.session, voucher_id=voucher.id, provider_id=ward.p09, content_version=1, now=ward.now)
    assert voucher.state is State.PARTIALLY_REDEEMED
    late = ward.on(date(2025, 4, 20)).days(voucher, date(2025, 4, 10), 4)
    assert {claim.state for claim in late} == {RedemptionState.ACCEPTED}
    (refused,) = ward.days(voucher, date(2025, 4, 14), 1)
    assert (refused.state, refused.reject_code) == (RedemptionState.REJECTED, RejectCode.NO_CONTRACT)
    assert ward.proved()
    ward.on(date(2025, 4, 30)).days(voucher, date(2025, 4, 14), 16, provider_id=ward.p09)
    assert (voucher.state, voucher.units_redeemed, voucher.redeemed_cents) == (State.CLOSING, 28, 6_164_00)
    assert voucher.redeemed_cents <= voucher.max_value
    assert ward.balance(voucher) == Balance(committed=6_164_00)
    assert ward.facts(voucher)[-1] == "VoucherFullyRedeemed"
    assert ward.proved()


def test_a_reroute_is_told_with_the_provider_left_VOUCHER_9(ward: Ward) -> None:
    voucher = held_ward(ward)
    assert ward.facts(voucher)[-1] == "VoucherRerouteStarted"
    assert voucher.provider_id is None
    (shown,) = ward.section().vouchers
    assert (shown.units_held, shown.served_from_date.day) == (4, 14)
    (left,) = reroutes_of(ward.session, voucher.id)
    assert (left.provider_id, left.cut_off, left.units_held, left.declare_due) == (
        ward.coach,
        date(2025, 4, 14),
        4,
        None,
    )
    with pytest.raises(IllegalTransition):
        ward.reroute(voucher)


def test_no_reroute_after_the_voucher_has_ended_VOUCHER_9_INV_07(ward: Ward) -> None:
    voucher = ward.at_p08()
    with pytest.raises(OutsideValidity):
        ward.reroute(voucher, cut_off=date(2025, 5, 16))
    assert voucher.state is State.ACTIVE


def test_only_held_units_and_only_by_who_served_VOUCHER_17_INV_06(ward: Ward) -> None:
    voucher = held_ward(ward)
    with pytest.raises(NoRelationship):
        ward.redeem(voucher, ward.deliver(voucher, day=date(2025, 4, 10)), provider_id=uuid4())
    too_many = ward.deliver(voucher, units=5, day=date(2025, 4, 13))
    with pytest.raises(UnitsExceeded):
        ward.redeem(voucher, too_many)
    claim = ward.redeem(voucher, ward.deliver(voucher, units=4, day=date(2025, 4, 13)))
    assert (claim.state, claim.county_share, voucher.state) == (RedemptionState.ACCEPTED, 860_00, State.REROUTING)
    assert ward.balance(voucher) == Balance(reserved=3_440_00, committed=2_580_00)


def test_a_second_provider_declines_and_the_voucher_is_between_providers_again_VOUCHER_6(ward: Ward) -> None:
    voucher = held_ward(ward)
    ward.guide(voucher)
    ward.choose(voucher, provider_id=ward.p09)
    decline_voucher(
        ward.session, voucher_id=voucher.id, provider_id=ward.p09, reason=DeclineReason.CAPACITY, now=ward.now
    )
    assert voucher.state is State.REROUTING
    assert ward.balance(voucher) == Balance(reserved=3_584_00, committed=2_580_00)
    ward.choose(voucher, provider_id=ward.p09)
    assert ward.balance(voucher) == Balance(committed=6_164_00)


def test_what_nobody_claims_is_free_when_the_window_is_over_VOUCHER_9_VOUCHER_12(ward: Ward) -> None:
    voucher = held_ward(ward)
    ward.pass_time(date(2025, 5, 13))
    assert voucher.units_held == 4
    ward.pass_time(date(2025, 5, 14))
    assert (voucher.units_held, voucher.units_left, voucher.state) == (0, 20, State.REROUTING)
    assert ward.facts(voucher)[-1] == "VoucherHeldUnitsFreed"
    assert ward.balance(voucher) == Balance(reserved=4_300_00, committed=1_720_00)
    ward.pass_time(date(2025, 5, 16))
    assert voucher.state is State.CLOSING
    assert ward.proved()


def test_freed_units_are_owed_to_the_new_provider_at_its_price_VOUCHER_9(ward: Ward) -> None:
    voucher = held_ward(ward)
    ward.guide(voucher)
    ward.choose(voucher, provider_id=ward.p09)
    accept_voucher(ward.session, voucher_id=voucher.id, provider_id=ward.p09, content_version=1, now=ward.now)
    ward.pass_time(date(2025, 5, 14))
    assert (voucher.units_left, voucher.state) == (20, State.PARTIALLY_REDEEMED)
    assert ward.balance(voucher) == Balance(committed=1_720_00 + 20 * P09_PRICE)
    assert ward.proved()


def test_other_units_are_declared_within_two_weekdays_VOUCHER_9(coaching: Ward) -> None:
    voucher = coaching.active()
    coaching.reroute(voucher, cause=RerouteCause.CLIENT_CHANGE, cut_off=date(2025, 3, 10))
    assert (voucher.units_held, reroutes_of(coaching.session, voucher.id)[0].declare_due) == (5, date(2025, 3, 12))
    with pytest.raises(NoRelationship):
        coaching.declare(voucher, 1, uuid4())
    coaching.declare(voucher, 2)
    assert (voucher.units_held, voucher.units_left) == (2, 13)
    assert coaching.balance(voucher) == Balance(reserved=13 * 82_00, committed=2 * 82_00)
    with pytest.raises(NothingHeld):
        coaching.declare(voucher, 1)


def test_undeclared_units_are_free_but_for_those_delivered_VOUCHER_9(coaching: Ward) -> None:
    voucher = coaching.active()
    coaching.deliver(voucher, day=date(2025, 3, 4))
    coaching.reroute(voucher, cause=RerouteCause.CLIENT_CHANGE, cut_off=date(2025, 3, 10))
    coaching.pass_time(date(2025, 3, 12))
    assert voucher.units_held == 5
    coaching.pass_time(date(2025, 3, 13))
    assert (voucher.units_held, voucher.units_left) == (1, 14)
    assert coaching.pass_time(date(2025, 3, 13)) == 0


def test_a_client_stays_once_the_contract_is_in_force_again_VOUCHER_10(ward: Ward) -> None:
    voucher = held_ward(ward)
    with pytest.raises(NoActiveContract):
        ward.stay(voucher)
    ward.contract_is("ACTIVE", 6)
    assert ward.stay(voucher).state is State.PARTIALLY_REDEEMED
    assert ward.facts(voucher)[-2:] == ["VoucherReserved", "VoucherActivated"]
    assert ward.balance(voucher) == Balance(committed=6_020_00)
    held = ward.redeem(voucher, ward.deliver(voucher, units=4, day=date(2025, 4, 13)))
    own = ward.redeem(voucher, ward.deliver(voucher, units=16, day=date(2025, 4, 14)))
    assert {held.state, own.state} == {RedemptionState.ACCEPTED}
    assert (voucher.units_redeemed, voucher.state) == (28, State.CLOSING)
    with pytest.raises(IllegalTransition):
        ward.stay(voucher)


def test_a_provider_that_never_accepted_is_asked_again_VOUCHER_10(ward: Ward) -> None:
    ward.on(date(2025, 3, 26))
    voucher = ward.issue(ward.draft())
    ward.guide(voucher)
    ward.choose(voucher)
    ward.reroute(voucher)
    assert voucher.units_held == 0
    assert ward.stay(voucher).state is State.RESERVED


def test_between_providers_only_held_units_and_claims_stay_bound_VOUCHER_13(ward: Ward) -> None:
    voucher = held_ward(ward)
    revoke_voucher(
        ward.session,
        voucher_id=voucher.id,
        reason=RevokeReason.NEED_ENDED,
        cut_off=date(2025, 4, 14),
        official=ward.official,
        rules=ward.rules,
        now=ward.now,
    )
    assert voucher.state is State.CLOSING
    assert ward.balance(voucher) == Balance(committed=2_580_00)
    assert ward.redeem(voucher, ward.deliver(voucher, units=4, day=date(2025, 4, 13))).county_share == 860_00


def test_a_finished_voucher_holds_nothing_for_anybody_VOUCHER_15_INV_09(ward: Ward) -> None:
    voucher = ward.reroute(ward.at_p08())
    assert voucher.units_held == 12
    revoke_voucher(
        ward.session,
        voucher_id=voucher.id,
        reason=RevokeReason.DECEASED,
        cut_off=date(2025, 4, 11),
        official=ward.official,
        rules=ward.rules,
        now=ward.now,
    )
    for day in (12, 13, 14):
        ward.pass_time(date(2025, 5, day))
    assert (voucher.state, voucher.units_held) == (State.REVOKED, 0)
    assert ward.balance(voucher).bound == 0


def test_between_providers_the_list_is_for_the_units_left_INV_23(ward: Ward) -> None:
    voucher = held_ward(ward)
    options = list_eligible_providers(ward.session, voucher_id=voucher.id, by_client=None, now=ward.now).providers
    assert [one.provider_id for one in options] == [str(ward.p09)]
