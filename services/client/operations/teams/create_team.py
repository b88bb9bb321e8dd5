"""S1.16: the county enterprise sets up a team."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.inbox import NotYet
from services.chassis.outbox import announce
from services.client.domain.teams import Team, TeamOwnerNotAllowed, check_place
from services.client.operations.callers import county_of, require_enterprise
from services.client.storage.neighbours import provider as copies
from services.client.wire.teams import team_status_changed


def create_team(
    session: Session,
    *,
    display_name: str,
    attached_unit_ids: tuple[UUID, ...],
    mobile: bool,
    area_municipality_codes: tuple[str, ...],
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Team:
    """Create a team of the caller's organisation that works in connection with at least one centre."""
    enterprise = require_enterprise(session, caller, TeamOwnerNotAllowed("only the county enterprise has teams"))
    known = copies.centres(session, attached_unit_ids)
    if len(known) < len(attached_unit_ids):
        raise NotYet("a unit of the team is not known here yet")
    check_place(at_centre=any(known.values()), mobile=mobile, area=area_municipality_codes)
    team = Team(
        id=new_id,
        **county_of(caller),
        enterprise_organisation_id=enterprise,
        display_name=display_name,
        attached_unit_ids=attached_unit_ids,
        mobile=mobile,
        area_municipality_codes=area_municipality_codes,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(team)
    announce(session, team_status_changed(team), aggregate="teams", aggregate_id=team.id, version=team.version)
    return team
