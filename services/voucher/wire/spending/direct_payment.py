"""Direct payments in protobuf."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant, money
from services.chassis.words import value_of, word
from services.voucher.domain.spending.direct_payment import DirectPayment, ReversalReason
from sote.voucher.v1 import direct_payment_pb2 as pb

DIRECT_PAYMENTS = "directPayments"
_REASON = "DIRECT_PAYMENT_REVERSAL_REASON"


def direct_payment(value: DirectPayment) -> pb.DirectPayment:
    """A direct payment."""
    return pb.DirectPayment(
        name=resource_name(DIRECT_PAYMENTS, value.id),
        uid=str(value.id),
        etag=etag_of(value.version),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        county=value.county,
        kind=value_of(pb.DirectPaymentKind, value.kind),
        service_code=value.service_code,
        client_id=id_text(value.client_id),
        provider_id=id_text(value.provider_id),
        month=day(value.month),
        units=value.units,
        unit_price=money(value.unit_price),
        amount=money(value.amount),
        state=value_of(pb.DirectPaymentState, value.state),
        reversal_reason=value_of(pb.DirectPaymentReversalReason, value.reversal_reason),
    )


def reason_from(value: pb.DirectPaymentReversalReason.ValueType) -> ReversalReason:
    """Why a payment is taken back."""
    return word(ReversalReason, pb.DirectPaymentReversalReason, value, "reason")
