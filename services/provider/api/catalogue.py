"""The gRPC methods of ServiceCatalogueService."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.provider import views
from services.provider.operations.put_catalogue_service import put_catalogue_service
from services.provider.wire import requests, resources
from sote.provider.v1 import catalogue_pb2, service_catalogue_service_pb2_grpc
from sote.provider.v1 import service_catalogue_service_pb2 as pb


class ServiceCatalogueApi(service_catalogue_service_pb2_grpc.ServiceCatalogueServiceServicer):
    """Serves ServiceCatalogueService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def PutCatalogueService(
        self, request: pb.PutCatalogueServiceRequest, call: Call, session: Session
    ) -> catalogue_pb2.CatalogueService:
        catalogue_service = put_catalogue_service(
            session,
            entry=requests.catalogue_entry(request.service),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return resources.catalogue_service(catalogue_service)

    @reads
    def GetCatalogueService(
        self, request: pb.GetCatalogueServiceRequest, call: Call, session: Session
    ) -> catalogue_pb2.CatalogueService:
        return views.get_catalogue_service(session, request.name)

    @reads
    def ListCatalogueServices(
        self, request: pb.ListCatalogueServicesRequest, call: Call, session: Session
    ) -> pb.ListCatalogueServicesResponse:
        return views.list_catalogue(session, request)
