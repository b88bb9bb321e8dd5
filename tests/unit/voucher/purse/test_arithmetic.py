"""The pure arithmetic of the ledger: what postings take, how envelopes split, what the proof notices."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.care import Arrangement
from services.voucher.domain.envelopes.envelope import split
from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.neighbours.provider import ContractCopy, ContractLine
from services.voucher.domain.purse.budget import BudgetLinesOverlap, Line, check_lines
from services.voucher.domain.purse.entries import LineRow
from services.voucher.domain.purse.ledger import (
    Account,
    Balance,
    Holding,
    LineBalance,
    Move,
    Op,
    PostingRefused,
    Source,
    SourceKind,
    positive,
    take,
)
from services.voucher.domain.purse.proof import BatchSums, OwnBooks, Stored, prove
from services.voucher.domain.spending.commitment import (
    Charge,
    ChargeState,
    Commitment,
    CommitmentState,
    RejectCode,
    agreed_line,
    orders,
)

pytestmark = pytest.mark.unit
A, B, CLIENT = UUID(int=10), UUID(int=11), UUID(int=12)
VOUCHER = Source(SourceKind.VOUCHER, UUID(int=1))
COUNCIL = Source(SourceKind.COUNCIL, UUID(int=2))
THEN = datetime(2025, 1, 1, tzinfo=UTC)
cents = st.integers(0, 10_000_00)


def a_commitment(arrangement: Arrangement = Arrangement.OWN) -> Commitment:
    return Commitment(
        id=UUID(int=3),
        county="MAAKUNTA_2017:06",
        client_id=CLIENT,
        plan_id=A,
        plan_service_id=B,
        enrolment_id=None,
        item_code="",
        service_code="SOC-FAM-WORK",
        arrangement=arrangement,
        provider_id=A,
        contract_id=B,
        unit_price=62_00,
        units=4,
        valid_from=date(2025, 3, 1),
        valid_to=date(2025, 8, 31),
        created_at=THEN,
        updated_at=THEN,
        state=CommitmentState.COMMITTED,
    )


def a_charge(units: int = 1, *, number: int = 1, provider: UUID = A, on: date = date(2025, 3, 10)) -> Charge:
    return Charge(UUID(int=100 + number), UUID(int=200 + number), provider, on, units, THEN)


def deliver(commitment: Commitment, charge: Charge) -> Charge:
    commitment.decide(charge, commitment.objection(charge), THEN)
    commitment.charges.append(charge)
    return charge


@given(st.lists(st.tuples(cents, cents), min_size=1, max_size=4), st.integers(1, 100_000_00))
def test_a_posting_takes_exactly_what_is_asked_and_held_INV_09(held: list[tuple[int, int]], wanted: int) -> None:
    holdings = [Holding(UUID(int=n), reserved, committed) for n, (reserved, committed) in enumerate(held)]
    if wanted > sum(map(sum, held)):
        with pytest.raises(PostingRefused):
            take(holdings, [Account.RESERVED, Account.COMMITTED], wanted)
        return
    taken = take(holdings, [Account.RESERVED, Account.COMMITTED], wanted)
    assert sum(part.cents for part in taken) == wanted
    for part in taken:
        assert 0 < part.cents <= holdings[part.line_id.int].on(part.account)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_posting_moves_something_INV_22(amount: int) -> None:
    with pytest.raises(PostingRefused):
        positive(amount)


@given(cents, st.lists(st.tuples(st.sampled_from([A, B]), cents), min_size=1, max_size=6))
def test_an_envelope_is_split_to_the_cent_PROCESS_B2(amount: int, costs: list[tuple[UUID, int]]) -> None:
    parts = split(amount, costs)
    assert sum(parts.values()) == amount
    assert min(parts.values(), default=1) > 0


def test_the_envelope_of_story_1_on_two_lines_STORY_1() -> None:
    costs = [(A, 1984_00), (A, 1440_00), (A, 1275_00), (B, 1560_00), (A, 1500_00)]
    assert split(9000_00, costs) == {A: 9000_00 - 1560_00, B: 1560_00}


def test_deliveries_within_the_order_are_booked_or_accepted_PROCESS_B6() -> None:
    own, bought = a_commitment(), a_commitment(Arrangement.PURCHASE)
    assert deliver(own, a_charge(3)).state is ChargeState.BOOKED
    assert deliver(bought, a_charge(3)).state is ChargeState.ACCEPTED
    assert (own.paid_out, own.bound) == (3 * 62_00, 62_00)
    assert (bought.paid_out, bought.bound) == (0, 4 * 62_00)


@pytest.mark.parametrize(
    ("charge", "code"),
    [
        (a_charge(5), RejectCode.OVER_UNITS),
        (a_charge(provider=B), RejectCode.WRONG_PROVIDER),
        (a_charge(on=date(2025, 2, 28)), RejectCode.OUTSIDE_PERIOD),
        (a_charge(on=date(2025, 9, 1)), RejectCode.OUTSIDE_PERIOD),
    ],
)
def test_nothing_is_paid_outside_the_order_PROCESS_B6(charge: Charge, code: RejectCode) -> None:
    commitment = a_commitment()
    deliver(commitment, charge)
    assert (charge.state, charge.amount, charge.reject_code) == (ChargeState.REJECTED, 0, code.value)
    assert commitment.units_used == 0


def test_units_over_the_order_are_rejected_and_the_last_fitting_one_is_not_PROCESS_B6() -> None:
    commitment = a_commitment()
    states = [deliver(commitment, a_charge(units, number=units)).state for units in (3, 2, 1)]
    assert states == [ChargeState.BOOKED, ChargeState.REJECTED, ChargeState.BOOKED]


def test_care_does_not_wait_for_money_PROCESS_6() -> None:
    commitment = a_commitment()
    commitment.state = CommitmentState.AWAITING_FUNDS
    assert deliver(commitment, a_charge()).state is ChargeState.RECORDED


def test_an_ended_commitment_owes_what_is_accepted_and_not_paid_PROCESS_B6() -> None:
    commitment = a_commitment(Arrangement.PURCHASE)
    deliver(commitment, a_charge(2))
    commitment.step("close", THEN)
    assert commitment.bound == 2 * 62_00


def plan_service(**changes: Any) -> PlanServiceCopy:
    base = PlanServiceCopy(
        plan_service_id=B,
        plan_id=A,
        client_id=CLIENT,
        service_code="SOC-FAM-WORK",
        arrangement=Arrangement.OWN,
        state="ASSIGNED",
        provider_id=A,
        unit_id=None,
        contract_id=None,
        voucher_id=None,
        enrolment_id=None,
        item_code="",
        units=4,
        unit="HOUR",
        from_date=date(2025, 3, 1),
        to_date=date(2025, 8, 31),
    )
    return replace(base, **changes)


def contract(number: int, code: str, price: int, state: str = "ACTIVE") -> ContractCopy:
    line = ContractLine(UUID(int=number), code, (), price, False, 0)
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    return ContractCopy(UUID(int=number), f"SOP-06-{number}", A, "PURCHASE", state, first, last, None, 1, (line,))


def test_the_price_is_that_of_the_contract_PROCESS_B6() -> None:
    known = [
        contract(1, "OTHER", 1_00),
        contract(2, "SOC-FAM-WORK", 60_00, "EXPIRED"),
        contract(3, "SOC-FAM-WORK", 62_00),
    ]
    line = agreed_line(known, plan_service())
    named = agreed_line(known, plan_service(contract_id=UUID(int=2)))
    assert line is not None
    assert named is not None
    assert (line.unit_price_cents, named.unit_price_cents) == (62_00, 60_00)
    assert agreed_line(known[:2], plan_service()) is None


def test_only_counted_own_production_and_purchases_are_ordered_PROCESS_B6() -> None:
    assert orders(plan_service())
    assert orders(plan_service(arrangement=Arrangement.PURCHASE))
    assert not orders(plan_service(units=0))
    assert not orders(plan_service(state="CANCELLED"))
    assert not orders(plan_service(arrangement=Arrangement.VOUCHER))
    assert not orders(plan_service(arrangement=Arrangement.DIRECT_CHOICE))


@pytest.mark.parametrize(
    "lines",
    [
        [Line(A, "X", "", 0), Line(B, "X", "", 0)],
        [Line(A, "X", "", 0, tasks=("TERVEYS",)), Line(B, "Y", "", 0, tasks=("TERVEYS",))],
        [Line(A, "X", "", 0, service_codes=("HLT-OT",)), Line(B, "Y", "", 0, service_codes=("HLT-OT",))],
    ],
)
def test_lines_of_a_budget_do_not_overlap_S1_41(lines: list[Line]) -> None:
    with pytest.raises(BudgetLinesOverlap):
        check_lines(lines)


def moves() -> list[Move]:
    return [
        Move(A, COUNCIL, Op.APPROPRIATE, Account.APPROPRIATION, Account.AVAILABLE, 1000_00),
        Move(A, VOUCHER, Op.RESERVE, Account.AVAILABLE, Account.RESERVED, 500_00),
        Move(A, VOUCHER, Op.COMMIT, Account.RESERVED, Account.COMMITTED, 400_00),
        Move(A, VOUCHER, Op.RELEASE, Account.RESERVED, Account.AVAILABLE, 100_00),
        Move(A, VOUCHER, Op.SPEND, Account.COMMITTED, Account.SPENT, 150_00, B),
    ]


def test_the_proof_notices_every_kind_of_difference_INV_08_INV_09_INV_10_INV_11() -> None:
    right: dict[str, Any] = {
        "lines": {A: LineBalance(1000_00, 600_00, 0, 250_00, 150_00)},
        "stored": [Stored(VOUCHER, A, Balance(0, 250_00, 150_00))],
        "own": [OwnBooks(VOUCHER, 250_00, 150_00)],
        "batches": [BatchSums(B, True, 150_00, 150_00)],
        "paid_to": {B: 150_00},
    }
    held = prove(moves(), **right)
    assert held.holds
    assert (held.entries, held.lines, held.sources, held.settlements) == (5, 1, 1, 1)
    wrong: dict[tuple[str, str], dict[str, Any]] = {
        ("INV-08", "available"): {"lines": {A: LineBalance(1000_00, 600_01, 0, 250_00, 150_00)}},
        ("INV-08", "overrun"): {"lines": {A: LineBalance(1000_00, 600_00, 0, 250_00, 150_00, overrun=1)}},
        ("INV-09", "committed"): {"stored": [Stored(VOUCHER, A, Balance(0, 249_99, 150_00))]},
        ("INV-09", "reserved"): {"stored": []},
        ("INV-11", "total"): {"batches": [BatchSums(B, True, 150_00, 149_99)]},
        ("INV-09", "bound"): {"own": [OwnBooks(VOUCHER, 250_01, 150_00)]},
        ("INV-11", "spent"): {"own": [OwnBooks(VOUCHER, 250_00, 149_00)]},
        ("S1.04", "paid"): {"paid_to": {B: 149_99}},
    }
    for (rule, measure), change in wrong.items():
        proof = prove(moves(), **(right | change))
        found = {(one.rule, one.measure) for one in proof.differences}
        assert (rule, measure) in found or (measure == "reserved" and ("INV-09", "committed") in found)
    overdrawn = [*moves(), Move(A, VOUCHER, Op.RESERVE, Account.AVAILABLE, Account.RESERVED, 700_00)]
    assert "INV-10" in {one.rule for one in prove(overdrawn, **right).differences}


def test_an_entry_between_accounts_that_are_not_its_own_is_told_INV_08() -> None:
    strange = Move(A, VOUCHER, Op.SPEND, Account.AVAILABLE, Account.SPENT, 1_00)
    proof = prove([strange], lines={}, stored=[], own=[], batches=[], paid_to={})
    assert [one.measure for one in proof.differences] == ["illegal SPEND"]


def test_an_ended_source_that_holds_something_is_told_INV_09() -> None:
    stored, own = [Stored(VOUCHER, A, Balance(reserved=1))], [OwnBooks(VOUCHER, 0, 0)]
    proof = prove([], lines={}, stored=stored, own=own, batches=[], paid_to={})
    assert {one.measure for one in proof.differences} == {"reserved", "bound"}


def test_available_is_below_zero_by_its_permit_and_no_further_DESIGN_8() -> None:
    line = LineBalance(100_00, -20_00, 120_00, overrun=20_00)
    assert line.adds_up
    assert not replace(line, overrun=19_99).adds_up
    assert LineBalance(0, -50_00, 50_00, conditional=50_00).adds_up
    assert LineRow(A, "CARE", 2025, -20_00, overrun=50_00).room(statutory=True) == 30_00
    assert LineRow(A, "CARE", 2025, -20_00, overrun=50_00).room(statutory=False) == -20_00
    assert LineRow(A, "CARE", 2026, -20_00, conditional=100_00).room(statutory=False) == 80_00
