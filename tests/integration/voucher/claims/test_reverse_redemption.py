"""Payments taken back (SETTLEMENT-2) and reduced (SANCTION-5): the correction, the ledger, and what the next batches
keep back."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.database import outbox
from services.chassis.etags import VersionConflict
from services.chassis.values import day
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.claims.redemption import Redemption, RedemptionState
from services.voucher.domain.claims.reversal import Reversal, ReversalReason, UnknownRedemption
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.spending.settlement import NothingToSettle
from services.voucher.domain.vouchers.states import State
from services.voucher.operations.claims.reverse_redemption import reverse_redemption
from services.voucher.storage.neighbours.sanction import sanctions
from sote.provider.v1 import events_pb2 as provider
from sote.provider.v1 import sanction_pb2
from sote.voucher.v1 import events_pb2, reversal_pb2
from tests.builders.voucher.county import World
from tests.builders.voucher.inpatient import P08_PRICE, P09_PRICE, Ward
from tests.builders.voucher.planned import RulesBus
from tests.builders.voucher.settlements import collect, confirm, lines, pay, send

pytestmark = pytest.mark.integration
PRICE = 82_00


@pytest.fixture
def ward(session: Callable[[str], Session]) -> Ward:
    return Ward(session("voucher")).opened()


def reverse(world: World, claim: Redemption, **changes: object) -> Reversal:
    """County finance takes the payment of a claim back."""
    arguments: dict[str, object] = {"reason": ReversalReason.ERROR, "etag": "", "subject": "finance-1"}
    arguments |= {"redemption_id": claim.id, "now": world.now, **changes}
    return reverse_redemption(world.session, **arguments)  # type: ignore[arg-type]


def told(world: World, claim_id: UUID) -> events_pb2.RedemptionReversed:
    """The fact announced last about the claim."""
    query = select(outbox.c.body).where(outbox.c.headers["subject"].astext == f"redemptions/{claim_id}")
    body = world.session.execute(query.order_by(outbox.c.id.desc())).scalars().first()
    return events_pb2.RedemptionReversed.FromString(bytes(body or b""))


def test_a_payment_made_in_error_is_free_again_and_kept_back_from_the_next_batch_SETTLEMENT_2(ward: Ward) -> None:
    voucher = ward.at_p08()
    wrong, _ = ward.on(date(2025, 4, 10)).days(voucher, date(2025, 4, 2), 2)
    pay(ward, ward.coach)
    made = reverse(ward, wrong, reason=ReversalReason.FALSE_CLAIM)
    assert (wrong.state, wrong.county_share) == (RedemptionState.REVERSED, P08_PRICE)
    assert (voucher.units_redeemed, voucher.redeemed_cents) == (1, P08_PRICE)
    assert ward.balance(voucher) == Balance(committed=27 * P08_PRICE, spent=P08_PRICE)
    fact = told(ward, wrong.id)
    assert (fact.contract_id, fact.reason) == (str(ward.contract), reversal_pb2.REVERSAL_REASON_FALSE_CLAIM)
    assert ward.facts(voucher)[-1] == "VoucherUnitsReturned"
    assert ward.proved()
    again = ward.redeem(voucher, wrong.delivery_id)
    ward.days(voucher, date(2025, 4, 5), 1)
    batch = pay(ward, ward.coach)
    assert lines(ward, batch) == [("REDEMPTION", P08_PRICE), ("REDEMPTION", P08_PRICE), ("REVERSAL", -P08_PRICE)]
    assert (batch.total, made.open, again.state) == (P08_PRICE, 0, RedemptionState.SETTLED)
    assert ward.balance(voucher).spent == 3 * P08_PRICE
    assert ward.proved()


def test_a_batch_is_never_below_zero_the_rest_is_carried_over_SETTLEMENT_2(ward: Ward) -> None:
    voucher = ward.at_p08()
    claims = ward.on(date(2025, 4, 20)).days(voucher, date(2025, 4, 2), 3)
    pay(ward, ward.coach)
    for claim in claims:
        reverse(ward, claim)
    with pytest.raises(NothingToSettle):
        pay(ward, ward.coach)
    totals = []
    for number in (10, 11, 12, 13):
        ward.days(voucher, date(2025, 4, number), 1)
        totals.append(pay(ward, ward.coach).total)
        assert ward.proved()
    assert totals == [0, 0, 0, P08_PRICE]


def test_a_large_reversal_is_kept_back_in_parts_SETTLEMENT_2(world: World) -> None:
    voucher = world.active()
    large = world.redeem(voucher, world.deliver(voucher, units=5))
    pay(world, world.coach)
    reverse(world, large)
    totals = []
    for units in (2, 2, 2):
        world.redeem(voucher, world.deliver(voucher, units=units))
        totals.append(pay(world, world.coach).total)
    assert totals == [0, 0, PRICE]
    assert world.balance(voucher).spent == 6 * PRICE


def test_a_closed_voucher_gives_the_money_back_to_its_line(world: World) -> None:
    voucher = world.active()
    claim = world.redeem(voucher, world.deliver(voucher, units=15))
    pay(world, world.coach)
    assert world.pass_time(date(2025, 3, 20)) == 1
    world.session.refresh(voucher)
    assert voucher.state is State.SETTLED
    reverse(world, claim)
    assert (voucher.state, voucher.units_redeemed) == (State.SETTLED, 0)
    assert world.balance(voucher) == Balance()


def test_what_came_back_while_it_closes_may_be_claimed_until_the_window_is_over_REDEMPTION_1(world: World) -> None:
    voucher = world.active()
    claim = world.redeem(voucher, world.deliver(voucher, units=15))
    pay(world, world.coach)
    reverse(world, claim)
    assert (voucher.state, world.balance(voucher)) == (State.CLOSING, Balance(committed=15 * PRICE))
    assert world.pass_time(date(2025, 4, 30)) == 0
    world.redeem(voucher, claim.delivery_id, units=10)
    pay(world, world.coach)
    assert world.pass_time(date(2025, 5, 1)) == 1
    assert world.balance(voucher) == Balance(spent=10 * PRICE)


def test_units_of_a_former_provider_are_owed_at_the_present_ones_price_VOUCHER_18(ward: Ward) -> None:
    voucher = ward.at_p08()
    claims = ward.on(date(2025, 4, 14)).days(voucher, date(2025, 4, 2), 12)
    pay(ward, ward.coach)
    ward.reroute(voucher)
    reverse(ward, claims[0])
    assert ward.balance(voucher) == Balance(reserved=17 * P08_PRICE, spent=11 * P08_PRICE)
    ward.guide(voucher)
    ward.choose(voucher, provider_id=ward.p09)
    reverse(ward, claims[1])
    assert ward.balance(voucher) == Balance(committed=18 * P09_PRICE, spent=10 * P08_PRICE)
    assert ward.proved()


def test_only_what_is_paid_is_reversed_and_only_once_REDEMPTION_2(world: World) -> None:
    voucher = world.active()
    claim = world.redeem(voucher, world.deliver(voucher))
    with pytest.raises(UnknownRedemption):
        reverse(world, claim, redemption_id=uuid4())
    with pytest.raises(IllegalTransition):
        reverse(world, claim)
    pay(world, world.coach)
    with pytest.raises(VersionConflict):
        reverse(world, claim, etag='"99"')
    reverse(world, claim)
    with pytest.raises(IllegalTransition):
        reverse(world, claim)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("update reversal set recovered = cents + 1", "ck_reversal_recovered"),
        (
            "insert into reversal select gen_random_uuid(), redemption_id, voucher_id, client_id, provider_id, reason,"
            " cents, created_at, created_by, updated_at, recovered, version from reversal",
            "uq_reversal_redemption_id",
        ),
        ("update settlement_item set amount = -amount", "ck_settlement_item_amount"),
    ],
)
def test_the_database_lets_no_correction_count_twice_INV_11(world: World, statement: str, constraint: str) -> None:
    voucher = world.active()
    claim = world.redeem(voucher, world.deliver(voucher))
    pay(world, world.coach)
    reverse(world, claim)
    world.session.flush()
    with pytest.raises(IntegrityError, match=constraint), world.session.begin_nested():
        world.session.execute(text(statement))


def sanction(
    ward: Ward, percent: int, first: date, last: date, *, state: str = "IMPOSED", version: int = 1, number: int = 0
) -> None:
    """P08's payments are reduced for these days, as the bus tells it."""
    told = sanction_pb2.SanctionFacts(
        sanction_id=str(UUID(int=700 + number)),
        contract_id=str(ward.contract),
        provider_id=str(ward.coach),
        kind=sanction_pb2.SANCTION_KIND_PAYMENT_REDUCTION,
        state=sanction_pb2.SanctionState.Value(f"SANCTION_STATE_{state}"),
        effective_date=day(first),
        until_date=day(last),
        reduction_percent=percent,
        version=version,
    )
    kind = getattr(provider, f"Sanction{state.capitalize()}")
    RulesBus().on_sanction(ward.session, kind(sanction=told), ward.now)


