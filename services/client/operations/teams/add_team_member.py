"""S1.17: a professional joins a team."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.clients.people import Professional
from services.client.domain.teams import Team
from services.client.operations.teams.team import announce_team, load_own_team


def add_team_member(
    session: Session, *, team_id: UUID, professional: Professional, etag: str, caller: Caller, now: datetime
) -> Team:
    """Let a professional join from today; the team becomes ACTIVE when the composition rule holds."""
    team = load_own_team(session, team_id, etag, caller)
    if team.add_member(professional, today=helsinki_date(now), now=now):
        announce_team(session, team)
    return team
