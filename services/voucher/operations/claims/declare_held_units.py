"""A former provider says how many units it still has to claim; the others are free at once (VOUCHER-9)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.claims.rerouting import Reroute, declare
from services.voucher.domain.vouchers.refusals import NoRelationship, NothingHeld
from services.voucher.operations.claims.held_units import free_units
from services.voucher.operations.vouchers.voucher import publish_vouchers
from services.voucher.storage.claims import reroute as reroute_rows
from services.voucher.storage.vouchers import voucher as rows


def declare_held_units(session: Session, *, voucher_id: UUID, provider_id: UUID, units: int, now: datetime) -> Reroute:
    """The former provider tells how many units it still has to claim; the others are free at once.

    Refuses with NothingHeld when there is nothing to tell, or after `voucher.declare_weekdays`; with UnitsExceeded
    beyond what is held; with NoRelationship when the voucher never was at this provider.
    """
    voucher = rows.locked(session, voucher_id)
    mine = reroute_rows.reroutes_of(session, voucher_id, provider_id)
    if voucher is None or not mine:
        raise NoRelationship("the voucher was not at this provider")
    former = next((reroute for reroute in mine if reroute.units_open and reroute.declare_due is not None), None)
    if former is None:
        raise NothingHeld("nothing is held that is still to be declared")
    to_free = declare(voucher, former, units=units, now=now, today=helsinki_date(now))
    session.flush()
    if to_free:
        free_units(session, voucher, former, to_free, now)
    publish_vouchers(session, voucher.client_id, now=now, posted=bool(to_free))
    return former
