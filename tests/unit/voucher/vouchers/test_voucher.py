"""The commands of a voucher beyond where they lead: dates, money, who."""

from dataclasses import replace
from datetime import date

import pytest

from services.chassis.weekdays import FINLAND
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.reasons import DeclineReason, RevokeReason
from services.voucher.domain.vouchers.refusals import (
    AcceptanceOverdue,
    ContentVersionChanged,
    NoRelationship,
    OutsideValidity,
    UnitsExceeded,
    ValueExceeded,
)
from services.voucher.domain.vouchers.states import State
from tests.builders.voucher.vouchers import LAST, NOW, OTHER, PROVIDER, TODAY, offer, voucher

pytestmark = pytest.mark.unit


def test_a_voucher_whose_last_day_is_over_is_not_issued_VOUCHER_2() -> None:
    voucher().issue(urgent_reason="", now=NOW, today=LAST)
    with pytest.raises(OutsideValidity):
        voucher().issue(urgent_reason="", now=NOW, today=date(2025, 4, 1))


def test_the_choice_gives_the_target_and_the_day_to_answer_VOUCHER_4() -> None:
    one = voucher(State.ISSUED)
    target = one.choose(offer(), rules=Rules(), calendar=FINLAND, now=NOW, today=TODAY)
    assert target == 15 * 82_00
    assert (one.agreed_price, one.county_share, one.client_share) == (82_00, 82_00, 0)
    assert one.accept_due == date(2025, 3, 10)


def test_a_share_above_the_value_is_refused_VOUCHER_4_INV_06() -> None:
    one = voucher(State.REROUTING, units_redeemed=10, redeemed_cents=10 * 85_00)
    one.choose(replace(offer(), county_share=85_00), rules=Rules(), calendar=FINLAND, now=NOW, today=TODAY)
    one = voucher(State.REROUTING, units_redeemed=10, redeemed_cents=10 * 85_00 + 1)
    with pytest.raises(ValueExceeded):
        one.choose(replace(offer(), county_share=85_00), rules=Rules(), calendar=FINLAND, now=NOW, today=TODAY)


def test_only_the_chosen_provider_accepts_in_time_and_the_version_in_force_VOUCHER_5() -> None:
    one = voucher(State.RESERVED, accept_due=date(2025, 3, 10))
    with pytest.raises(NoRelationship):
        one.accept(by=OTHER, content_version=1, now=NOW, today=TODAY)
    with pytest.raises(ContentVersionChanged):
        one.accept(by=PROVIDER, content_version=2, now=NOW, today=TODAY)
    with pytest.raises(AcceptanceOverdue):
        one.accept(by=PROVIDER, content_version=1, now=NOW, today=date(2025, 3, 11))
    one.accept(by=PROVIDER, content_version=1, now=NOW, today=date(2025, 3, 10))
    assert (one.state, one.accepted_content_version, one.accept_due) == (State.ACTIVE, 1, None)


def test_another_wording_is_another_version_S2_18() -> None:
    one = voucher()
    one.reword(ContentSpec(text="coaching at home"), now=NOW)
    assert (one.content_spec.text, one.content_spec.version) == ("coaching at home", 2)


def test_a_decline_frees_the_voucher_of_the_provider_VOUCHER_6() -> None:
    one = voucher(State.RESERVED, accept_due=date(2025, 3, 10))
    with pytest.raises(NoRelationship):
        one.decline(by=OTHER, reason=DeclineReason.CAPACITY, now=NOW)
    assert one.decline(by=PROVIDER, reason=DeclineReason.CAPACITY, now=NOW) == PROVIDER
    assert (one.state, one.provider_id, one.contract_id, one.agreed_price) == (State.ISSUED, None, None, None)


def test_the_county_acts_for_a_provider_that_does_not_answer_VOUCHER_6() -> None:
    one = voucher(State.RESERVED, accept_due=date(2025, 3, 10))
    assert one.decline(by=None, reason=DeclineReason.CAPACITY, now=NOW) == PROVIDER


