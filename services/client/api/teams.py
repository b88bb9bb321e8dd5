"""TeamService: teams of the county enterprise and their members."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.client.operations.callers import organisation_of
from services.client.operations.teams.add_team_member import add_team_member
from services.client.operations.teams.close_team import close_team
from services.client.operations.teams.create_team import create_team
from services.client.operations.teams.remove_team_member import remove_team_member
from services.client.views import teams as views
from services.client.wire import teams as wire
from services.client.wire.values import professional_from
from sote.client.v1 import team_pb2
from sote.client.v1 import team_service_pb2 as pb
from sote.client.v1.team_service_pb2_grpc import TeamServiceServicer


class TeamApi(TeamServiceServicer):
    """Serves TeamService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def CreateTeam(self, request: pb.CreateTeamRequest, call: Call, session: Session) -> team_pb2.Team:
        created = create_team(
            session,
            display_name=request.display_name,
            attached_unit_ids=tuple(UUID(unit) for unit in request.attached_unit_ids),
            mobile=request.mobile,
            area_municipality_codes=tuple(request.area_municipality_codes),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return wire.team(created)

    @writes
    def AddTeamMember(self, request: pb.AddTeamMemberRequest, call: Call, session: Session) -> team_pb2.Team:
        joined = add_team_member(
            session,
            team_id=resource_id(request.name, "teams"),
            professional=professional_from(request.professional, organisation_of(call.caller)),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.team(joined)

    @writes
    def RemoveTeamMember(self, request: pb.RemoveTeamMemberRequest, call: Call, session: Session) -> team_pb2.Team:
        reduced = remove_team_member(
            session,
            team_id=resource_id(request.name, "teams"),
            professional_id=request.professional_id,
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.team(reduced)

    @writes
    def CloseTeam(self, request: pb.CloseTeamRequest, call: Call, session: Session) -> team_pb2.Team:
        closed = close_team(
            session,
            team_id=resource_id(request.name, "teams"),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return wire.team(closed)

    @reads
    def GetTeam(self, request: pb.GetTeamRequest, call: Call, session: Session) -> team_pb2.Team:
        return views.get_team(session, request.name)

    @reads
    def ListTeams(self, request: pb.ListTeamsRequest, call: Call, session: Session) -> pb.ListTeamsResponse:
        return views.list_teams(session, request)
