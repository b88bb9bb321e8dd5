"""Teams on the wire, and their fact."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, instant
from services.chassis.words import value_of
from services.client.domain.teams import Team
from services.client.wire.values import professional
from sote.client.v1 import events_pb2, team_pb2


def team(team: Team) -> team_pb2.Team:
    """A team as a resource."""
    return team_pb2.Team(
        name=resource_name("teams", team.id),
        uid=str(team.id),
        etag=etag_of(team.version),
        create_time=instant(team.created_at),
        update_time=instant(team.updated_at),
        state=value_of(team_pb2.TeamState, team.state),
        display_name=team.display_name,
        enterprise_organisation_id=str(team.enterprise_organisation_id),
        attached_unit_ids=[str(unit) for unit in team.attached_unit_ids],
        mobile=team.mobile,
        area_municipality_codes=team.area_municipality_codes,
        members=[
            team_pb2.TeamMember(
                professional=professional(member.professional),
                from_date=day(member.from_date),
                to_date=day(member.to_date),
            )
            for member in team.members
        ],
    )


def team_status_changed(team: Team) -> events_pb2.TeamStatusChanged:
    """The fact of a team's state."""
    return events_pb2.TeamStatusChanged(
        team_id=str(team.id),
        state=value_of(team_pb2.TeamState, team.state),
        unit_ids=[str(unit) for unit in team.attached_unit_ids],
        version=team.version,
    )
