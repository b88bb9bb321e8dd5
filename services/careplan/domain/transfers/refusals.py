"""Refusals of transfers of the responsible operator."""

from services.kernel.refusal import Refusal


class TransferPending(Refusal):
    """A transfer of the plan is under way; there is one at a time."""

    reason = "TRANSFER_PENDING"
    rule = "PLAN-15"
    resource_type = "sote.careplan.v1.OperatorTransfer"


class TransferToItself(Refusal):
    """The organisation is responsible for the plan already."""

    reason = "TRANSFER_TO_ITSELF"
    rule = "PLAN-15"
