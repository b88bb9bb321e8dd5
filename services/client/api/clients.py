"""The methods on clients, contacts and guidance."""

from functools import partial

from sqlalchemy.orm import Session

from services.chassis.door import Call
from services.client.api.acting import is_own, own_client
from services.client.api.base import Context, Methods, employer
from services.client.domain.clients.identity_code import identity_code
from services.client.operations.attention.lift_attention import lift_attention
from services.client.operations.attention.set_attention import set_attention
from services.client.operations.clients.name_own_worker import name_own_worker
from services.client.operations.contacts.record_contact import record_contact
from services.client.operations.guidance.give_guidance import give_guidance
from services.client.operations.register.register_client import register_client
from services.client.views import clients as views
from services.client.wire import requests
from services.client.wire.clients import client as clients
from sote.client.v1 import client_pb2, contact_pb2, guidance_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.type.v1 import section_pb2


class ClientMethods(Methods):
    """Clients, contacts, guidance, and the section."""

    def RegisterClient(self, request: pb.RegisterClientRequest, context: Context) -> client_pb2.Client:
        """C2."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                register_client(
                    session,
                    **requests.registration(request),
                    vault=self._vault,
                    rules=self._rules,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            ),
        )

    def GetClient(self, request: pb.GetClientRequest, context: Context) -> client_pb2.Client:
        """A client."""
        return self._door.read(request, context, lambda session, call: views.get_client(session, request.name))

    def FindClient(self, request: pb.FindClientRequest, context: Context) -> client_pb2.Client:
        """The client with an identity code."""
        code = identity_code(request.identity_code, self._rules.identity_range).code
        return self._door.read(
            request,
            context,
            lambda session, call: views.find_client(
                session, self._vault, code, call.caller.role, shows=partial(self._door.shows, session, call)
            ),
        )

    def GetIdentityCode(self, request: pb.GetIdentityCodeRequest, context: Context) -> pb.GetIdentityCodeResponse:
        """A client's identity code."""
        return self._door.read(
            request, context, lambda session, call: views.get_identity_code(session, self._vault, request.name)
        )

    def SetAttention(self, request: pb.SetAttentionRequest, context: Context) -> client_pb2.Client:
        """C6."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                set_attention(session, **requests.flagging(request, employer(call)), now=call.now)
            ),
        )

    def LiftAttention(self, request: pb.LiftAttentionRequest, context: Context) -> client_pb2.Client:
        """C6."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                lift_attention(session, **requests.flagging(request, employer(call)), now=call.now)
            ),
        )

    def NameOwnWorker(self, request: pb.NameOwnWorkerRequest, context: Context) -> client_pb2.Client:
        """S1.09."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.client(
                name_own_worker(session, **requests.own_worker(request, employer(call)), now=call.now)
            ),
        )

    def RecordContact(self, request: pb.RecordContactRequest, context: Context) -> contact_pb2.Contact:
        """C1."""
        told = requests.contact(request)

        def act(session: Session, call: Call) -> contact_pb2.Contact:
            if told["client_id"]:
                own_client(session, call, told["client_id"])
            return clients.contact(
                record_contact(
                    session,
                    **told,
                    rules=self._rules,
                    calendar=self._calendar,
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id,
                )
            )

        return self._door.write(request, context, act)

    def GetContact(self, request: pb.GetContactRequest, context: Context) -> contact_pb2.Contact:
        """A contact."""
        return self._door.read(request, context, lambda session, call: views.get_contact(session, request.name))

    def GiveGuidance(self, request: pb.GiveGuidanceRequest, context: Context) -> guidance_pb2.Guidance:
        """S1.12."""
        return self._door.write(
            request,
            context,
            lambda session, call: clients.guidance(
                give_guidance(
                    session, **requests.guidance(request), caller=call.caller, now=call.now, new_id=call.new_id
                )
            ),
        )

    def GetGuidance(self, request: pb.GetGuidanceRequest, context: Context) -> guidance_pb2.Guidance:
        """A guidance record."""
        return self._door.read(request, context, lambda session, call: views.get_guidance(session, request.name))

    def GetSections(self, request: section_pb2.GetSectionsRequest, context: Context) -> section_pb2.GetSectionsResponse:
        """The sections of some clients as the role may read them (ACCESS-3), to a client of those it may act for."""
        return self._door.sections(request, context, is_own)
