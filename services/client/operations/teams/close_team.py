"""S1.17: a team ends."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.client.domain.teams import Team
from services.client.operations.teams.team import announce_team, load_own_team


def close_team(session: Session, *, team_id: UUID, etag: str, caller: Caller, now: datetime) -> Team:
    """Close a team for good."""
    team = load_own_team(session, team_id, etag, caller)
    team.close(now)
    announce_team(session, team)
    return team
