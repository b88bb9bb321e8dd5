"""The methods of ProviderService about providers and their units."""

import grpc

from services.chassis.clock import helsinki_date
from services.chassis.door import Door
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

Context = grpc.ServicerContext


class ProviderMethods(provider_service_pb2_grpc.ProviderServiceServicer):
    """Providers and their units."""

    _door: Door

    def ApplyProvider(self, request: pb.ApplyProviderRequest, context: Context) -> provider_pb2.Provider:
        """PROVIDER-1."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.provider(
                apply_provider(
                    session,
                    application=requests.application(request),
                    caller=call.caller,
                    now=call.now,
                    new_id=call.new_id(),
                )
            ),
        )

    def GetProvider(self, request: pb.GetProviderRequest, context: Context) -> provider_pb2.Provider:
        """One provider."""
        return self._door.read(request, context, lambda session, call: views.get_provider(session, request.name))

    def ListProviders(self, request: pb.ListProvidersRequest, context: Context) -> pb.ListProvidersResponse:
        """A page of providers."""
        return self._door.read(request, context, lambda session, call: views.list_providers(session, request))

    def ListPublicProviders(
        self, request: pb.ListPublicProvidersRequest, context: Context
    ) -> pb.ListPublicProvidersResponse:
        """The public list."""
        return self._door.read(
            request,
            context,
            lambda session, call: views.list_public_providers(session, request, day=helsinki_date(call.now)),
        )

    def BatchGetProviderSummaries(
        self, request: pb.BatchGetProviderSummariesRequest, context: Context
    ) -> pb.BatchGetProviderSummariesResponse:
        """What records show of providers."""
        return self._door.read(
            request,
            context,
            lambda session, call: views.provider_summaries(session, request.provider_ids, caller=call.caller),
        )

    def ApproveProvider(self, request: pb.ApproveProviderRequest, context: Context) -> provider_pb2.Provider:
        """PROVIDER-2."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.provider(
                approve_provider(
                    session, provider_id=resource_id(request.name, resources.PROVIDERS), etag=request.etag, now=call.now
                )
            ),
        )

    def FreezeProvider(self, request: pb.FreezeProviderRequest, context: Context) -> provider_pb2.Provider:
        """PROVIDER-3."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.provider(
                freeze_provider(
                    session,
                    reason=request.reason,
                    provider_id=resource_id(request.name, resources.PROVIDERS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def UnfreezeProvider(self, request: pb.UnfreezeProviderRequest, context: Context) -> provider_pb2.Provider:
        """PROVIDER-3."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.provider(
                unfreeze_provider(
                    session, provider_id=resource_id(request.name, resources.PROVIDERS), etag=request.etag, now=call.now
                )
            ),
        )

    def RecordStanding(self, request: pb.RecordStandingRequest, context: Context) -> provider_pb2.Provider:
        """What the registers say."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.provider(
                record_standing(
                    session,
                    standing=requests.standing(request),
                    provider_id=resource_id(request.name, resources.PROVIDERS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def RemoveProvider(self, request: pb.RemoveProviderRequest, context: Context) -> provider_pb2.Provider:
        """PROVIDER-4."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.provider(
                remove_provider(
                    session,
                    reason=request.reason,
                    provider_id=resource_id(request.name, resources.PROVIDERS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )

    def AddServiceUnit(self, request: pb.AddServiceUnitRequest, context: Context) -> provider_pb2.Provider:
        """A unit more."""
        return self._door.write(
            request,
            context,
            lambda session, call: resources.provider(
                add_service_unit(
                    session,
                    terms=requests.unit_terms(request.unit),
                    caller=call.caller,
                    new_id=call.new_id(),
                    provider_id=resource_id(request.name, resources.PROVIDERS),
                    etag=request.etag,
                    now=call.now,
                )
            ),
        )
