"""Questions to AssessmentService."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.chassis.pages import page_of
from services.client.storage import assessments
from services.client.wire.assessments import assessment as assessment_wire
from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
)


def get_assessment(session: Session, name: str) -> assessment_pb2.Assessment:
    """The assessment `assessments/{uuid}` with its narrative."""
    return assessment_wire.assessment(assessments.get_assessment(session, resource_id(name, "assessments")))


def list_assessments(
    session: Session, request: assessment_service_pb2.ListAssessmentsRequest
) -> assessment_service_pb2.ListAssessmentsResponse:
    """A page of a client's assessments, oldest first, without narratives."""
    page, table = page_of(request), assessments.assessments
    query = assessments.of_client(UUID(request.client_id))
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return assessment_service_pb2.ListAssessmentsResponse(
        assessments=[assessment_wire.assessment(row, narrated=False) for row in shown], next_page_token=token
    )
