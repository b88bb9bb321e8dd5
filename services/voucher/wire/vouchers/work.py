"""Work items about vouchers in protobuf."""

from services.chassis.names import resource_name
from services.chassis.values import instant
from services.voucher.domain.vouchers.work import WorkItem
from sote.voucher.v1 import voucher_work_service_pb2 as pb

WORK = "voucherWork"


def work(value: WorkItem) -> pb.VoucherWork:
    """An item as the API shows it."""
    return pb.VoucherWork(
        name=resource_name(WORK, value.id),
        uid=str(value.id),
        create_time=instant(value.created_at),
        kind=pb.VoucherWorkKind.Value(value.kind.replace("VOUCHER_", "VOUCHER_WORK_KIND_")),
        voucher_id=str(value.voucher_id),
        reason=value.reason,
        done_time=instant(value.done_at),
    )


def kind_from(value: pb.VoucherWorkKind.ValueType) -> str:
    """The kind as the domain says it; empty when not told."""
    if value == pb.VOUCHER_WORK_KIND_UNSPECIFIED:
        return ""
    return pb.VoucherWorkKind.Name(value).replace("VOUCHER_WORK_KIND_", "VOUCHER_")
