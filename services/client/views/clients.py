"""Questions to ClientService."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.chassis.pages import page_of
from services.chassis.vault import Vault
from services.client.domain.clients.non_disclosure import ENTITLED
from services.client.storage import assessments, choices, contacts, decisions, teams
from services.client.storage.clients import client as clients
from services.client.storage.clients import identity_code as identity_codes
from services.client.storage.guidance import guidance
from services.client.wire import choices as choice_wire
from services.client.wire import teams as team_wire
from services.client.wire.assessments import assessment as assessment_wire
from services.client.wire.clients import client as client_wire
from services.client.wire.decisions import decision as decision_wire
from sote.client.v1 import (
    assessment_pb2,
    choice_pb2,
    client_pb2,
    contact_pb2,
    decision_pb2,
    guidance_pb2,
    team_pb2,
)
from sote.client.v1 import client_service_pb2 as pb


def get_client(session: Session, name: str) -> client_pb2.Client:
    """The client `clients/{uuid}`."""
    return client_wire.client(clients.get(session, resource_id(name, "clients")))


def find_client(
    session: Session, vault: Vault, code: str, role: str, *, shows: Callable[[UUID], bool]
) -> client_pb2.Client:
    """The client with a valid identity code, of today or earlier; for one that was merged, the one that stays.

    One with a non-disclosure order is found by the county alone; one whom the caller may not see is found as if there
    were none (INV-14).
    """
    owner = identity_codes.owner_of(session, vault, code)
    if owner is None:
        raise clients.unknown()
    client = clients.get(session, owner)
    while client.merged_into_id is not None:
        client = clients.get(session, client.merged_into_id)
    if (client.non_disclosure and role not in ENTITLED) or not shows(client.id):
        raise clients.unknown()
    return client_wire.client(client)


def get_identity_code(session: Session, vault: Vault, name: str) -> pb.GetIdentityCodeResponse:
    """The identity code of the client `clients/{uuid}`."""
    client = clients.get(session, resource_id(name, "clients"))
    return pb.GetIdentityCodeResponse(identity_code=identity_codes.code_of(session, vault, client.id))


def get_contact(session: Session, name: str) -> contact_pb2.Contact:
    """The contact `contacts/{uuid}`."""
    return client_wire.contact(contacts.get(session, resource_id(name, "contacts")))


def get_team(session: Session, name: str) -> team_pb2.Team:
    """The team `teams/{uuid}`."""
    return team_wire.team(teams.get(session, resource_id(name, "teams")))


def list_teams(session: Session, request: pb.ListTeamsRequest) -> pb.ListTeamsResponse:
    """A page of the teams, oldest first."""
    page = page_of(request)
    rows = session.scalars(page.select(teams.every(), teams.teams.c.created_at, teams.teams.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListTeamsResponse(teams=[team_wire.team(row) for row in shown], next_page_token=token)


def get_assessment(session: Session, name: str) -> assessment_pb2.Assessment:
    """The assessment `assessments/{uuid}` with its narrative."""
    return assessment_wire.assessment(assessments.get(session, resource_id(name, "assessments")))


def list_assessments(session: Session, request: pb.ListAssessmentsRequest) -> pb.ListAssessmentsResponse:
    """A page of a client's assessments, oldest first, without narratives."""
    page, table = page_of(request), assessments.assessments
    query = assessments.of_client(UUID(request.client_id))
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListAssessmentsResponse(
        assessments=[assessment_wire.assessment(row, narrated=False) for row in shown], next_page_token=token
    )


def get_decision(session: Session, name: str) -> decision_pb2.Decision:
    """The decision `decisions/{uuid}`."""
    return decision_wire.decision(decisions.get(session, resource_id(name, "decisions")))


def get_guidance(session: Session, name: str) -> guidance_pb2.Guidance:
    """The guidance record `guidance/{uuid}`."""
    return client_wire.guidance(guidance.get(session, resource_id(name, "guidance")))


def get_direct_choice(session: Session, name: str) -> choice_pb2.DirectChoice:
    """The choice `directChoices/{uuid}`."""
    return choice_wire.direct_choice(choices.get(session, resource_id(name, "directChoices")))


def list_direct_choices(session: Session, request: pb.ListDirectChoicesRequest) -> pb.ListDirectChoicesResponse:
    """A page of a client's choices, oldest first."""
    page, table = page_of(request), choices.choices
    query = choices.of_client(UUID(request.client_id))
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListDirectChoicesResponse(
        direct_choices=[choice_wire.direct_choice(row) for row in shown], next_page_token=token
    )
