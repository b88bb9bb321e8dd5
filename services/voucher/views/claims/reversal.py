"""Questions about reversals; a provider sees nothing but its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery
from services.chassis.pages import page_of
from services.chassis.values import id_of
from services.voucher.domain.claims.reversal import Reversal
from services.voucher.storage.claims.reversal import reversals
from services.voucher.wire.claims.reversal import reversal
from sote.voucher.v1 import reversal_service_pb2 as pb


def list_reversals(
    session: Session, request: pb.ListReversalsRequest, own_provider: UUID | None
) -> pb.ListReversalsResponse:
    """A page of reversals, oldest first."""
    columns = reversals.c
    query: TableQuery = select(Reversal)
    for provider_id in (own_provider, id_of(request.provider_id, "provider_id")):
        if provider_id is not None:
            query = query.where(columns.provider_id == provider_id)
    if (voucher_id := id_of(request.voucher_id, "voucher_id")) is not None:
        query = query.where(columns.voucher_id == voucher_id)
    if request.open:
        query = query.where(columns.recovered < columns.cents)
    page = page_of(request)
    rows = session.scalars(page.select(query, columns.created_at, columns.id)).all()
    shown, token = page.cut(rows, _key)
    return pb.ListReversalsResponse(reversals=map(reversal, shown), next_page_token=token)


def _key(value: Reversal) -> tuple[datetime, UUID]:
    return value.created_at, value.id
