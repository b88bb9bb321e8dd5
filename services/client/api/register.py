"""The methods on a client's place in the register: moves, death, correction, merging, another identity code."""

from services.client.api.base import Context, Methods
from services.client.operations.register.change_identity_code import change_identity_code
from services.client.operations.register.correct_client_status import correct_client_status
from services.client.operations.register.merge_client import merge_client
from services.client.operations.register.move_back_client import move_back_client
from services.client.operations.register.move_out_client import move_out_client
from services.client.operations.register.record_death import record_death
from services.client.wire import requests
from services.client.wire.clients import client as clients
from sote.client.v1 import client_pb2
from sote.client.v1 import client_service_pb2 as pb


class RegisterMethods(Methods):
    """The register."""

    def MoveOutClient(self, request: pb.MoveOutClientRequest, context: Context) -> client_pb2.Client:
        """C8."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                move_out_client(session, **requests.moving_out(request), now=call.now)
            ),
        )

    def RecordDeath(self, request: pb.RecordDeathRequest, context: Context) -> client_pb2.Client:
        """C9."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(record_death(session, **requests.death(request), now=call.now)),
        )

    def MoveBackClient(self, request: pb.MoveBackClientRequest, context: Context) -> client_pb2.Client:
        """C10."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                move_back_client(session, **requests.moving_back(request), rules=self._rules, now=call.now)
            ),
        )

    def CorrectClientStatus(self, request: pb.CorrectClientStatusRequest, context: Context) -> client_pb2.Client:
        """C11."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                correct_client_status(session, **requests.correction(request), rules=self._rules, now=call.now)
            ),
        )

    def MergeClient(self, request: pb.MergeClientRequest, context: Context) -> client_pb2.Client:
        """C12."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                merge_client(session, **requests.merging(request), rules=self._rules, now=call.now)
            ),
        )

    def ChangeIdentityCode(self, request: pb.ChangeIdentityCodeRequest, context: Context) -> client_pb2.Client:
        """2.3.1."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                change_identity_code(
                    session,
                    **requests.code_change(request),
                    vault=self._vault,
                    rules=self._rules,
                    new_id=call.new_id,
                    now=call.now,
                )
            ),
        )
