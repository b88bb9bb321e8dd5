"""A voucher leaves the provider that refused its client's plan (VOUCHER-9, process E)."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.claims.rerouting import Leaving, Reroute, RerouteCause
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.states import WITH_PROVIDER
from services.voucher.operations.claims.reroute import leave
from services.voucher.operations.vouchers.voucher import load_voucher, publish_vouchers

SYSTEM = "system"


def leave_refusing_provider(
    session: Session,
    *,
    case_id: UUID,
    case_version: int,
    voucher_id: UUID,
    provider_id: UUID,
    rules: Rules,
    now: datetime,
) -> None:
    """Re-route as of today what is still at the provider that refused; a voucher past its last day stays.

    Each version of the case moves the voucher once: a client who insists on that provider is not taken away from it
    again by an old fact.
    """
    voucher = load_voucher(session, voucher_id)
    key, today = uuid5(case_id, str(case_version)), helsinki_date(now)
    stays = voucher.state not in WITH_PROVIDER or voucher.provider_id != provider_id or today > voucher.valid_to
    if stays or session.get(Reroute, key) is not None:
        return
    leave(session, voucher, Leaving(key, RerouteCause.PROVIDER_QUIT, today, SYSTEM, now), rules=rules)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
