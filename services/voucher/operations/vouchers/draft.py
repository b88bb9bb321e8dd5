"""A draft that nothing will come of is discarded: it bound nobody and nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.vouchers.voucher import announce_voucher
from services.voucher.storage.vouchers.content import remove_contents
from services.voucher.storage.vouchers.voucher import as_next_version
from sote.voucher.v1.events_pb2 import VoucherDiscarded


def discard_draft(session: Session, voucher: Voucher, *, now: datetime) -> None:
    """Remove a locked draft and tell so; the caller publishes. Refuses with IllegalTransition what is no DRAFT.

    The table of states knows no way out of DRAFT but the issue; what was never issued leaves nothing behind.
    """
    if voucher.state is not State.DRAFT:
        voucher.require("discard")
    voucher.updated_at = now
    as_next_version(voucher)
    announce_voucher(session, voucher, VoucherDiscarded)
    remove_contents(session, voucher.id)
    session.delete(voucher)
    session.flush()
