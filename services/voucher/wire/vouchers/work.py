"""Work items about vouchers in protobuf."""

from services.chassis.names import resource_name
from services.chassis.values import instant
from services.chassis.words import name_of, value_of
from services.chassis.work import WorkItem
from services.voucher.domain.vouchers.work import WorkKind
from services.voucher.wire.vouchers.voucher import VOUCHERS
from sote.voucher.v1 import voucher_work_service_pb2 as pb

WORK = "voucherWork"
_OURS = "VOUCHER_"


def work(value: WorkItem) -> pb.VoucherWork:
    """An item as the API shows it."""
    return pb.VoucherWork(
        name=resource_name(WORK, value.id),
        uid=str(value.id),
        create_time=instant(value.created_at),
        kind=value_of(pb.VoucherWorkKind, value.kind.removeprefix(_OURS)),
        voucher_id=value.subject.removeprefix(f"{VOUCHERS}/"),
        reason=value.reason,
        done_time=instant(value.done_at),
    )


def kinds_from(value: pb.VoucherWorkKind.ValueType) -> list[str]:
    """The kinds that are asked for: this one, or all when it is unspecified."""
    if value == pb.VOUCHER_WORK_KIND_UNSPECIFIED:
        return list(WorkKind)
    return [_OURS + name_of(pb.VoucherWorkKind, value)]
