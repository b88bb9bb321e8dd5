"""Every (state, command) pair of the money's machines: where it leads, or that it is refused and changes nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.envelopes import envelope
from services.voucher.domain.purse import budget
from services.voucher.domain.spending import commitment, settlement

pytestmark = pytest.mark.unit
THEN = datetime(2025, 1, 1, tzinfo=UTC)
NOW = datetime(2025, 3, 11, tzinfo=UTC)
ONE = UUID(int=1)


def pairs(
    states: type[StrEnum], commands: tuple[str, ...], table: Mapping[tuple[Any, str], Any]
) -> list[tuple[StrEnum, str, StrEnum | None]]:
    return [(state, command, table.get((state, command))) for state, command in product(states, commands)]


def a_budget(state: Any) -> budget.Budget:
    return budget.Budget(ONE, "MAAKUNTA_2017:06", 2025, state, "fin", THEN, THEN, 1, [])


def a_commitment(state: Any = commitment.CommitmentState.COMMITTED) -> commitment.Commitment:
    return commitment.Commitment(
        id=ONE,
        county="MAAKUNTA_2017:06",
        client_id=ONE,
        plan_id=ONE,
        plan_service_id=ONE,
        enrolment_id=None,
        item_code="",
        service_code="SOC-FAM-SUPP",
        arrangement=Arrangement.PURCHASE,
        provider_id=ONE,
        contract_id=ONE,
        unit_price=25_000,
        units=6,
        valid_from=date(2025, 3, 1),
        valid_to=date(2025, 8, 31),
        created_at=THEN,
        updated_at=THEN,
        state=state,
    )


def an_envelope(state: Any) -> envelope.Envelope:
    return envelope.Envelope(ONE, "MAAKUNTA_2017:06", ONE, 900_000, state, THEN, THEN)


def a_batch(state: Any) -> settlement.Settlement:
    day = date(2025, 3, 31)
    return settlement.Settlement(ONE, "MAAKUNTA_2017:06", ONE, day, day, "maker", THEN, THEN, 100, 1, state=state)


def pay(batch: settlement.Settlement, command: str) -> None:
    match command:
        case "approve":
            batch.approve("other", NOW)
        case "send":
            batch.send(NOW)
        case "confirm_paid":
            batch.confirm_paid("REF", NOW)
        case _:
            batch.fail("ACCOUNT_CLOSED", NOW)


@pytest.mark.parametrize(("state", "command", "after"), pairs(budget.BudgetState, budget.COMMANDS, budget.TRANSITIONS))
def test_budget_REFUSAL_1(state: StrEnum, command: str, after: StrEnum | None) -> None:
    one = a_budget(state)
    if after is None:
        with pytest.raises(IllegalTransition):
            one.step(command, NOW)
    else:
        one.step(command, NOW)
    assert (one.state, one.updated_at) == ((after, NOW) if after else (state, THEN))


@pytest.mark.parametrize(
    ("state", "command", "after"),
    pairs(commitment.CommitmentState, commitment.COMMANDS, commitment.TRANSITIONS),
)
def test_commitment_PROCESS_B6(state: StrEnum, command: str, after: StrEnum | None) -> None:
    one = a_commitment(state)
    if after is None:
        with pytest.raises(IllegalTransition):
            one.step(command, NOW)
    else:
        one.step(command, NOW)
    assert (one.state, one.updated_at) == ((after, NOW) if after else (state, THEN))


@pytest.mark.parametrize(
    ("state", "command", "after"),
    pairs(commitment.ChargeState, commitment.CHARGE_COMMANDS, commitment.CHARGE_TRANSITIONS),
)
def test_charge_PROCESS_B6(state: Any, command: str, after: StrEnum | None) -> None:
    one = commitment.Charge(ONE, ONE, ONE, date(2025, 3, 31), 1, THEN, state=state)
    if after is None:
        with pytest.raises(IllegalTransition):
            one.step(command)
    else:
        one.step(command)
    assert one.state == (after or state)


@pytest.mark.parametrize(
    ("state", "command", "after"), pairs(envelope.EnvelopeState, envelope.COMMANDS, envelope.TRANSITIONS)
)
def test_envelope_PROCESS_B2(state: StrEnum, command: str, after: StrEnum | None) -> None:
    one = an_envelope(state)
    if after is None:
        with pytest.raises(IllegalTransition):
            one.step(command, NOW)
    else:
        one.step(command, NOW)
    assert (one.state, one.updated_at) == ((after, NOW) if after else (state, THEN))


@pytest.mark.parametrize(
    ("state", "command", "after"),
    pairs(settlement.SettlementState, settlement.COMMANDS, settlement.TRANSITIONS),
)
def test_settlement_PROCESS_A14(state: StrEnum, command: str, after: StrEnum | None) -> None:
    one = a_batch(state)
    if after is None:
        with pytest.raises(IllegalTransition):
            pay(one, command)
    else:
        pay(one, command)
    assert (one.state, one.updated_at) == ((after, NOW) if after else (state, THEN))


def test_maker_and_issuers_do_not_approve_INV_27() -> None:
    for eyes in ("maker", "issuer"):
        batch = a_batch(settlement.SettlementState.DRAFT)
        batch.issuers = frozenset({"issuer"})
        with pytest.raises(settlement.FourEyes):
            batch.approve(eyes, NOW)
        assert batch.approved_by == ""


def test_a_failed_batch_is_sent_again_PROCESS_A14() -> None:
    batch = a_batch(settlement.SettlementState.SENT)
    batch.fail("ACCOUNT_CLOSED", NOW)
    assert batch.failure_code == "ACCOUNT_CLOSED"
    batch.send(NOW)
    batch.confirm_paid("REF-1", NOW)
    assert (batch.attempts, batch.failure_code, batch.payment_reference) == (1, "", "REF-1")


def test_a_period_does_not_end_before_it_starts_PROCESS_A14() -> None:
    settlement.check_period(date(2025, 3, 1), date(2025, 3, 1))
    with pytest.raises(settlement.PeriodInverted):
        settlement.check_period(date(2025, 3, 2), date(2025, 3, 1))
