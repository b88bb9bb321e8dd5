"""What every change of a team begins and ends with."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.teams import Team, TeamOwnerNotAllowed
from services.client.operations.callers import require_enterprise
from services.client.storage.teams import load_team
from services.client.wire.teams import team_status_changed


def load_own_team(session: Session, team_id: UUID, etag: str, caller: Caller) -> Team:
    """The team, locked, when it is the caller's organisation's own and still as the caller read it."""
    team = load_team(session, team_id)
    if (
        require_enterprise(session, caller, TeamOwnerNotAllowed("only the county enterprise has teams"))
        != team.enterprise_organisation_id
    ):
        raise TeamOwnerNotAllowed("only the county enterprise has teams")
    check_etag(etag, team.version)
    return team


def announce_team(session: Session, team: Team) -> None:
    """Announce the state the team is in now."""
    announce(session, team_status_changed(team), aggregate="teams", aggregate_id=team.id, version=team.version)