def test_a_payment_reduction_is_a_line_of_its_own_and_its_money_is_released_SANCTION_5(ward: Ward) -> None:
    voucher = ward.at_p08()
    sanction(ward, 7, date(2025, 4, 3), date(2025, 4, 4))
    claims = ward.on(date(2025, 4, 20)).days(voucher, date(2025, 4, 2), 4)
    batch = pay(ward, ward.coach)
    cut = 15_05  # 7 percent of 215.00
    assert lines(ward, batch) == [("REDEMPTION", P08_PRICE)] * 4 + [("REDUCTION", -cut)] * 2
    assert batch.total == 4 * P08_PRICE - 2 * cut
    assert ward.balance(voucher) == Balance(committed=24 * P08_PRICE, spent=batch.total)
    assert ward.proved()
    made = reverse(ward, claims[1])
    assert made.cents == P08_PRICE - cut
    assert ward.balance(voucher) == Balance(committed=25 * P08_PRICE, spent=3 * P08_PRICE - cut)
    assert ward.proved()


def test_sanctions_together_take_no_more_than_the_largest_reduction_SANCTION_5(ward: Ward) -> None:
    voucher = ward.at_p08()
    for number, percent in enumerate((8, 9)):
        sanction(ward, percent, date(2025, 4, 1), date(2025, 4, 30), number=number)
    ward.on(date(2025, 4, 20)).days(voucher, date(2025, 4, 2), 1)
    assert pay(ward, ward.coach).total == 193_50


