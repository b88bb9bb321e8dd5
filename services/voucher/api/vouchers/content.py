"""The methods of ContentService; each gives its request to one operation or view through the door."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.voucher.api.acting import scope_on
from services.voucher.api.callers import official_of
from services.voucher.operations.vouchers.revise_content import revise_content
from services.voucher.views.vouchers.content import list_content_versions
from services.voucher.wire.vouchers import voucher as wire
from sote.voucher.v1 import content_service_pb2 as pb
from sote.voucher.v1 import content_service_pb2_grpc, voucher_pb2


class ContentApi(content_service_pb2_grpc.ContentServiceServicer):
    """ContentService over one door; its refusals are those of VoucherService."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @writes
    def ReviseContent(self, request: pb.ReviseContentRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        revised = revise_content(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            content=wire.content_from(request.content_spec),
            etag=request.etag,
            official=official_of(call.caller),
            now=call.now,
        )
        return wire.voucher(revised)

    @reads
    def ListContentVersions(
        self, request: pb.ListContentVersionsRequest, call: Call, session: Session
    ) -> pb.ListContentVersionsResponse:
        voucher_id = resource_id(request.name, wire.VOUCHERS)
        scope = scope_on(session, call, voucher_id)
        return list_content_versions(session, voucher_id, scope.provider_id, scope.client_id)
