"""S1.17: a professional leaves a team."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.teams import Team
from services.client.operations.teams.team import announce_team, load_own_team


def remove_team_member(
    session: Session, *, team_id: UUID, professional_id: str, etag: str, caller: Caller, now: datetime
) -> Team:
    """End a membership today; the team becomes INCOMPLETE when the composition rule no longer holds."""
    team = load_own_team(session, team_id, etag, caller)
    if team.remove_member(professional_id, today=helsinki_date(now), now=now):
        announce_team(session, team)
    return team
