"""Questions about representatives."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.pages import page_of
from services.chassis.vault import Vault
from services.client.storage import representatives
from services.client.wire import representatives as wire
from sote.client.v1 import representative_service_pb2 as pb


def list_representatives(
    session: Session, vault: Vault, request: pb.ListRepresentativesRequest
) -> pb.ListRepresentativesResponse:
    """A page of a client's representatives with their persons, oldest first."""
    page, table = page_of(request), representatives.representatives
    query = representatives.of_client(UUID(request.client_id))
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListRepresentativesResponse(
        representatives=[wire.representative(row, representatives.person_of(session, vault, row.id)) for row in shown],
        next_page_token=token,
    )
