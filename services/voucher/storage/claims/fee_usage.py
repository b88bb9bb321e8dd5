"""What a client used of vouchers for which the county charges its own fee."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.voucher.domain.claims.redemption import RedemptionState
from services.voucher.domain.money import Regime
from services.voucher.domain.values.client_fee import Usage, granted_a_month
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.vouchers.voucher import vouchers

USED = (RedemptionState.ACCEPTED, RedemptionState.SETTLED)


def usages(session: Session, client_id: UUID, first: date, last: date) -> list[Usage]:
    """Accepted claims of the client's in ASIAKASSETELI from `first` to `last`, by day."""
    r, v = redemptions.c, vouchers.c
    query = (
        select(r.service_code, v.fee_rule, r.service_date, r.units, v.unit_value)
        .add_columns(v.units_granted, v.valid_from, v.valid_to)
        .join(vouchers, v.id == r.voucher_id)
        .where(r.client_id == client_id, v.regime == Regime.ASIAKASSETELI, r.state.in_(USED))
        .where(r.service_date.between(first, last))
    )
    rows = session.execute(query.order_by(r.service_date, r.id))
    return [
        Usage(
            service_code=row.service_code,
            fee_rule=row.fee_rule,
            day=row.service_date,
            units=row.units,
            unit_value=row.unit_value,
            granted_a_month=granted_a_month(row.units_granted, row.valid_from, row.valid_to),
        )
        for row in rows
    ]
