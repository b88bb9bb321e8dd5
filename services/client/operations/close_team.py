"""S1.17: a team ends."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.client.domain.team import Team
from services.client.operations.own_team import own_team, tell_status


def close_team(session: Session, *, team_id: UUID, etag: str, caller: Caller, now: datetime) -> Team:
    """Close a team for good."""
    team = own_team(session, team_id, etag, caller)
    team.close(now)
    tell_status(session, team)
    return team
