"""Units held for a former provider come back to the voucher: declared not needed, or their time is over (VOUCHER-9)."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.claims.rerouting import Reroute, ended_units, free
from services.voucher.domain.vouchers.states import WITH_PROVIDER, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.owed_by_year import owed_by_year
from services.voucher.operations.claims.reroute import delivered
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import announce_voucher, money_of
from services.voucher.storage.claims import reroute as reroute_rows
from sote.voucher.v1.events_pb2 import VoucherHeldUnitsFreed


def free_ended(session: Session, voucher: Voucher, *, now: datetime) -> bool:
    """Free what can no longer be claimed of a locked voucher still valid; tells whether there was any."""
    today = helsinki_date(now)
    freed = False
    for former in reroute_rows.open_reroutes(session, voucher.id):
        waiting = delivered(session, voucher, former.provider_id)
        inside = sum(units for day, units in waiting if former.first_day <= day < former.cut_off)
        units = ended_units(former, delivered=inside, today=today)
        if former.declare_due is not None and today > former.declare_due:
            former.declare_due = None
            freed = True
        if units:
            free_units(session, voucher, former, units, now)
            freed = True
    return freed


def free_units(session: Session, voucher: Voucher, former: Reroute, units: int, now: datetime) -> None:
    """The units are the voucher's again: offered anew, or owed to its present provider at that one's price.

    Refuses with BudgetExhausted when the present provider is dearer and the line lacks the difference.
    """
    cents = free(voucher, former, units=units, now=now)
    rebind(session, voucher, units=units, cents=cents, now=now)
    announce_voucher(session, voucher, partial(VoucherHeldUnitsFreed, provider_id=str(former.provider_id), units=units))


def rebind(session: Session, voucher: Voucher, *, units: int, cents: int, now: datetime) -> None:
    """`cents` are committed for units the voucher has got back: owe its present provider its price for them instead.

    Without a provider they are reserved for the next one; while it closes, or once it has ended, nothing is bound anew.
    """
    if voucher.state in WITH_PROVIDER:
        owe(session, voucher, (voucher.county_share or 0) * units - cents, now)
    elif voucher.state is State.REROUTING and cents:
        ledger.uncommit(session, source=money_of(voucher), amount_cents=cents, now=now)


def owe(session: Session, voucher: Voucher, more: int, now: datetime) -> None:
    """Committed becomes `more` cents more, or less."""
    source = money_of(voucher)
    if more > 0:
        ledger.reserve(
            session,
            source=source,
            client_id=voucher.client_id,
            service_code=voucher.service_code,
            amount_cents=more,
            service_date=voucher.first_service_day,
            now=now,
        )
        ledger.commit(session, source=source, amount_cents=more, now=now)
    elif more < 0:
        ledger.release(session, source=source, amount_cents=-more, now=now)


def release_unclaimable(session: Session, voucher: Voucher, now: datetime) -> None:
    """Nobody may claim more on it: only held units and claims that are not paid stay bound (VOUCHER-8, VOUCHER-13)."""
    source = money_of(voucher)
    keep = owed_by_year(session, voucher)
    remainder = ledger.balance_of(session, source).bound - sum(keep.values())
    if remainder > 0:
        ledger.release(session, source=source, amount_cents=remainder, keep=keep, now=now)
