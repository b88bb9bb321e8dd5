"""Who must acknowledge, how long a promise holds, and which refusals are breaches (S1.30, process E)."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.careplan.domain.acknowledgements.acknowledgement import (
    ACK_TIME,
    Acknowledgement,
    AcknowledgementState,
    RefusalReason,
    asked_parts,
    due_day,
    fully_acknowledged,
    missing_parts,
)
from services.careplan.domain.neighbours.copies import ContractCopy
from services.careplan.domain.plans.content import Content, Part, ServiceLine, content_from_plain, content_to_plain
from services.careplan.domain.rules import Rules
from services.chassis.weekdays import FINLAND
from services.kernel.care import Arrangement
from tests.builders.careplan.plans import (
    CLIENT,
    DOCTOR,
    ENTERPRISE,
    FULL,
    GP,
    HELPER,
    NOW,
    OWN,
    PURCHASE,
    SUPPORTER,
    TODAY,
    VOUCHER,
    line,
    uid,
)

CHOSEN = replace(VOUCHER, provider_id=HELPER)


def promise(part: Part, state: AcknowledgementState = AcknowledgementState.ACKNOWLEDGED) -> Acknowledgement:
    who = part.lines[0].provider_id
    assert who is not None
    return Acknowledgement(uid(1), uid(2), CLIENT, who, 1, 0, part.digest, TODAY, NOW, state)


def test_asked_is_who_has_a_granted_quantity_and_is_not_the_operator_S1_30() -> None:
    assert list(asked_parts(FULL, ENTERPRISE)) == [SUPPORTER]
    assert list(asked_parts(FULL.with_line(CHOSEN), ENTERPRISE)) == [HELPER, SUPPORTER]
    assert DOCTOR not in asked_parts(FULL, ENTERPRISE)


def test_a_promise_holds_for_versions_that_leave_its_part_alone_S1_30() -> None:
    given_on_v1 = [promise(part) for part in asked_parts(FULL, ENTERPRISE).values()]
    later = FULL.with_line(CHOSEN).with_line(replace(OWN, units=50))
    assert list(missing_parts(later, ENTERPRISE, given_on_v1)) == [HELPER]
    changed = FULL.with_line(replace(PURCHASE, units=7))
    assert list(missing_parts(changed, ENTERPRISE, given_on_v1)) == [SUPPORTER]


def test_who_lost_a_service_and_has_only_done_ones_left_is_asked_nothing_more_S1_30() -> None:
    other = replace(CHOSEN, plan_service_id=uid(77), provider_id=SUPPORTER)
    given = [promise(part) for part in asked_parts(FULL.with_line(other), ENTERPRISE).values()]
    left, done = FULL, {PURCHASE.plan_service_id}
    assert list(missing_parts(left, ENTERPRISE, given)) == [SUPPORTER]
    assert list(missing_parts(left, ENTERPRISE, given, done)) == []
    helper = promise(asked_parts(FULL.with_line(CHOSEN), ENTERPRISE)[HELPER])
    assert fully_acknowledged(FULL.with_line(CHOSEN), ENTERPRISE, [helper], done)
    assert not fully_acknowledged(FULL.with_line(CHOSEN), ENTERPRISE, [helper])


def test_the_last_missing_promise_makes_it_complete_PLAN_7() -> None:
    content = FULL.with_line(CHOSEN)
    parts = asked_parts(content, ENTERPRISE)
    supporter, helper = promise(parts[SUPPORTER]), promise(parts[HELPER], AcknowledgementState.PENDING)
    assert not fully_acknowledged(content, ENTERPRISE, [supporter, helper])
    helper.acknowledge(NOW)
    assert fully_acknowledged(content, ENTERPRISE, [supporter, helper])
    assert not fully_acknowledged(Content(), ENTERPRISE, [])


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_a_voucher_or_purchase_provider_has_four_allowed_reasons_PLAN_8(reason: RefusalReason) -> None:
    part = Part((PURCHASE,))
    asked = promise(part, AcknowledgementState.PENDING)
    asked.refuse(reason, "", part, NOW)
    assert asked.breach is (reason is RefusalReason.OTHER)


def test_a_direct_choice_provider_may_not_refuse_PLAN_8_PROCESS_E4() -> None:
    part = Part((GP,))
    asked = promise(part, AcknowledgementState.PENDING)
    asked.refuse(RefusalReason.CAPACITY, "", part, NOW)
    assert asked.breach


LINES = some.lists(
    some.builds(
        line,
        some.integers(1000, 1015),
        some.sampled_from(["A", "B"]),
        some.sampled_from(list(Arrangement)),
        some.sampled_from([None, ENTERPRISE, HELPER, SUPPORTER, DOCTOR]),
        some.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda one: one.plan_service_id,
)


@given(LINES, some.randoms(use_true_random=False))
def test_asking_once_is_enough_whatever_the_order_of_the_lines_S1_30(lines: list[ServiceLine], chance: Random) -> None:
    content = Content(services=tuple(lines))
    asked = missing_parts(content, ENTERPRISE, [])
    assert set(asked) == set(asked_parts(content, ENTERPRISE))
    pending = [promise(part, AcknowledgementState.PENDING) for part in asked.values()]
    mixed = list(lines)
    chance.shuffle(mixed)
    assert missing_parts(Content(services=tuple(mixed)), ENTERPRISE, pending) == {}
    assert ENTERPRISE not in asked


@given(LINES)
def test_content_survives_its_plain_form_INV_24(lines: list[ServiceLine]) -> None:
    content = replace(FULL, services=tuple(lines))
    assert content_from_plain(content_to_plain(content)) == content


def agreed(state: str = "ACTIVE", weekdays: str = "") -> ContractCopy:
    """A contract that gives so many weekdays to acknowledge; none without the clause."""
    clauses = {ACK_TIME: {"weekdays": weekdays}} if weekdays else {}
    return ContractCopy(uid(1), HELPER, "VOUCHER", state, TODAY, TODAY, (), clauses, 1)


@pytest.mark.parametrize(
    ("contracts", "weekdays"),
    [
        ([], 5),
        ([agreed()], 5),
        ([agreed(weekdays="3"), agreed(weekdays="2"), agreed()], 2),
        ([agreed(weekdays="8")], 8),
        ([agreed("SUSPENDED", weekdays="2")], 5),
    ],
)
def test_the_shortest_time_that_a_contract_in_force_gives_is_the_due_day_S1_24_PLAN_18(
    contracts: list[ContractCopy], weekdays: int
) -> None:
    assert due_day(contracts, TODAY, FINLAND, Rules()) == FINLAND.nth_weekday_after(TODAY, weekdays)
