"""Questions about commitments and their charges."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery
from services.chassis.pages import by_creation, page_of
from services.chassis.values import id_of
from services.chassis.words import name_of
from services.voucher.domain.spending.commitment import CommitmentNotFound
from services.voucher.storage.spending.commitment import commitments, commitments_from, load_commitment
from services.voucher.wire.spending import commitment as commitment_wire
from sote.voucher.v1 import budget_service_pb2 as pb
from sote.voucher.v1 import commitment_pb2


def get_commitment(session: Session, commitment_id: UUID) -> commitment_pb2.Commitment:
    """One commitment with its charges; refuses with CommitmentNotFound."""
    found = load_commitment(session, commitment_id)
    if found is None:
        raise CommitmentNotFound("there is no such commitment")
    return commitment_wire.commitment(found)


def list_commitments(session: Session, request: pb.ListCommitmentsRequest) -> pb.ListCommitmentsResponse:
    """A page of commitments with their charges, oldest first."""
    table = commitments
    query: TableQuery = select(table)
    for name in ("client_id", "plan_id", "provider_id"):
        if wanted := id_of(getattr(request, name)):
            query = query.where(table.c[name] == wanted)
    if request.state:
        state = name_of(commitment_pb2.CommitmentState, request.state)
        query = query.where(table.c.state == state)
    page = page_of(request)
    found = session.execute(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(found, by_creation)
    listed = [commitment_wire.commitment(commitment) for commitment in commitments_from(session, shown)]
    return pb.ListCommitmentsResponse(commitments=listed, next_page_token=token)
