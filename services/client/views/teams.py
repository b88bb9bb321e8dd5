"""Questions to TeamService."""

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.chassis.pages import page_of
from services.client.storage import teams
from services.client.wire import teams as team_wire
from sote.client.v1 import (
    team_pb2,
    team_service_pb2,
)


def get_team(session: Session, name: str) -> team_pb2.Team:
    """The team `teams/{uuid}`."""
    return team_wire.team(teams.get_team(session, resource_id(name, "teams")))


def list_teams(session: Session, request: team_service_pb2.ListTeamsRequest) -> team_service_pb2.ListTeamsResponse:
    """A page of the teams, oldest first."""
    page = page_of(request)
    rows = session.scalars(page.select(teams.every(), teams.teams.c.created_at, teams.teams.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return team_service_pb2.ListTeamsResponse(teams=[team_wire.team(row) for row in shown], next_page_token=token)
