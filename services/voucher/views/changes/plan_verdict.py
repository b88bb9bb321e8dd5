"""The question by which versions of its plan a voucher was judged."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.values import instant
from services.chassis.words import value_of
from services.voucher.domain.vouchers.refusals import UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.changes.plan_verdict import verdicts_on
from sote.voucher.v1 import voucher_terms_service_pb2 as pb


def list_plan_verdicts(session: Session, voucher_id: UUID) -> pb.ListPlanVerdictsResponse:
    """All of them, by version; refuses with UnknownVoucher."""
    if session.get(Voucher, voucher_id) is None:
        raise UnknownVoucher("there is no such voucher")
    found = [
        pb.VoucherPlanVerdict(
            major=row.major,
            verdict=value_of(pb.PlanVerdict, row.verdict),
            cause=row.cause or "",
            judged_time=instant(row.judged_at),
        )
        for row in verdicts_on(session, voucher_id)
    ]
    return pb.ListPlanVerdictsResponse(verdicts=found)
