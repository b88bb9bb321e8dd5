"""Questions about decisions."""

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.chassis.pages import page_of
from services.chassis.values import id_of
from services.client.storage import decisions
from services.client.wire.decisions import decision as decision_wire
from services.client.wire.decisions.decision import decision
from sote.client.v1 import (
    decision_pb2,
)
from sote.client.v1 import decision_service_pb2 as pb


def list_decisions(session: Session, request: pb.ListDecisionsRequest) -> pb.ListDecisionsResponse:
    """A page of a client's decisions, or of those whose appeal is open, oldest first."""
    page, table = page_of(request), decisions.decisions
    query = decisions.asked_for(id_of(request.client_id), appealed=request.appealed)
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListDecisionsResponse(decisions=[decision(row) for row in shown], next_page_token=token)


def get_decision(session: Session, name: str) -> decision_pb2.Decision:
    """The decision `decisions/{uuid}`."""
    return decision_wire.decision(decisions.get_decision(session, resource_id(name, "decisions")))
