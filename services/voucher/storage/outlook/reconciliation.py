"""What vouchers, commitments, envelopes and direct payments say of their own money, for the ledger's proof."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    case,
    cast,
    collate,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery
from services.voucher.domain.claims.redemption import UNSETTLED
from services.voucher.domain.envelopes.envelope import EnvelopeState
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.purse.proof import OwnBooks, Payers
from services.voucher.domain.spending.commitment import ChargeState, CommitmentState
from services.voucher.domain.spending.direct_payment import PaymentState
from services.voucher.domain.spending.settlement import ItemKind, SettlementState
from services.voucher.domain.vouchers.states import ENDED, WITH_PROVIDER, State
from services.voucher.storage.claims.paid_delivery import paid_deliveries
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.claims.reversal import reversals
from services.voucher.storage.envelopes.envelope import envelopes
from services.voucher.storage.spending.commitment import charges, commitments
from services.voucher.storage.spending.direct_payment import payments
from services.voucher.storage.spending.settlement import items, settlements
from services.voucher.storage.vouchers.voucher import vouchers

_CHARGED = [ChargeState.BOOKED.value, ChargeState.SETTLED.value]
_CLAIMED = [ItemKind.REDEMPTION.value, ItemKind.REDUCTION.value]


def own_books(session: Session) -> Iterator[OwnBooks]:
    """The books of every source, in their order, a thousand rows at a time."""
    every = union_all(_vouchers(), _commitments(), _envelopes(), _payments()).subquery()
    kind = collate(every.c.kind, "C")
    query = select(kind, every.c.id, every.c.bound, every.c.paid).order_by(kind, every.c.id)
    for row in session.execute(query.execution_options(yield_per=1000)):
        bound = None if row[2] is None else int(row[2])
        yield OwnBooks(Source(SourceKind(row[0]), row[1]), bound, int(row[3]))


def paid_to_providers(session: Session) -> Counter[UUID]:
    """What each provider was paid by the books of batches, own production and capitation, less what was taken back."""
    booked = (
        select(charges.c.provider_id, func.sum(charges.c.amount))
        .where(charges.c.state == ChargeState.BOOKED.value)
        .group_by(charges.c.provider_id)
    )
    batches = (
        select(settlements.c.provider_id, func.sum(items.c.amount))
        .join(items, items.c.settlement_id == settlements.c.id)
        .where(settlements.c.state == SettlementState.PAID.value, items.c.kind != ItemKind.REVERSAL.value)
        .group_by(settlements.c.provider_id)
    )
    capitation = (
        select(payments.c.provider_id, func.sum(payments.c.units * payments.c.unit_price))
        .where(payments.c.state == PaymentState.PAID.value, payments.c.provider_id.is_not(None))
        .group_by(payments.c.provider_id)
    )
    taken_back = select(reversals.c.provider_id, -func.sum(reversals.c.cents)).group_by(reversals.c.provider_id)
    paid: Counter[UUID] = Counter()
    for query in (booked, batches, capitation, taken_back):
        paid.update({row[0]: int(row[1]) for row in session.execute(query)})
    return paid


def _vouchers() -> TableQuery:
    """Bound is told of one at a provider: its share of units left, held units, claims not paid; an ended has none."""
    v = vouchers.c
    claims = _sum(redemptions.c.county_share, redemptions.c.voucher_id == v.id, redemptions.c.state.in_(UNSETTLED))
    remaining = v.county_share * (v.units_granted - v.units_redeemed - v.units_held) + v.held_cents
    bound = case(
        (v.state.in_(WITH_PROVIDER), remaining + claims), (v.state.in_([*ENDED, State.DRAFT]), 0), else_=null()
    )
    of_paid = settlements.c.id == items.c.settlement_id, settlements.c.state == SettlementState.PAID.value
    paid = _sum(items.c.amount, items.c.source_id == v.id, items.c.kind.in_(_CLAIMED), *of_paid)
    taken_back = _sum(reversals.c.cents, reversals.c.voucher_id == v.id)
    return _books(SourceKind.VOUCHER, v.id, bound, paid - taken_back)


def _commitments() -> TableQuery:
    """While it runs all that is not spent is bound, later what is accepted and not paid."""
    c = commitments.c
    here = charges.c.commitment_id == c.id
    paid = _sum(charges.c.amount, here, charges.c.state.in_(_CHARGED))
    accepted = _sum(charges.c.amount, here, charges.c.state == ChargeState.ACCEPTED.value)
    runs = c.state == CommitmentState.COMMITTED.value
    return _books(SourceKind.COMMITMENT, c.id, case((runs, c.unit_price * c.units - paid), else_=accepted), paid)


def _envelopes() -> TableQuery:
    """An ended envelope holds nothing."""
    still = [EnvelopeState.RESERVED.value, EnvelopeState.FUNDED.value]
    bound = case((envelopes.c.state.in_(still), null()), else_=0)
    return _books(SourceKind.ENROLMENT, envelopes.c.enrolment_id, bound, literal(0))


def _payments() -> TableQuery:
    amount = payments.c.units * payments.c.unit_price
    paid = case((payments.c.state == PaymentState.PAID.value, amount), else_=0)
    return _books(SourceKind.DIRECT, payments.c.id, literal(0), paid)


def _books(
    kind: SourceKind, key: ColumnElement[Any], bound: ColumnElement[Any], paid: ColumnElement[Any]
) -> TableQuery:
    return select(
        literal(kind.value).label("kind"),
        key.label("id"),
        cast(bound, BigInteger).label("bound"),
        cast(paid, BigInteger).label("paid"),
    )


def _sum(column: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[Any]:
    return select(func.coalesce(func.sum(column), 0)).where(*where).scalar_subquery()


def wrong_payers(session: Session) -> Iterator[Payers]:
    """Deliveries that are not paid exactly as often as they stand as paid, for the ledger's proof."""
    paying = union_all(
        select(redemptions.c.delivery_id).where(redemptions.c.payer.is_not(None)),
        select(charges.c.delivery_id).where(charges.c.payer.is_not(None)),
    ).subquery()
    counted = select(paying.c.delivery_id, func.count().label("paying")).group_by(paying.c.delivery_id).subquery()
    d = paid_deliveries.c
    recorded = func.count(d.delivery_id)
    paid = func.coalesce(func.max(counted.c.paying), 0)
    delivery_id = func.coalesce(d.delivery_id, counted.c.delivery_id)
    query = (
        select(delivery_id, recorded, paid)
        .select_from(paid_deliveries.join(counted, counted.c.delivery_id == d.delivery_id, full=True))
        .group_by(delivery_id)
        .having(recorded != paid)
        .order_by(delivery_id)
    )
    for row in session.execute(query):
        yield Payers(row[0], row[1], row[2])
