"""The ledger follows a choice."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.domain.vouchers.years import planned_years
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import money_of


def bind_target(session: Session, voucher: Voucher, target: int, now: datetime) -> None:
    """The ledger follows a choice (VOUCHER-4, VOUCHER-10): committed becomes `target` cents more; reserved becomes
    nothing.

    Each year gets the part that is planned in it, so an excess is released and a shortfall reserved year by year.
    """
    source = money_of(voucher)
    ledger.reserve_anew(
        session,
        source=source,
        client_id=voucher.client_id,
        service_code=voucher.service_code,
        years=planned_years(voucher, target),
        now=now,
    )
    if target:
        ledger.commit(session, source=source, amount_cents=target, now=now)
