"""S1.17: who joins and leaves a team, and its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.people import Professional
from services.client.domain.refusals import TeamOwnerNotAllowed
from services.client.domain.team import Team
from services.client.operations.callers import required_enterprise
from services.client.storage import teams
from services.client.wire.teams import team_status_changed


def add_team_member(
    session: Session, *, team_id: UUID, professional: Professional, etag: str, caller: Caller, now: datetime
) -> Team:
    """Let a professional join from today; the team becomes ACTIVE when the composition rule holds."""
    team = _own_team(session, team_id, etag, caller)
    if team.add_member(professional, today=helsinki_date(now), now=now):
        _announce(session, team)
    return team


def remove_team_member(
    session: Session, *, team_id: UUID, professional_id: str, etag: str, caller: Caller, now: datetime
) -> Team:
    """End a membership today; the team becomes INCOMPLETE when the composition rule no longer holds."""
    team = _own_team(session, team_id, etag, caller)
    if team.remove_member(professional_id, today=helsinki_date(now), now=now):
        _announce(session, team)
    return team


def close_team(session: Session, *, team_id: UUID, etag: str, caller: Caller, now: datetime) -> Team:
    """Close a team for good."""
    team = _own_team(session, team_id, etag, caller)
    team.close(now)
    _announce(session, team)
    return team


def _own_team(session: Session, team_id: UUID, etag: str, caller: Caller) -> Team:
    team = teams.lock(session, team_id)
    if required_enterprise(session, caller, TeamOwnerNotAllowed) != team.enterprise_organisation_id:
        raise TeamOwnerNotAllowed
    check_etag(etag, team.version)
    return team


def _announce(session: Session, team: Team) -> None:
    announce(session, team_status_changed(team), aggregate="teams", aggregate_id=team.id, version=team.version)
