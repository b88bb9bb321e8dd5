"""What about a voucher waits for a person (PROCESS-7)."""

from enum import StrEnum

from services.kernel.refusal import Refusal


class WorkKind(StrEnum):
    """Why it waits."""

    STUCK = "VOUCHER_STUCK"
    PLAN_REVIEW = "VOUCHER_PLAN_REVIEW"
    CHOICE_REMINDER = "VOUCHER_CHOICE_REMINDER"


class WorkNotFound(Refusal):
    """There is no such item about a voucher, or it is done already."""

    reason = "WORK_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "sote.voucher.v1.VoucherWork"
