"""Questions about direct payments."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery
from services.chassis.pages import by_creation, page_of
from services.chassis.values import id_of
from services.voucher.storage.spending.direct_payment import payment_from, payments
from services.voucher.wire.spending.direct_payment import direct_payment
from sote.voucher.v1 import direct_payment_service_pb2 as pb


def list_direct_payments(session: Session, request: pb.ListDirectPaymentsRequest) -> pb.ListDirectPaymentsResponse:
    """A page of direct payments, oldest first."""
    query: TableQuery = select(payments)
    for name in ("provider_id", "client_id"):
        if wanted := id_of(getattr(request, name)):
            query = query.where(payments.c[name] == wanted)
    page = page_of(request)
    found = session.execute(page.select(query, payments.c.created_at, payments.c.id)).all()
    shown, token = page.cut(found, by_creation)
    listed = [direct_payment(payment_from(row)) for row in shown]
    return pb.ListDirectPaymentsResponse(payments=listed, next_page_token=token)
