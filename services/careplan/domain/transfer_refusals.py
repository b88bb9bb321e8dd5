"""Refusals of transfers of the responsible operator."""

from services.careplan.domain.refusals import Refusal


class StaleOperator(Refusal):
    """The plan changed hands since it was read; once it has, its operator tells the etag it read with every change."""

    reason = "STALE_OPERATOR"
    rule = "INV-02"


class NotTheCounty(Refusal):
    """Only the county enterprise may order this."""

    reason = "NOT_THE_COUNTY"
    rule = "S2.13"
    legal_basis = "Organisation Act draft 2017, the county is responsible that an appropriate whole is formed"


class TransferPending(Refusal):
    """A transfer of the plan is under way; there is one at a time."""

    reason = "TRANSFER_PENDING"
    rule = "P15"
    resource_type = "sote.careplan.v1.OperatorTransfer"


class TransferToItself(Refusal):
    """The organisation is responsible for the plan already."""

    reason = "TRANSFER_TO_ITSELF"
    rule = "P15"
