"""Held units at a re-route (VOUCHER-9), the former provider's claims on them (VOUCHER-17), and what contradicts
those."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.kernel.care import CareUnit
from services.voucher.domain.claims.claim import Claim
from services.voucher.domain.claims.redemption import RejectCode
from services.voucher.domain.claims.rerouting import (
    RerouteCause,
    claim_held,
    declare,
    ended_units,
    free,
    units_to_hold,
)
from services.voucher.domain.vouchers.refusals import NothingHeld, UnitsExceeded
from services.voucher.domain.vouchers.states import State
from tests.builders.voucher.vouchers import NOW, contract, delivery, reroute_of, voucher

pytestmark = pytest.mark.unit

CUT_OFF = date(2025, 3, 10)


def march(*days: int) -> list[tuple[date, int]]:
    return [(date(2025, 3, day), 1) for day in days]


@pytest.mark.parametrize(
    ("claimed", "delivered", "held"),
    [
        (march(1, 2, 3, 4, 5, 6, 7), [], 2),
        ([], march(1, 2), 9),
        (march(1, 2, 3, 4, 5, 6, 7, 8, 9), [], 0),
        (march(1, 2, 4, 5, 6, 7, 8), march(3), 2),
        (march(9), march(10, 12), 0),
    ],
)
def test_by_the_day_every_day_after_the_last_redeemed_one_is_held_VOUCHER_9(
    claimed: list[tuple[date, int]], delivered: list[tuple[date, int]], held: int
) -> None:
    one = voucher(State.ACTIVE, unit=CareUnit.DAY, units_granted=28)
    assert units_to_hold(one, cut_off=CUT_OFF, claimed=claimed, delivered=delivered) == held


@pytest.mark.parametrize(
    ("claimed", "delivered", "held"),
    # 15 sessions over 31 days: nine days make 4.35, so five at the planned rate.
    [([], [], 5), (march(3), [], 4), (march(3, 4, 5, 6, 7), [], 0), ([], march(1, 2, 3, 4, 5, 6, 7), 7)],
)
def test_other_units_are_held_at_the_planned_rate_and_never_fewer_than_delivered_VOUCHER_9(
    claimed: list[tuple[date, int]], delivered: list[tuple[date, int]], held: int
) -> None:
    one = voucher(State.ACTIVE)
    assert units_to_hold(one, cut_off=CUT_OFF, claimed=claimed, delivered=delivered) == held


def test_never_more_than_is_left_and_nothing_before_the_provider_accepted_VOUCHER_9() -> None:
    few = voucher(State.PARTIALLY_REDEEMED, units_redeemed=13)
    assert units_to_hold(few, cut_off=CUT_OFF, claimed=[], delivered=[]) == 2
    unaccepted = voucher(State.RESERVED)
    assert units_to_hold(unaccepted, cut_off=CUT_OFF, claimed=[], delivered=march(3)) == 0


def test_held_units_are_claimed_at_the_old_price_and_not_one_more_VOUCHER_17_INV_06() -> None:
    one = voucher(State.REROUTING, units_held=2, held_cents=164_00)
    left = replace(reroute_of(one), units_held=2)
    assert one.units_left == 13
    assert claim_held(one, left, units=2, now=NOW).county == 164_00
    assert (one.units_redeemed, one.redeemed_cents, one.units_held, one.held_cents, one.units_left) == (
        2,
        164_00,
        0,
        0,
        13,
    )
    with pytest.raises(UnitsExceeded):
        claim_held(one, left, units=1, now=NOW)


def test_declared_in_time_the_other_units_are_free_VOUCHER_9() -> None:
    one = voucher(State.REROUTING, units_held=5, held_cents=410_00)
    left = replace(reroute_of(one), units_held=5, declare_due=date(2025, 3, 12))
    with pytest.raises(UnitsExceeded):
        declare(one, left, units=6, now=NOW, today=date(2025, 3, 12))
    with pytest.raises(NothingHeld):
        declare(one, left, units=2, now=NOW, today=date(2025, 3, 13))
    assert declare(one, left, units=2, now=NOW, today=date(2025, 3, 12)) == 3
    assert free(one, left, units=3, now=NOW) == 246_00
    assert (one.units_held, one.held_cents, left.units_open) == (2, 164_00, 2)
    with pytest.raises(NothingHeld):
        declare(one, left, units=1, now=NOW, today=date(2025, 3, 12))


def test_what_is_not_declared_or_not_claimed_in_time_ends_VOUCHER_9() -> None:
    one = voucher(State.REROUTING)
    left = replace(reroute_of(one), units_held=5, declare_due=date(2025, 3, 12))
    assert ended_units(left, delivered=2, today=date(2025, 3, 12)) == 0
    assert ended_units(left, delivered=2, today=date(2025, 3, 13)) == 3
    declared = replace(reroute_of(one), units_held=5)
    assert ended_units(declared, delivered=0, today=declared.claim_until) == 0
    assert ended_units(declared, delivered=0, today=date(2025, 4, 9)) == 5


@pytest.mark.parametrize(
    ("day", "changes", "asked", "code"),
    [
        (9, {}, {}, None),
        (9, {"cause": RerouteCause.CONTRACT}, {}, None),
        (10, {"cause": RerouteCause.CONTRACT}, {}, RejectCode.NO_CONTRACT),
        (10, {}, {}, RejectCode.EXPIRED),
        (9, {"first_day": date(2025, 3, 10)}, {}, RejectCode.EXPIRED),
        (9, {}, {"units": 2}, RejectCode.OVER_UNITS),
        (9, {}, {"unit_price": 83_00}, RejectCode.PRICE),
        (9, {}, {"today": date(2025, 4, 9)}, RejectCode.LATE_CLAIM),
        (9, {}, {"today": date(2025, 4, 8)}, None),
    ],
)
def test_a_former_provider_is_paid_for_days_before_its_cut_off_only_VOUCHER_17_INV_07(
    day: int, changes: dict[str, Any], asked: dict[str, Any], code: RejectCode | None
) -> None:
    one = voucher(State.REROUTING)
    terms: dict[str, Any] = {"units": 1, "unit_price": 82_00, "today": date(2025, 3, 11), **asked}
    given = replace(delivery(one), service_date=date(2025, 3, day))
    suspended = replace(contract(), state="SUSPENDED")
    claim = Claim(one, given, replace(reroute_of(one), **changes), terms["units"], terms["unit_price"])
    assert claim.contradiction(suspended, today=terms["today"]) is code


def test_a_former_provider_cannot_claim_what_another_delivered_S2_18() -> None:
    one = voucher(State.REROUTING)
    given = replace(delivery(one), service_date=date(2025, 3, 9), service_code="HLT-OT")
    today = date(2025, 3, 11)
    wrong = Claim(one, given, reroute_of(one), 1, 82_00)
    assert wrong.contradiction(contract(), today=today) is RejectCode.WRONG_SERVICE
    right = replace(wrong, delivery=replace(delivery(one), service_date=date(2025, 3, 9)))
    assert right.contradiction(None, today=today) is RejectCode.NO_CONTRACT
    assert right.contradiction(replace(contract(), state="WITHDRAWN"), today=today) is RejectCode.NO_CONTRACT
