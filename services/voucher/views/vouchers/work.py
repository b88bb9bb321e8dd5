"""The question what about vouchers waits for a person."""

from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.chassis.pages import page_of
from services.chassis.work import item_from, open_items
from services.voucher.wire.vouchers.work import kinds_from, work
from sote.voucher.v1 import voucher_work_service_pb2 as pb


def list_voucher_work(session: Session, request: pb.ListVoucherWorkRequest) -> pb.ListVoucherWorkResponse:
    """A page of open items, oldest first."""
    page = page_of(request)
    query = open_items(kinds_from(request.kind))
    rows = session.execute(page.select(query, work_item.c.created_at, work_item.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListVoucherWorkResponse(items=[work(item_from(row)) for row in shown], next_page_token=token)
