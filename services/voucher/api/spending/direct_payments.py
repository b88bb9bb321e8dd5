"""The methods of DirectPaymentService; each gives its request to one operation or view through the door."""

from collections.abc import Callable, Mapping
from datetime import date

import grpc
from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door
from services.chassis.names import InvalidField, resource_id, uuid_of
from services.chassis.values import day_of
from services.voucher.domain.spending.direct_payment import (
    AlreadyPaid,
    DirectPaymentNotFound,
    MonthNotOver,
    OrderedByPlan,
)
from services.voucher.operations.spending.pay_directly import pay_allowance
from services.voucher.operations.spending.reverse_direct_payment import reverse_direct_payment
from services.voucher.views.spending.direct_payment import list_direct_payments
from services.voucher.wire.spending.direct_payment import DIRECT_PAYMENTS, direct_payment, reason_from
from sote.voucher.v1 import direct_payment_pb2, direct_payment_service_pb2_grpc
from sote.voucher.v1 import direct_payment_service_pb2 as pb

Code = grpc.StatusCode
Context = grpc.ServicerContext

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    DirectPaymentNotFound: Code.NOT_FOUND,
    AlreadyPaid: Code.ALREADY_EXISTS,
    MonthNotOver: Code.FAILED_PRECONDITION,
    OrderedByPlan: Code.FAILED_PRECONDITION,
}
CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_direct_payment_month": lambda: AlreadyPaid("the month is paid already"),
}


class DirectPaymentApi(direct_payment_service_pb2_grpc.DirectPaymentServiceServicer):
    """DirectPaymentService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def PayAllowance(self, request: pb.PayAllowanceRequest, context: Context) -> direct_payment_pb2.DirectPayment:
        def act(session: Session, call: Call) -> direct_payment_pb2.DirectPayment:
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

        return self._door.write(request, context, act)

    def ReverseDirectPayment(
        self, request: pb.ReverseDirectPaymentRequest, context: Context
    ) -> direct_payment_pb2.DirectPayment:
        def act(session: Session, call: Call) -> direct_payment_pb2.DirectPayment:
            reversed_one = reverse_direct_payment(
                session,
                payment_id=resource_id(request.name, DIRECT_PAYMENTS),
                reason=reason_from(request.reason),
                etag=request.etag,
                now=call.now,
            )
            return direct_payment(reversed_one)

        return self._door.write(request, context, act)

    def ListDirectPayments(
        self, request: pb.ListDirectPaymentsRequest, context: Context
    ) -> pb.ListDirectPaymentsResponse:
        return self._door.read(request, context, lambda session, call: list_direct_payments(session, request))


def _month(value: Date) -> date:
    first = day_of(value, "month")
    if first.day != 1:
        raise InvalidField("month", "must be the first day of a month")
    return first