def test_neither_units_nor_value_can_be_exceeded_INV_06() -> None:
    one = voucher(State.ACTIVE)
    with pytest.raises(UnitsExceeded):
        one.redeem(units=16, price=82_00, now=NOW)
    with pytest.raises(ValueExceeded):
        one.redeem(units=15, price=85_01, now=NOW)
    assert (one.state, one.units_redeemed, one.redeemed_cents) == (State.ACTIVE, 0, 0)
    one.redeem(units=15, price=85_00, now=NOW)
    assert (one.units_left, one.redeemed_cents) == (0, one.max_value)


def test_what_was_redeemed_before_counts_INV_06() -> None:
    one = voucher(State.PARTIALLY_REDEEMED, units_redeemed=14, redeemed_cents=14 * 82_00)
    with pytest.raises(UnitsExceeded):
        one.redeem(units=2, price=1, now=NOW)
    with pytest.raises(ValueExceeded):
        one.redeem(units=1, price=one.max_value - one.redeemed_cents + 1, now=NOW)
    one.redeem(units=1, price=82_00, now=NOW)
    assert (one.units_redeemed, one.redeemed_cents) == (15, 1230_00)


def test_an_earlier_wording_is_not_accepted_any_more_VOUCHER_5() -> None:
    one = voucher(State.ISSUED, provider_id=PROVIDER, accept_due=date(2025, 3, 10))
    one.reword(ContentSpec(text="coaching at home"), now=NOW)
    one.state = State.RESERVED
    with pytest.raises(ContentVersionChanged):
        one.accept(by=PROVIDER, content_version=1, now=NOW, today=TODAY)


def test_time_moves_a_voucher_only_after_its_last_day_VOUCHER_11_VOUCHER_12() -> None:
    with pytest.raises(OutsideValidity):
        voucher(State.ISSUED).expire(now=NOW, today=LAST)
    with pytest.raises(OutsideValidity):
        voucher(State.ACTIVE).end_of_validity(now=NOW, today=LAST)


def test_something_redeemed_or_claimable_closes_nothing_ends_VOUCHER_13() -> None:
    reason, day = RevokeReason.NEED_ENDED, date(2025, 3, 15)
    redeemed = voucher(State.PARTIALLY_REDEEMED, units_redeemed=1)
    redeemed.revoke(reason=reason, cut_off=day, claimable=False, now=NOW)
    assert (redeemed.state, redeemed.last_service_day, redeemed.claim_until) == (State.CLOSING, day, date(2025, 4, 14))
    unused = voucher(State.ACTIVE)
    unused.revoke(reason=reason, cut_off=day, claimable=False, now=NOW)
    assert unused.state is State.REVOKED
    delivered = voucher(State.ACTIVE)
    delivered.revoke(reason=reason, cut_off=day, claimable=True, now=NOW)
    assert delivered.state is State.CLOSING


def test_a_cut_off_after_the_last_day_prolongs_nothing_VOUCHER_13() -> None:
    one = voucher(State.PARTIALLY_REDEEMED, units_redeemed=1)
    one.revoke(reason=RevokeReason.MOVED, cut_off=date(2026, 1, 1), claimable=False, now=NOW)
    assert (one.last_service_day, one.claim_until) == (LAST, date(2025, 4, 30))


def test_is_due_when_the_window_is_over_or_nothing_is_left_and_every_claim_has_its_end_VOUCHER_15() -> None:
    one = voucher(State.CLOSING, units_redeemed=14)
    assert not one.may_finish(open_claims=False, today=date(2025, 4, 30))
    assert one.may_finish(open_claims=False, today=date(2025, 5, 1))
    assert not one.may_finish(open_claims=True, today=date(2025, 5, 1))
    one.units_redeemed = 15
    assert one.may_finish(open_claims=False, today=TODAY)
    assert not voucher(State.ACTIVE, units_redeemed=15).may_finish(open_claims=False, today=date(2025, 5, 1))


def test_reversed_units_are_free_again_REDEMPTION_2() -> None:
    one = voucher(State.CLOSING, units_redeemed=2, redeemed_cents=164_00)
    one.give_back(units=1, cents=82_00, now=NOW)
    assert (one.units_redeemed, one.redeemed_cents) == (1, 82_00)
