"""Questions about settlement batches; a provider sees nothing but its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery, TableRow
from services.chassis.pages import by_creation, page_of
from services.chassis.values import id_of
from services.chassis.words import name_of
from services.voucher.domain.spending.settlement import Settlement, SettlementNotFound
from services.voucher.storage.spending import settlement as rows
from services.voucher.wire.spending import settlement as wire
from sote.voucher.v1 import settlement_pb2
from sote.voucher.v1 import settlement_service_pb2 as pb


def get_settlement(session: Session, settlement_id: UUID, own_provider: UUID | None) -> settlement_pb2.Settlement:
    """One batch; refuses with SettlementNotFound one that is not there or not the reader's."""
    return wire.settlement(_found(session, settlement_id, own_provider))


def list_settlements(
    session: Session, request: pb.ListSettlementsRequest, own_provider: UUID | None
) -> pb.ListSettlementsResponse:
    """A page of batches, oldest first."""
    table = rows.settlements
    query: TableQuery = select(table)
    for provider_id in (own_provider, id_of(request.provider_id)):
        if provider_id is not None:
            query = query.where(table.c.provider_id == provider_id)
    if request.state:
        state = name_of(settlement_pb2.SettlementState, request.state)
        query = query.where(table.c.state == state)
    page = page_of(request)
    found = session.execute(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(found, by_creation)
    listed = [wire.settlement(rows.settlement_from(row)) for row in shown]
    return pb.ListSettlementsResponse(settlements=listed, next_page_token=token)


def list_settlement_items(
    session: Session, request: pb.ListSettlementItemsRequest, settlement_id: UUID, own_provider: UUID | None
) -> pb.ListSettlementItemsResponse:
    """A page of a batch's items."""
    _found(session, settlement_id, own_provider)
    table = rows.items
    query = select(table).where(table.c.settlement_id == settlement_id)
    page = page_of(request)
    found = session.execute(page.select(query, table.c.created_at, table.c.item_id)).all()
    shown, token = page.cut(found, _item)
    listed = [wire.item(rows.item_from(row)) for row in shown]
    return pb.ListSettlementItemsResponse(items=listed, next_page_token=token)


def _found(session: Session, settlement_id: UUID, own_provider: UUID | None) -> Settlement:
    found = rows.load_settlement(session, settlement_id)
    if found is None or (own_provider is not None and found.provider_id != own_provider):
        raise SettlementNotFound("there is no such settlement")
    return found


def _item(row: TableRow) -> tuple[datetime, UUID]:
    return row.created_at, row.item_id
