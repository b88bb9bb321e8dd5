"""The methods on teams."""

from services.chassis.names import resource_id
from services.client.api.base import Context, Methods, employer
from services.client.operations.teams.add_team_member import add_team_member
from services.client.operations.teams.close_team import close_team
from services.client.operations.teams.create_team import create_team
from services.client.operations.teams.remove_team_member import remove_team_member
from services.client.views import clients as views
from services.client.wire import requests, teams
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1 import team_pb2


class TeamMethods(Methods):
    """Teams and their members."""

    def CreateTeam(self, request: pb.CreateTeamRequest, context: Context) -> team_pb2.Team:
        """S1.16."""
        return self._door.write(
            request,
            context,
            lambda session, call: teams.team(
                create_team(session, **requests.team(request), caller=call.caller, now=call.now, new_id=call.new_id())
            ),
        )

    def AddTeamMember(self, request: pb.AddTeamMemberRequest, context: Context) -> team_pb2.Team:
        """S1.17."""
        return self._door.write(
            request,
            context,
            lambda session, call: teams.team(
                add_team_member(session, **requests.joining(request, employer(call)), caller=call.caller, now=call.now)
            ),
        )

    def RemoveTeamMember(self, request: pb.RemoveTeamMemberRequest, context: Context) -> team_pb2.Team:
        """S1.17."""
        return self._door.write(
            request,
            context,
            lambda session, call: teams.team(
                remove_team_member(session, **requests.leaving(request), caller=call.caller, now=call.now)
            ),
        )

    def CloseTeam(self, request: pb.CloseTeamRequest, context: Context) -> team_pb2.Team:
        """S1.17."""
        uid = resource_id(request.name, "teams")
        return self._door.write(
            request,
            context,
            lambda session, call: teams.team(
                close_team(session, team_id=uid, etag=request.etag, caller=call.caller, now=call.now)
            ),
        )

    def GetTeam(self, request: pb.GetTeamRequest, context: Context) -> team_pb2.Team:
        """A team."""
        return self._door.read(request, context, lambda session, call: views.get_team(session, request.name))

    def ListTeams(self, request: pb.ListTeamsRequest, context: Context) -> pb.ListTeamsResponse:
        """The teams."""
        return self._door.read(request, context, lambda session, call: views.list_teams(session, request))
