"""The gRPC methods of ProviderService: providers and their units."""

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.provider import views
from services.provider.operations.add_service_unit import add_service_unit
from services.provider.operations.apply_provider import apply_provider
from services.provider.operations.approve_provider import approve_provider
from services.provider.operations.freeze_provider import freeze_provider
from services.provider.operations.record_standing import record_standing
from services.provider.operations.remove_provider import remove_provider
from services.provider.operations.unfreeze_provider import unfreeze_provider
from services.provider.wire import requests, resources
from sote.provider.v1 import provider_pb2, provider_service_pb2_grpc
from sote.provider.v1 import provider_service_pb2 as pb


class ProviderApi(provider_service_pb2_grpc.ProviderServiceServicer):
    """Serves ProviderService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def ApplyProvider(self, request: pb.ApplyProviderRequest, call: Call, session: Session) -> provider_pb2.Provider:
        provider = apply_provider(
            session,
            application=requests.application(request),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resources.provider(provider)

    @reads
    def GetProvider(self, request: pb.GetProviderRequest, call: Call, session: Session) -> provider_pb2.Provider:
        return views.get_provider(session, request.name)

    @reads
    def ListProviders(self, request: pb.ListProvidersRequest, call: Call, session: Session) -> pb.ListProvidersResponse:
        return views.list_providers(session, request)

    @reads
    def ListPublicProviders(
        self, request: pb.ListPublicProvidersRequest, call: Call, session: Session
    ) -> pb.ListPublicProvidersResponse:
        return views.list_public_providers(session, request, day=helsinki_date(call.now))

    @reads
    def BatchGetProviderSummaries(
        self, request: pb.BatchGetProviderSummariesRequest, call: Call, session: Session
    ) -> pb.BatchGetProviderSummariesResponse:
        return views.provider_summaries(session, request.provider_ids, caller=call.caller)

    @writes
    def ApproveProvider(
        self, request: pb.ApproveProviderRequest, call: Call, session: Session
    ) -> provider_pb2.Provider:
        provider = approve_provider(
            session, provider_id=resource_id(request.name, resources.PROVIDERS), etag=request.etag, now=call.now
        )
        return resources.provider(provider)

    @writes
    def FreezeProvider(self, request: pb.FreezeProviderRequest, call: Call, session: Session) -> provider_pb2.Provider:
        provider = freeze_provider(
            session,
            reason=request.reason,
            provider_id=resource_id(request.name, resources.PROVIDERS),
            etag=request.etag,
            now=call.now,
        )
        return resources.provider(provider)

    @writes
    def UnfreezeProvider(
        self, request: pb.UnfreezeProviderRequest, call: Call, session: Session
    ) -> provider_pb2.Provider:
        provider = unfreeze_provider(
            session, provider_id=resource_id(request.name, resources.PROVIDERS), etag=request.etag, now=call.now
        )
        return resources.provider(provider)

    @writes
    def RecordStanding(self, request: pb.RecordStandingRequest, call: Call, session: Session) -> provider_pb2.Provider:
        provider = record_standing(
            session,
            standing=requests.standing(request),
            provider_id=resource_id(request.name, resources.PROVIDERS),
            etag=request.etag,
            now=call.now,
        )
        return resources.provider(provider)

    @writes
    def RemoveProvider(self, request: pb.RemoveProviderRequest, call: Call, session: Session) -> provider_pb2.Provider:
        provider = remove_provider(
            session,
            reason=request.reason,
            provider_id=resource_id(request.name, resources.PROVIDERS),
            etag=request.etag,
            now=call.now,
        )
        return resources.provider(provider)

    @writes
    def AddServiceUnit(self, request: pb.AddServiceUnitRequest, call: Call, session: Session) -> provider_pb2.Provider:
        provider = add_service_unit(
            session,
            terms=requests.unit_terms(request.unit),
            caller=call.caller,
            new_id=call.new_id(),
            provider_id=resource_id(request.name, resources.PROVIDERS),
            etag=request.etag,
            now=call.now,
        )
        return resources.provider(provider)
