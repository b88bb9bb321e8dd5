"""The methods on direct choices."""

from services.client.api.base import Context, Methods
from services.client.operations.choices.choose_direct import choose_direct
from services.client.views import clients as views
from services.client.wire import choices, requests
from sote.client.v1 import choice_pb2
from sote.client.v1 import client_service_pb2 as pb


class ChoiceMethods(Methods):
    """Direct choices."""

    def ChooseDirect(self, request: pb.ChooseDirectRequest, context: Context) -> choice_pb2.DirectChoice:
        """C7."""
        return self._door.write(
            request,
            context,
            lambda session, call: choices.direct_choice(
                choose_direct(
                    session,
                    **requests.choosing(request),
                    rules=self._rules,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            ),
        )

    def GetDirectChoice(self, request: pb.GetDirectChoiceRequest, context: Context) -> choice_pb2.DirectChoice:
        """A choice."""
        return self._door.read(request, context, lambda session, call: views.get_direct_choice(session, request.name))

    def ListDirectChoices(self, request: pb.ListDirectChoicesRequest, context: Context) -> pb.ListDirectChoicesResponse:
        """A client's choices."""
        return self._door.read(request, context, lambda session, call: views.list_direct_choices(session, request))
