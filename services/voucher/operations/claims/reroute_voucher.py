"""A voucher leaves its provider: units it may still claim are held, the rest is offered anew (VOUCHER-9)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.claims.rerouting import Leaving, RerouteCause
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.reroute import leave
from services.voucher.operations.vouchers.voucher import load_voucher, publish_vouchers


def reroute_voucher(
    session: Session,
    *,
    voucher_id: UUID,
    cause: RerouteCause,
    cut_off: date | None,
    etag: str = "",
    subject: str,
    rules: Rules,
    now: datetime,
    new_id: UUID,
) -> Voucher:
    """Re-route for the county; `cut_off` (None: today) is the first day the provider no longer serves.

    Held units stay committed at the old price, what is left becomes a reservation again. Refuses with OutsideValidity
    when the voucher ends before the cut-off.
    """
    voucher = load_voucher(session, voucher_id, etag=etag)
    leave(session, voucher, Leaving(new_id, cause, cut_off or helsinki_date(now), subject, now), rules=rules)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return voucher
