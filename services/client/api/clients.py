"""ClientService: the register of clients, their flags and own-workers, and the section of the record."""

from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.values import day_of, id_of
from services.chassis.vault import Vault
from services.client.api.acting import may_act_for
from services.client.domain.clients.identity_code import identity_code
from services.client.domain.rules import Rules
from services.client.operations.attention.lift_attention import lift_attention
from services.client.operations.attention.set_attention import set_attention
from services.client.operations.callers import organisation_of
from services.client.operations.clients.name_own_worker import name_own_worker
from services.client.operations.register.change_identity_code import change_identity_code
from services.client.operations.register.correct_client_status import correct_client_status
from services.client.operations.register.merge_client import merge_client
from services.client.operations.register.move_back_client import move_back_client
from services.client.operations.register.move_out_client import move_out_client
from services.client.operations.register.record_death import record_death
from services.client.operations.register.register_client import register_client
from services.client.views import clients as views
from services.client.wire.clients import client as wire
from services.client.wire.values import professional_from
from sote.client.v1 import client_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1.client_service_pb2_grpc import ClientServiceServicer
from sote.type.v1 import section_pb2


class ClientApi(ClientServiceServicer):
    """Serves ClientService."""

    def __init__(self, door: Door, rules: Rules, vault: Vault) -> None:
        self._door = door
        self._rules = rules
        self._vault = vault

    @writes
    def RegisterClient(self, request: pb.RegisterClientRequest, call: Call, session: Session) -> client_pb2.Client:
        registered = register_client(
            session,
            code=request.identity_code,
            temporary_reason=request.temporary_reason,
            prospect_id=id_of(request.prospect_id),
            person=wire.person_from(request.person),
            contact_data=wire.contact_data_from(request.contact_data),
            urgent_need=request.urgent_need,
            etag=request.etag,
            vault=self._vault,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.client(registered)

    @reads
    def GetClient(self, request: pb.GetClientRequest, call: Call, session: Session) -> client_pb2.Client:
        return views.get_client(session, request.name)

    @reads
    def FindClient(self, request: pb.FindClientRequest, call: Call, session: Session) -> client_pb2.Client:
        code = identity_code(request.identity_code, self._rules.identity_range).code
        return views.find_client(
            session, self._vault, code, call.caller.role, shows=partial(self._door.shows, session, call)
        )

    @reads
    def GetIdentityCode(
        self, request: pb.GetIdentityCodeRequest, call: Call, session: Session
    ) -> pb.GetIdentityCodeResponse:
        return views.get_identity_code(session, self._vault, request.name)

    @writes
    def MoveOutClient(self, request: pb.MoveOutClientRequest, call: Call, session: Session) -> client_pb2.Client:
        moved = move_out_client(
            session,
            client_id=resource_id(request.name, "clients"),
            day=day_of(request.moved_date, "moved_date"),
            county=request.moved_to_county,
            etag=request.etag,
            now=call.now,
        )
        return wire.client(moved)

    @writes
    def RecordDeath(self, request: pb.RecordDeathRequest, call: Call, session: Session) -> client_pb2.Client:
        deceased = record_death(
            session,
            client_id=resource_id(request.name, "clients"),
            day=day_of(request.deceased_date, "deceased_date"),
            etag=request.etag,
            now=call.now,
        )
        return wire.client(deceased)

    @writes
    def MoveBackClient(self, request: pb.MoveBackClientRequest, call: Call, session: Session) -> client_pb2.Client:
        returned = move_back_client(
            session,
            client_id=resource_id(request.name, "clients"),
            contact_data=wire.contact_data_from(request.contact_data),
            etag=request.etag,
            rules=self._rules,
            now=call.now,
        )
        return wire.client(returned)

    @writes
    def CorrectClientStatus(
        self, request: pb.CorrectClientStatusRequest, call: Call, session: Session
    ) -> client_pb2.Client:
        corrected = correct_client_status(
            session,
            client_id=resource_id(request.name, "clients"),
            etag=request.etag,
            rules=self._rules,
            now=call.now,
        )
        return wire.client(corrected)

    @writes
    def MergeClient(self, request: pb.MergeClientRequest, call: Call, session: Session) -> client_pb2.Client:
        merged = merge_client(
            session,
            client_id=resource_id(request.name, "clients"),
            target_id=UUID(request.target_client_id),
            etag=request.etag,
            rules=self._rules,
            now=call.now,
        )
        return wire.client(merged)

    @writes
    def ChangeIdentityCode(
        self, request: pb.ChangeIdentityCodeRequest, call: Call, session: Session
    ) -> client_pb2.Client:
        changed = change_identity_code(
            session,
            client_id=resource_id(request.name, "clients"),
            code=request.identity_code,
            etag=request.etag,
            vault=self._vault,
            rules=self._rules,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.client(changed)

    @writes
    def SetAttention(self, request: pb.SetAttentionRequest, call: Call, session: Session) -> client_pb2.Client:
        flagged = set_attention(
            session,
            client_id=resource_id(request.name, "clients"),
            kind=wire.attention_kind_from(request.kind),
            reason=request.reason,
            by=professional_from(request.decided_by, organisation_of(call.caller)),
            etag=request.etag,
            now=call.now,
        )
        return wire.client(flagged)

    @writes
    def LiftAttention(self, request: pb.LiftAttentionRequest, call: Call, session: Session) -> client_pb2.Client:
        lifted = lift_attention(
            session,
            client_id=resource_id(request.name, "clients"),
            kind=wire.attention_kind_from(request.kind),
            reason=request.reason,
            by=professional_from(request.decided_by, organisation_of(call.caller)),
            etag=request.etag,
            now=call.now,
        )
        return wire.client(lifted)

    @writes
    def NameOwnWorker(self, request: pb.NameOwnWorkerRequest, call: Call, session: Session) -> client_pb2.Client:
        employer = organisation_of(call.caller)
        named = name_own_worker(
            session,
            client_id=resource_id(request.name, "clients"),
            professional=professional_from(request.own_worker, employer),
            pair=professional_from(request.pair, employer) if request.HasField("pair") else None,
            etag=request.etag,
            now=call.now,
        )
        return wire.client(named)

    def GetSections(self, request: section_pb2.GetSectionsRequest, context: Any) -> section_pb2.GetSectionsResponse:
        """As the caller's role may read them (ACCESS-3), of those clients that the caller may act for and see."""
        return self._door.sections(request, context, may_act_for)
