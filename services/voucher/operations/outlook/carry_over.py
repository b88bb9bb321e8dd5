"""What is still bound on a closed year and not owed for its days of service moves to the next one (BUDGET-14)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.ledger import Account, BudgetExhausted, Op, Taking, take
from services.voucher.operations.purse.ledger import line_of, lock_for, reserve_parts
from services.voucher.operations.purse.posting import locked_holdings, move_parts, release_parts
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.storage.outlook.carry_over import Left, left_of, left_on_closed, lock_owner
from services.voucher.storage.purse.work import open_carrying

AT_ONCE = 50


def carry_over(session: Session, *, now: datetime) -> int:
    """Move what at most fifty sources hold too much on closed years; gives how many were moved.

    What does not fit in the next year stays where it is, with a work item for county finance, and is tried again when
    a line is given more.
    """
    sources = [source for source in left_on_closed(session, limit=AT_ONCE) if lock_owner(session, source)]
    surpluses = [surplus for source in sources for surplus in left_of(session, source)]
    lock_for(session, sources, {line_id for surplus in surpluses if (line_id := _next_line(session, surplus))})
    moved = [surplus for surplus in surpluses if _moved(session, surplus, now)]
    for client_id in sorted({surplus.client_id for surplus in moved}):
        publish_finance(session, client_id=client_id, now=now)
    return len(moved)


def _next_line(session: Session, surplus: Left) -> UUID | None:
    try:
        return line_of(session, service_code=surplus.service_code, service_date=date(surplus.fiscal_year, 12, 31))
    except BudgetExhausted:
        return None


def _moved(session: Session, surplus: Left, now: datetime) -> bool:
    try:
        with session.begin_nested():
            _move(session, surplus, now)
    except BudgetExhausted as refusal:
        open_carrying(session, surplus.source, surplus.line_id, reason=refusal.reason, now=now)
        return False
    return True


def _move(session: Session, surplus: Left, now: datetime) -> None:
    """RELEASE on the closed year, RESERVE in the next one, and COMMIT there what was committed here."""
    locked, holdings = locked_holdings(session, surplus.source)
    mine = [holding.beyond(surplus.owed) for holding in holdings if holding.line_id == surplus.line_id]
    takings = take(
        mine, [Account.RESERVED, Account.COMMITTED], sum(balance.reserved + balance.committed for balance in mine)
    )
    release_parts(session, locked, surplus.source, takings, now)
    to = line_of(session, service_code=surplus.service_code, service_date=date(surplus.fiscal_year, 12, 31))
    cents = sum(part.cents for part in takings)
    reserve_parts(
        session,
        source=surplus.source,
        client_id=surplus.client_id,
        service_code=surplus.service_code,
        parts={to: cents},
        now=now,
    )
    committed = [Taking(to, Account.RESERVED, part.cents) for part in takings if part.account is Account.COMMITTED]
    locked, _ = locked_holdings(session, surplus.source)
    move_parts(session, locked, surplus.source, Op.COMMIT, (Account.RESERVED, Account.COMMITTED), committed, now)
