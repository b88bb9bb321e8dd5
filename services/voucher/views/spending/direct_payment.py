"""Questions about direct payments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.chassis.pages import page_of
from services.chassis.values import id_of
from services.voucher.storage.spending.direct_payment import payment_from, payments
from services.voucher.wire.spending.direct_payment import direct_payment
from sote.voucher.v1 import direct_payment_service_pb2 as pb


def list_direct_payments(session: Session, request: pb.ListDirectPaymentsRequest) -> pb.ListDirectPaymentsResponse:
    """A page of direct payments, oldest first."""
    query: Select[Any] = select(payments)
    for name in ("provider_id", "client_id"):
        if wanted := id_of(getattr(request, name)):
            query = query.where(payments.c[name] == wanted)
    page = page_of(request)
    found = session.execute(page.select(query, payments.c.created_at, payments.c.id)).all()
    shown, token = page.cut(found, _created)
    listed = [direct_payment(payment_from(row)) for row in shown]
    return pb.ListDirectPaymentsResponse(payments=listed, next_page_token=token)


def _created(row: Any) -> tuple[datetime, UUID]:
    return row.created_at, row.id
