"""The methods of VoucherWorkService."""

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import resource_id
from services.voucher.operations.vouchers.finish_voucher_work import finish_voucher_work
from services.voucher.views.vouchers.work import list_voucher_work
from services.voucher.wire.vouchers.work import WORK, work
from sote.voucher.v1 import voucher_work_service_pb2 as pb
from sote.voucher.v1 import voucher_work_service_pb2_grpc

Context = grpc.ServicerContext


class WorkApi(voucher_work_service_pb2_grpc.VoucherWorkServiceServicer):
    """VoucherWorkService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ListVoucherWork(self, request: pb.ListVoucherWorkRequest, context: Context) -> pb.ListVoucherWorkResponse:
        return self._door.read(request, context, lambda session, call: list_voucher_work(session, request))

    def FinishVoucherWork(self, request: pb.FinishVoucherWorkRequest, context: Context) -> pb.VoucherWork:
        def act(session: Session, call: Call) -> pb.VoucherWork:
            return work(finish_voucher_work(session, work_id=resource_id(request.name, WORK), now=call.now))

        return self._door.write(request, context, act)
