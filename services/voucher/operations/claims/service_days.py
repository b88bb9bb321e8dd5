"""On which days the planned services of vouchers are paid, as far as known here."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.claims.service_days import ServiceDays
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.neighbours import plan_line as plan_lines


def days_of(session: Session, vouchers: Collection[Voucher], rules: Rules) -> Mapping[UUID, ServiceDays]:
    """What is known of the days of each voucher's planned service, by voucher."""
    planned = {voucher.plan_service_id for voucher in vouchers if voucher.plan_service_id is not None}
    versions, pauses = plan_lines.lines_of(session, planned), plan_lines.pauses_of(session, planned)
    return {
        voucher.id: ServiceDays(
            versions.get(voucher.plan_service_id, ()), pauses.get(voucher.plan_service_id, ()), rules.plan_notice_days
        )
        for voucher in vouchers
    }