@pytest.mark.parametrize(
    ("state", "cut"),
    [("EXPIRED", 4), ("REMEDIED", 2), ("ESCALATED", 2), ("WITHDRAWN", 0)],
)
def test_how_a_sanction_ends_tells_which_days_it_reduces_SANCTION_5(ward: Ward, state: str, cut: int) -> None:
    voucher = ward.at_p08()
    sanction(ward, 10, date(2025, 4, 1), date(2025, 4, 30))
    sanction(ward.on(date(2025, 4, 4)), 10, date(2025, 4, 1), date(2025, 4, 30), state=state, version=2)
    sanction(ward, 10, date(2025, 4, 1), date(2025, 4, 30), version=1)
    ward.on(date(2025, 4, 20)).days(voucher, date(2025, 4, 2), 4)
    assert pay(ward, ward.coach).total == 4 * P08_PRICE - cut * 21_50


def test_another_kind_of_sanction_reduces_nothing_SANCTION_5(ward: Ward) -> None:
    told = sanction_pb2.SanctionFacts(sanction_id=str(uuid4()), kind=sanction_pb2.SANCTION_KIND_NOTICE, version=1)
    RulesBus().on_sanction(ward.session, provider.SanctionImposed(sanction=told), ward.now)
    assert not ward.session.execute(select(sanctions.c.sanction_id)).all()


def test_a_claim_in_a_batch_under_way_is_reversed_when_the_bank_has_paid_PROCESS_D2(ward: Ward) -> None:
    voucher = ward.at_p08()
    kept, beyond = ward.on(date(2025, 4, 10)).days(voucher, date(2025, 4, 5), 2)
    batch = send(ward, collect(ward, ward.coach))
    voucher.cut_off = date(2025, 4, 5)
    confirm(ward, batch)
    assert (kept.state, beyond.state) == (RedemptionState.SETTLED, RedemptionState.REVERSED)
    assert ward.balance(voucher).spent == P08_PRICE
