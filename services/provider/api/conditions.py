"""The methods of ProviderService about the catalogue, the conditions and the evidence on them."""

from uuid import UUID

import grpc

from services.chassis.clock import helsinki_date
from services.chassis.door import Door
from services.chassis.names import resource_id
from services.chassis.values import day_of
from services.provider import views
from services.provider.operations.draft_condition_set import draft_condition_set
from services.provider.operations.publish_condition_set import publish_condition_set
from services.provider.operations.put_catalogue_service import put_catalogue_service
from services.provider.operations.record_evidence import record_evidence
from services.provider.wire import requests, resources
from services.provider.wire.values import clauses_of
from sote.provider.v1 import catalogue_pb2, condition_pb2, provider_service_pb2_grpc
from sote.provider.v1 import provider_service_pb2 as pb

Context = grpc.ServicerContext


class ConditionMethods(provider_service_pb2_grpc.ProviderServiceServicer):
    """The catalogue, the conditions and the evidence on them."""

    _door: Door

    def PutCatalogueService(
        self, request: pb.PutCatalogueServiceRequest, context: Context
    ) -> catalogue_pb2.CatalogueService:
        """The county's catalogue."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.catalogue_service(
                put_catalogue_service(
                    session,
                    entry=requests.catalogue_entry(request.service),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def GetCatalogueService(
        self, request: pb.GetCatalogueServiceRequest, context: Context
    ) -> catalogue_pb2.CatalogueService:
        """One service."""
        return self._door.read(
            request, context, lambda session, call: views.get_catalogue_service(session, request.name)
        )

    def ListCatalogueServices(
        self, request: pb.ListCatalogueServicesRequest, context: Context
    ) -> pb.ListCatalogueServicesResponse:
        """A page of the catalogue."""
        return self._door.read(request, context, lambda session, call: views.list_catalogue(session, request))

    def DraftConditionSet(self, request: pb.DraftConditionSetRequest, context: Context) -> condition_pb2.ConditionSet:
        """A next version."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.condition_set(
                draft_condition_set(
                    session,
                    scope=request.scope,
                    conditions=requests.conditions(request),
                    clauses=clauses_of(request.clauses),
                    valid_from=day_of(request.valid_from, "valid_from"),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def PublishConditionSet(
        self, request: pb.PublishConditionSetRequest, context: Context
    ) -> condition_pb2.ConditionSet:
        """In force for new contracts."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.condition_set(
                publish_condition_set(
                    session,
                    condition_set_id=resource_id(request.name, resources.CONDITION_SETS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def GetConditionSet(self, request: pb.GetConditionSetRequest, context: Context) -> condition_pb2.ConditionSet:
        """One version."""
        return self._door.read(request, context, lambda session, call: views.get_condition_set(session, request.name))

    def ListConditionSets(self, request: pb.ListConditionSetsRequest, context: Context) -> pb.ListConditionSetsResponse:
        """A page of versions."""
        return self._door.read(request, context, lambda session, call: views.list_condition_sets(session, request))

    def RecordEvidence(self, request: pb.RecordEvidenceRequest, context: Context) -> condition_pb2.Evidence:
        """What the county found."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.evidence(
                record_evidence(
                    session,
                    finding=requests.finding(request),
                    provider_id=UUID(request.provider_id),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                ),
                on=helsinki_date(call.now),
            ),
        )

    def ListEvidence(self, request: pb.ListEvidenceRequest, context: Context) -> pb.ListEvidenceResponse:
        """A page of findings."""
        return self._door.read(
            request,
            context,
            lambda session, call: views.list_evidence(
                session, request, caller=call.caller, day=helsinki_date(call.now)
            ),
        )
