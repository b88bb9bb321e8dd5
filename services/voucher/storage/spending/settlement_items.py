"""What a provider can be paid: accepted redemptions and charges, claimed for a batch and settled with it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.voucher.domain.claims.redemption import Redemption, RedemptionState
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.spending.commitment import Charge, ChargeState
from services.voucher.domain.spending.settlement import Item, ItemKind
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.spending.commitment import charges, commitments, load_commitments, save_commitment
from services.voucher.storage.vouchers.voucher import vouchers


def claim_items(session: Session, provider_id: UUID, first: date, last: date, *, settlement_id: UUID) -> list[Item]:
    """Put every accepted and unclaimed redemption and charge of those days into the batch, and give them, by day.

    Their rows are locked in the order of their ids: who collects at the same time waits and finds them claimed.
    """
    claimed = [
        *_claim_redemptions(session, provider_id, first, last, settlement_id),
        *_claim_charges(session, provider_id, first, last, settlement_id),
    ]
    return sorted(claimed, key=lambda item: (item.service_date, item.id))


def settle_charges(session: Session, items: Sequence[Item], now: datetime) -> None:
    """ACCEPTED -> SETTLED for the batch's charges; refuses with IllegalTransition what is not accepted any more."""
    paid = {item.id for item in items if item.kind is ItemKind.CHARGE}
    sources = {item.source.id for item in items if item.kind is ItemKind.CHARGE}
    for commitment in load_commitments(session, sources, lock=True):
        commitment.updated_at = now
        _settle(session, [charge for charge in commitment.charges if charge.id in paid])
        save_commitment(session, commitment)


def settle_redemptions(session: Session, items: Sequence[Item], now: datetime) -> None:
    """ACCEPTED -> SETTLED for the batch's redemptions; refuses with IllegalTransition what is not accepted any more."""
    wanted = [item.id for item in items if item.kind is ItemKind.REDEMPTION]
    query = select(Redemption).where(redemptions.c.id.in_(wanted)).order_by(redemptions.c.id)
    for redemption in session.scalars(query.with_for_update().execution_options(populate_existing=True)):
        redemption.settle(now=now)
    session.flush()


def _settle(session: Session, paid: Iterable[Charge]) -> None:
    for charge in paid:
        charge.step("settle")
        session.execute(update(charges).where(charges.c.id == charge.id).values(state=charge.state.value))


def _claim_redemptions(session: Session, provider_id: UUID, first: date, last: date, settlement_id: UUID) -> list[Item]:
    query = (
        select(Redemption, vouchers.c.issuer_subject)
        .join(vouchers, vouchers.c.id == redemptions.c.voucher_id)
        .where(
            redemptions.c.provider_id == provider_id,
            redemptions.c.state == RedemptionState.ACCEPTED,
            redemptions.c.service_date.between(first, last),
            redemptions.c.settlement_id.is_(None),
        )
        .order_by(redemptions.c.id)
        .with_for_update(of=redemptions)
    )
    found: list[Item] = []
    for redemption, issuer in session.execute(query):
        redemption.settlement_id = settlement_id
        found.append(_of_redemption(redemption, issuer))
    session.flush()
    return found


def _of_redemption(redemption: Redemption, issuer: str) -> Item:
    return Item(
        id=redemption.id,
        kind=ItemKind.REDEMPTION,
        source=Source(SourceKind.VOUCHER, redemption.voucher_id),
        client_id=redemption.client_id,
        delivery_id=redemption.delivery_id,
        service_code=redemption.service_code,
        service_date=redemption.service_date,
        units=redemption.units,
        amount=redemption.county_share,
        issuer=issuer,
        contract_id=redemption.contract_id,
    )


def _claim_charges(session: Session, provider_id: UUID, first: date, last: date, settlement_id: UUID) -> list[Item]:
    query = (
        select(charges, commitments.c.client_id, commitments.c.service_code, commitments.c.contract_id)
        .join(commitments, commitments.c.id == charges.c.commitment_id)
        .where(
            charges.c.provider_id == provider_id,
            charges.c.state == ChargeState.ACCEPTED.value,
            charges.c.service_date.between(first, last),
            charges.c.settlement_id.is_(None),
        )
        .order_by(charges.c.id)
        .with_for_update(of=charges)
    )
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    session.execute(update(charges).where(charges.c.id.in_(ids)).values(settlement_id=settlement_id))
    return [
        Item(
            id=row.id,
            kind=ItemKind.CHARGE,
            source=Source(SourceKind.COMMITMENT, row.commitment_id),
            client_id=row.client_id,
            delivery_id=row.delivery_id,
            service_code=row.service_code,
            service_date=row.service_date,
            units=row.units,
            amount=row.amount,
            issuer="",
            contract_id=row.contract_id,
        )
        for row in rows
    ]
