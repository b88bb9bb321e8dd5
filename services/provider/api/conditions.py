"""The gRPC methods of ConditionService: conditions, and the evidence on them."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.provider import views
from services.provider.operations.draft_condition_set import draft_condition_set
from services.provider.operations.publish_condition_set import publish_condition_set
from services.provider.operations.record_evidence import record_evidence
from services.provider.wire import requests, resources
from services.provider.wire.values import clauses_from
from sote.provider.v1 import condition_pb2, condition_service_pb2_grpc
from sote.provider.v1 import condition_service_pb2 as pb


class ConditionApi(condition_service_pb2_grpc.ConditionServiceServicer):
    """Serves ConditionService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def DraftConditionSet(
        self, request: pb.DraftConditionSetRequest, call: Call, session: Session
    ) -> condition_pb2.ConditionSet:
        condition_set = draft_condition_set(
            session,
            scope=request.scope,
            conditions=requests.conditions(request),
            clauses=clauses_from(request.clauses),
            valid_from=day_of(request.valid_from, "valid_from"),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resources.condition_set(condition_set)

    @writes
    def PublishConditionSet(
        self, request: pb.PublishConditionSetRequest, call: Call, session: Session
    ) -> condition_pb2.ConditionSet:
        condition_set = publish_condition_set(
            session,
            condition_set_id=resource_id(request.name, resources.CONDITION_SETS),
            etag=request.etag,
            now=call.now,
        )
        return resources.condition_set(condition_set)

    @reads
    def GetConditionSet(
        self, request: pb.GetConditionSetRequest, call: Call, session: Session
    ) -> condition_pb2.ConditionSet:
        return views.get_condition_set(session, request.name)

    @reads
    def ListConditionSets(
        self, request: pb.ListConditionSetsRequest, call: Call, session: Session
    ) -> pb.ListConditionSetsResponse:
        return views.list_condition_sets(session, request)

    @writes
    def RecordEvidence(self, request: pb.RecordEvidenceRequest, call: Call, session: Session) -> condition_pb2.Evidence:
        evidence = record_evidence(
            session,
            finding=requests.finding(request),
            provider_id=UUID(request.provider_id),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resources.evidence(evidence, on=helsinki_date(call.now))

    @reads
    def ListEvidence(self, request: pb.ListEvidenceRequest, call: Call, session: Session) -> pb.ListEvidenceResponse:
        return views.list_evidence(session, request, caller=call.caller, day=helsinki_date(call.now))
