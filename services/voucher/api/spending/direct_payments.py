"""The methods of DirectPaymentService; each gives its request to one operation or view through the door."""

from datetime import date

import grpc
from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import InvalidField, resource_id, uuid_of
from services.chassis.values import day_of
from services.voucher.operations.spending.pay_allowance import pay_allowance
from services.voucher.operations.spending.reverse_direct_payment import reverse_direct_payment
from services.voucher.views.spending.direct_payment import list_direct_payments
from services.voucher.wire.spending.direct_payment import DIRECT_PAYMENTS, direct_payment, reason_from
from sote.voucher.v1 import direct_payment_pb2, direct_payment_service_pb2_grpc
from sote.voucher.v1 import direct_payment_service_pb2 as pb

Code = grpc.StatusCode


class DirectPaymentApi(direct_payment_service_pb2_grpc.DirectPaymentServiceServicer):
    """DirectPaymentService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def PayAllowance(
        self, request: pb.PayAllowanceRequest, call: Call, session: Session
    ) -> direct_payment_pb2.DirectPayment:
        paid = pay_allowance(
            session,
            county=call.caller.county,
            client_id=uuid_of(request.client_id, "client_id"),
            service_code=request.service_code,
            month=_month(request.month),
            amount_cents=request.amount.cents,
            subject=call.caller.subject,
            today=helsinki_date(call.now),
            now=call.now,
            new_id=call.new_id(),
        )
        return direct_payment(paid)

    @writes
    def ReverseDirectPayment(
        self, request: pb.ReverseDirectPaymentRequest, call: Call, session: Session
    ) -> direct_payment_pb2.DirectPayment:
        reversed_one = reverse_direct_payment(
            session,
            payment_id=resource_id(request.name, DIRECT_PAYMENTS),
            reason=reason_from(request.reason),
            etag=request.etag,
            now=call.now,
        )
        return direct_payment(reversed_one)

    @reads
    def ListDirectPayments(
        self, request: pb.ListDirectPaymentsRequest, call: Call, session: Session
    ) -> pb.ListDirectPaymentsResponse:
        return list_direct_payments(session, request)


def _month(value: Date) -> date:
    first = day_of(value, "month")
    if first.day != 1:
        raise InvalidField("month", "must be the first day of a month")
    return first
