"""What the vouchers' own rows say must be bound for them, for the ledger's proof (INV-09)."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from services.voucher.domain.ledger import Source, SourceKind
from services.voucher.domain.proof import Owed
from services.voucher.domain.redemption import UNSETTLED
from services.voucher.domain.voucher_states import State
from services.voucher.storage.redemption import redemptions
from services.voucher.storage.voucher import vouchers

AT_WORK = (State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED)
ENDED = (State.DRAFT, State.SETTLED, State.EXPIRED, State.REVOKED, State.REFUSED)


def owed_on_vouchers(session: Session) -> list[Owed]:
    """For a voucher at a provider: its share of units left, held units and claims not paid; for an ended one: nothing.

    Vouchers that wait for a choice or close hold what earlier steps left them and are not told here.
    """
    claims = (
        select(redemptions.c.voucher_id, func.sum(redemptions.c.county_share).label("cents"))
        .where(redemptions.c.state.in_(UNSETTLED))
        .group_by(redemptions.c.voucher_id)
        .subquery()
    )
    v = vouchers.c
    left = v.county_share * (v.units_granted - v.units_redeemed - v.units_held) + v.held_cents
    bound = case((v.state.in_(AT_WORK), left + func.coalesce(claims.c.cents, 0)), else_=0)
    query = select(v.id, bound).outerjoin(claims, claims.c.voucher_id == v.id).where(v.state.in_([*AT_WORK, *ENDED]))
    return [Owed(Source(SourceKind.VOUCHER, row[0]), int(row[1])) for row in session.execute(query)]
