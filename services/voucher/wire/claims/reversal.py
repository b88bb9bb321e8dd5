"""Reversals in protobuf."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import instant, money
from services.chassis.words import value_of, word
from services.voucher.domain.claims.reversal import Reversal, ReversalReason
from sote.voucher.v1 import reversal_pb2

REVERSALS = "reversals"


def reversal(value: Reversal) -> reversal_pb2.Reversal:
    """A reversal as the API shows it."""
    return reversal_pb2.Reversal(
        name=resource_name(REVERSALS, value.id),
        uid=str(value.id),
        etag=etag_of(value.version),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        redemption_id=str(value.redemption_id),
        voucher_id=str(value.voucher_id),
        provider_id=str(value.provider_id),
        reason=reversal_reason_code(value.reason),
        amount=money(value.cents),
        recovered=money(value.recovered),
        created_by=value.created_by,
    )


def reversal_reason_code(value: ReversalReason) -> reversal_pb2.ReversalReason.ValueType:
    """The reason as facts tell it."""
    return value_of(reversal_pb2.ReversalReason, value)


def reversal_reason_from(value: reversal_pb2.ReversalReason.ValueType) -> ReversalReason:
    """The reason as the domain says it."""
    return word(ReversalReason, reversal_pb2.ReversalReason, value, "reason")
