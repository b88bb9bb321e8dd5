"""A claim's states, and what contradicts the agreement (PROCESS-A13)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.claims.claim import Claim
from services.voucher.domain.claims.redemption import (
    REDEMPTION_COMMANDS,
    REDEMPTION_TRANSITIONS,
    RedemptionState,
    RejectCode,
    redemption_after,
)
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from tests.builders.voucher.vouchers import CLIENT, OTHER, TODAY, contract, delivery, voucher

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("state", RedemptionState)
@pytest.mark.parametrize("command", REDEMPTION_COMMANDS)
def test_every_pair_of_a_redemption_REFUSAL_1(state: RedemptionState, command: str) -> None:
    if (state, command) in REDEMPTION_TRANSITIONS:
        assert redemption_after(state, command) is REDEMPTION_TRANSITIONS[state, command]
    else:
        with pytest.raises(IllegalTransition):
            redemption_after(state, command)


def claim(
    one: Voucher,
    *,
    terms: ContractCopy | None = None,
    today: date = TODAY,
    units: int = 1,
    price: int = 82_00,
    **delivered: Any,
) -> RejectCode | None:
    asked = Claim(one, replace(delivery(one), **delivered), None, units, price)
    return asked.contradiction(terms or contract(), today=today)


@pytest.fixture
def active() -> Voucher:
    return voucher(State.ACTIVE)


def test_a_claim_as_agreed_has_no_contradiction_PROCESS_A13(active: Voucher) -> None:
    assert claim(active) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service_code": "HLT-OT"}, RejectCode.WRONG_SERVICE),
        ({"client_id": OTHER}, RejectCode.WRONG_SERVICE),
        ({"provider_id": OTHER}, RejectCode.WRONG_SERVICE),
        ({"voucher_id": UUID(int=77)}, RejectCode.WRONG_SERVICE),
        ({"voucher_id": None}, RejectCode.WRONG_SERVICE),
        ({"service_date": date(2025, 2, 28)}, RejectCode.EXPIRED),
        ({"service_date": date(2025, 4, 1)}, RejectCode.EXPIRED),
        ({"units": 2}, RejectCode.OVER_UNITS),
        ({"price": 82_01}, RejectCode.PRICE),
        ({"price": 81_99}, RejectCode.PRICE),
        ({"today": date(2025, 5, 1)}, RejectCode.LATE_CLAIM),
        ({"terms": replace(contract(), state="SUSPENDED")}, RejectCode.NO_CONTRACT),
        ({"terms": replace(contract(), valid_to=date(2025, 3, 9))}, RejectCode.NO_CONTRACT),
        (
            {"terms": replace(contract(), state="TERMINATED", termination_effective=date(2025, 3, 9))},
            RejectCode.NO_CONTRACT,
        ),
    ],
)
def test_each_contradiction_has_its_code_PROCESS_A13_INV_05_INV_07_INV_26(
    active: Voucher, changes: dict[str, Any], code: RejectCode
) -> None:
    assert claim(active, **changes) is code


def test_both_ends_of_the_validity_count_INV_07(active: Voucher) -> None:
    assert claim(active, service_date=date(2025, 3, 1)) is None
    assert claim(active, service_date=date(2025, 3, 31), today=date(2025, 4, 30)) is None


def test_after_a_revocation_the_cut_off_ends_it_INV_07(active: Voucher) -> None:
    active.cut_off = date(2025, 3, 9)
    assert claim(active) is RejectCode.EXPIRED


def test_a_contract_that_ended_since_pays_for_the_days_before_INV_05(active: Voucher) -> None:
    ended = replace(contract(), state="TERMINATED", termination_effective=date(2025, 3, 10))
    assert claim(active, terms=ended) is None


def test_a_delivery_on_the_planned_service_is_one_on_its_voucher_INV_26() -> None:
    service = uuid4()
    planned = voucher(State.ACTIVE, plan_service_id=service)
    assert claim(planned, voucher_id=None, plan_service_id=service) is None
    assert claim(planned, voucher_id=None, plan_service_id=uuid4()) is RejectCode.WRONG_SERVICE
    other = UUID(int=77)
    assert claim(planned, voucher_id=other, plan_service_id=service) is RejectCode.WRONG_SERVICE
    assert planned.client_id == CLIENT


def test_a_new_provider_is_not_paid_for_days_before_the_cut_off_of_the_former_INV_07(active: Voucher) -> None:
    active.served_from = date(2025, 3, 10)
    assert claim(active, service_date=date(2025, 3, 9)) is RejectCode.EXPIRED
    assert claim(active, service_date=date(2025, 3, 10)) is None
