"""Questions about permissions and denials."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.pages import page_of
from services.client.domain.consents.consent import Reader, Scope, may_disclose
from services.client.domain.relationships.relationship import RelationshipKind
from services.client.storage import consents, relationships
from services.client.storage.neighbours import provider as copies
from services.client.wire import consents as wire
from sote.client.v1 import consent_service_pb2 as pb


def list_consents(session: Session, request: pb.ListConsentsRequest, *, whole: bool) -> pb.ListConsentsResponse:
    """A page of a client's permissions and denials, oldest first; to some readers without their targets."""
    page, table = page_of(request), consents.consents
    query = consents.of_client(UUID(request.client_id))
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListConsentsResponse(consents=[wire.consent(row, whole=whole) for row in shown], next_page_token=token)


def owner_and_scope(session: Session, consent_id: UUID) -> tuple[UUID, Scope]:
    """The client whose consent it is, and what it covers."""
    consent = consents.get_consent(session, consent_id)
    return consent.client_id, consent.scope


def check_disclosure(
    session: Session, request: pb.CheckDisclosureRequest, *, today: date
) -> pb.CheckDisclosureResponse:
    """Whether the item may be disclosed to the controller; a client who is not known has neither said yes nor no."""
    client_id, controller = UUID(request.client_id), request.controller
    roles = copies.roles(session, controller)
    kinds: frozenset[RelationshipKind] = frozenset()
    if roles:
        kinds = relationships.kinds_on(
            session, client_id=client_id, organisation_id=UUID(controller), unit_id=None, day=today, today=today
        )
    reader, in_force = Reader(controller, roles, kinds), consents.in_force(session, client_id)
    return pb.CheckDisclosureResponse(
        permitted=may_disclose(in_force, wire.item_from(request), reader, wire.exception_from(request))
    )
