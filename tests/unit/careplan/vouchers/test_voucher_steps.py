"""A planned service follows the newest state of its voucher, whatever facts were missed, repeated or late."""

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.careplan.domain.neighbours.copies import VoucherCopy
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.plans.plan_service import PlanServiceState as State
from services.careplan.domain.vouchers.voucher_steps import Step, steps
from services.kernel.care import Arrangement
from tests.builders.careplan.plans import CLIENT, FIRST, HELPER, LAST, SUPPORTER, VOUCHER, uid


def service(state: State = State.AWAITING_CHOICE, provider: UUID | None = None, voucher: int = 0) -> PlanService:
    made = PlanService.begin(VOUCHER, plan_id=uid(2), position=0)
    made.state, made.provider_id, made.voucher_id = state, provider, uid(voucher) if voucher else None
    return made


def known(state: str, provider: UUID | None = None, version: int = 1) -> VoucherCopy:
    code = VOUCHER.service_code
    return VoucherCopy(uid(50), CLIENT, uid(2), uid(12), code, 40, FIRST, LAST, provider, None, None, state, version)


def apply(made: PlanService, voucher: VoucherCopy) -> list[Step]:
    """What the operation does with the steps, without versions and facts."""
    todo = steps(made, voucher)
    for step in todo:
        if step is Step.LINK:
            made.voucher_id = voucher.voucher_id
        elif step is Step.UNLINK:
            made.voucher_id = None
        elif step is Step.ASSIGN:
            made.take("assign")
            made.provider_id = voucher.provider_id
        elif step is Step.UNASSIGN:
            made.take("unassign")
            made.provider_id = None
        else:
            made.take(step.value.lower())
    return todo


@pytest.mark.parametrize(
    ("made", "voucher", "expected"),
    [
        (service(), known("DRAFT"), []),
        (service(), known("ISSUED"), [Step.LINK]),
        (service(voucher=50), known("RESERVED", HELPER), [Step.ASSIGN]),
        (service(), known("ACTIVE", HELPER), [Step.LINK, Step.ASSIGN]),
        (service(State.ASSIGNED, HELPER, 50), known("ACTIVE", HELPER), []),
        (service(State.ACKNOWLEDGED, HELPER, 50), known("ISSUED"), [Step.UNASSIGN]),
        (service(State.ASSIGNED, HELPER, 50), known("RESERVED", SUPPORTER), [Step.UNASSIGN, Step.ASSIGN]),
        (service(State.REROUTE, HELPER, 50), known("RESERVED", SUPPORTER), [Step.ASSIGN]),
        (service(State.IN_DELIVERY, HELPER, 50), known("REROUTING"), [Step.REROUTE]),
        (service(State.REROUTE, None, 50), known("REROUTING"), []),
        (service(State.REROUTE, None, 50), known("SETTLED"), [Step.COMPLETE]),
        (service(), known("SETTLED"), [Step.LINK, Step.CANCEL]),
        (service(State.IN_DELIVERY, HELPER, 50), known("SETTLED", HELPER), [Step.COMPLETE]),
        (service(), known("SETTLED", HELPER), [Step.LINK, Step.ASSIGN, Step.COMPLETE]),
        (service(voucher=50), known("REFUSED"), [Step.UNLINK]),
        (service(), known("REFUSED"), []),
        (service(voucher=50), known("EXPIRED"), [Step.CANCEL]),
        (service(State.ASSIGNED, HELPER, 50), known("REVOKED", HELPER), [Step.CANCEL]),
        (service(State.COMPLETED, HELPER, 50), known("SETTLED", HELPER), []),
        (service(voucher=51), known("RESERVED", HELPER), []),
    ],
)
def test_steps_PROCESS_A9_PROCESS_A15(made: PlanService, voucher: VoucherCopy, expected: list[Step]) -> None:
    assert steps(made, voucher) == expected


def test_who_refused_the_plan_does_not_come_back_while_the_voucher_still_names_it_PLAN_8() -> None:
    made = service(State.REROUTE, None, 50)
    assert steps(made, known("ACTIVE", HELPER), barred=HELPER) == []
    assert steps(made, known("RESERVED", SUPPORTER), barred=HELPER) == [Step.ASSIGN]


def test_a_service_arranged_otherwise_no_longer_follows_PROCESS_A7() -> None:
    made = service()
    made.arrangement = Arrangement.OWN
    assert steps(made, known("RESERVED", HELPER)) == []


HISTORY = [
    known("ISSUED", None, 1),
    known("RESERVED", HELPER, 2),
    known("ISSUED", None, 3),
    known("RESERVED", SUPPORTER, 4),
    known("ACTIVE", SUPPORTER, 5),
    known("PARTIALLY_REDEEMED", SUPPORTER, 6),
    known("CLOSING", SUPPORTER, 7),
    known("SETTLED", SUPPORTER, 8),
]


@given(some.integers(1, len(HISTORY)), some.randoms(use_true_random=False), some.integers(0, 3))
def test_any_order_and_repetition_ends_the_same_GUARANTEE_6(length: int, chance: Random, repeats: int) -> None:
    told = HISTORY[:length]
    straight, mixed = service(), service()
    for one in told:
        apply(straight, one)
    shuffled = told * (1 + repeats)
    chance.shuffle(shuffled)
    newest = 0
    for one in shuffled:
        if one.version > newest:
            newest = one.version
            apply(mixed, one)
    assert (mixed.state, mixed.provider_id, mixed.voucher_id) == (
        straight.state,
        straight.provider_id,
        straight.voucher_id,
    )
    assert steps(mixed, told[-1]) == []


def test_replaced_voucher_links_after_a_refusal_S1_29() -> None:
    made = service(voucher=50)
    apply(made, known("REFUSED"))
    other = replace(known("ISSUED"), voucher_id=uid(60))
    assert apply(made, other) == [Step.LINK]
