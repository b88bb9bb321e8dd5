"""What a batch keeps back: sanctions' parts, and payments made in error (SANCTION-1, SETTLEMENT-2, INV-11)."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voucher.domain.claims.reversal import Reversal, ReversalReason, recoveries
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.spending.settlement import Item, ItemKind, PaymentReduction, reduced

pytestmark = pytest.mark.unit

THEN = datetime(2025, 3, 1, tzinfo=UTC)
CONTRACT, OTHER = UUID(int=1), UUID(int=2)
FIRST, LAST = date(2025, 3, 10), date(2025, 3, 20)


def reversal(number: int, cents: int, recovered: int = 0) -> Reversal:
    """A payment taken back."""
    names = ("id", "redemption_id", "voucher_id", "client_id", "provider_id")
    ids: dict[str, Any] = {name: UUID(int=number) for name in names}
    made = Reversal(**ids, reason=ReversalReason.ERROR, cents=cents, created_at=THEN, created_by="fin", updated_at=THEN)
    made.recovered = recovered
    return made


def item(amount: int, day: date = FIRST, contract_id: UUID = CONTRACT) -> Item:
    """A redemption in a batch."""
    return Item(
        id=UUID(int=9),
        kind=ItemKind.REDEMPTION,
        source=Source(SourceKind.VOUCHER, UUID(int=3)),
        client_id=UUID(int=4),
        delivery_id=UUID(int=5),
        service_code="HLT-OT",
        service_date=day,
        units=1,
        amount=amount,
        issuer="csw-1",
        contract_id=contract_id,
    )


@given(st.lists(st.tuples(st.integers(1, 500_00), st.integers(0, 500_00)), max_size=6), st.integers(0, 900_00))
def test_a_batch_keeps_back_what_is_owed_and_never_more_than_it_pays_INV_11(
    owed: list[tuple[int, int]], room: int
) -> None:
    debts = [reversal(number, cents + done, done) for number, (cents, done) in enumerate(owed)]
    kept = recoveries(debts, room)
    assert sum(cents for _, cents in kept) == min(room, sum(one.open for one in debts))
    assert all(0 < cents <= one.open for one, cents in kept)
    assert [one for one, _ in kept] == debts[: len(kept)]


@pytest.mark.parametrize(
    ("amount", "percent", "cents"), [(100_00, 10, 10_00), (1_05, 10, 11), (1_04, 10, 10), (4, 10, 0), (0, 10, 0)]
)
def test_a_reduction_is_rounded_half_up_SANCTION_5(amount: int, percent: int, cents: int) -> None:
    lines = reduced([item(amount)], [PaymentReduction(CONTRACT, percent, FIRST, LAST)], most=10)
    assert [line.amount for line in lines] == ([-cents] if cents else [])


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (item(100_00, FIRST), True),
        (item(100_00, LAST), True),
        (item(100_00, date(2025, 3, 9)), False),
        (item(100_00, date(2025, 3, 21)), False),
        (item(100_00, FIRST, OTHER), False),
    ],
)
def test_only_services_of_its_days_under_its_contract_SANCTION_5(one: Item, counts: bool) -> None:
    assert bool(reduced([one], [PaymentReduction(CONTRACT, 5, FIRST, LAST)], most=10)) is counts


@given(st.lists(st.integers(1, 100), max_size=4), st.integers(0, 1_000_00), st.integers(0, 10))
def test_sanctions_together_stay_within_the_largest_SANCTION_5(percents: list[int], amount: int, most: int) -> None:
    lines = reduced([item(amount)], [PaymentReduction(CONTRACT, one, FIRST, LAST) for one in percents], most=most)
    assert -sum(line.amount for line in lines) <= (amount * most + 50) // 100
