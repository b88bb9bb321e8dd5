"""The methods of VoucherWorkService."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.voucher.operations.vouchers.finish_voucher_work import finish_voucher_work
from services.voucher.views.vouchers.work import list_voucher_work
from services.voucher.wire.vouchers.work import WORK, work
from sote.voucher.v1 import voucher_work_service_pb2 as pb
from sote.voucher.v1 import voucher_work_service_pb2_grpc


class WorkApi(voucher_work_service_pb2_grpc.VoucherWorkServiceServicer):
    """VoucherWorkService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ListVoucherWork(
        self, request: pb.ListVoucherWorkRequest, call: Call, session: Session
    ) -> pb.ListVoucherWorkResponse:
        return list_voucher_work(session, request)

    @writes
    def FinishVoucherWork(self, request: pb.FinishVoucherWorkRequest, call: Call, session: Session) -> pb.VoucherWork:
        return work(finish_voucher_work(session, work_id=resource_id(request.name, WORK), now=call.now))
