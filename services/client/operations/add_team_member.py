"""S1.17: a professional joins a team."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.people import Professional
from services.client.domain.team import Team
from services.client.operations.own_team import own_team, tell_status


def add_team_member(
    session: Session, *, team_id: UUID, professional: Professional, etag: str, caller: Caller, now: datetime
) -> Team:
    """Let a professional join from today; the team becomes ACTIVE when the composition rule holds."""
    team = own_team(session, team_id, etag, caller)
    if team.add_member(professional, today=helsinki_date(now), now=now):
        tell_status(session, team)
    return team
