"""The terms of a voucher change and the ledger follows: V16, a new version of its plan, a changed decision."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.voucher.domain.amending import Change, amend
from services.voucher.domain.ledger import Account
from services.voucher.domain.voucher import Voucher
from services.voucher.domain.voucher_refusals import OverlappingVoucher
from services.voucher.domain.voucher_states import WITH_PROVIDER, State
from services.voucher.operations import ledger
from services.voucher.operations.free_held_units import owe, release_unclaimable
from services.voucher.operations.tell_voucher import VoucherFact, money_of, tell_voucher
from services.voucher.storage import voucher as rows
from sote.voucher.v1.events_pb2 import VoucherFullyRedeemed


def change_terms(
    session: Session, voucher: Voucher, change: Change, *, command: str, fact: VoucherFact, now: datetime
) -> None:
    """Give a locked voucher other terms, tell it, and bind or release what that costs; the caller publishes.

    Refuses with OverlappingVoucher, ValueExceeded, or BudgetExhausted when the line has not that much more.
    """
    if rows.overlaps(
        session,
        client_id=voucher.client_id,
        service_code=voucher.service_code,
        first=change.valid_from,
        last=change.valid_to,
        besides=voucher.id,
    ):
        raise OverlappingVoucher("an open voucher for the same service covers part of the period")
    before = voucher.units_left
    more = amend(voucher, change, command=command, now=now)
    _bind(session, voucher, more, before, now)
    tell_voucher(session, voucher, fact)
    if voucher.complete(now=now):
        tell_voucher(session, voucher, VoucherFullyRedeemed)
        release_unclaimable(session, voucher, now)


def _bind(session: Session, voucher: Voucher, more: int, units_before: int, now: datetime) -> None:
    source = money_of(voucher)
    if voucher.state in WITH_PROVIDER:
        owe(session, voucher, more, now)
    elif more > 0:
        ledger.reserve(
            session,
            source=source,
            client_id=voucher.client_id,
            service_code=voucher.service_code,
            amount_cents=more,
            service_date=voucher.valid_from,
            now=now,
        )
    elif voucher.state is State.ISSUED and more < 0:
        ledger.release(session, source=source, amount_cents=-more, of=[Account.RESERVED], now=now)
    elif voucher.units_left < units_before:
        # Between two providers the reservation is what the first one left, evenly for each unit.
        reserved = ledger.balance_of(session, source).reserved
        spare = reserved * (units_before - voucher.units_left) // units_before
        ledger.release(session, source=source, amount_cents=spare, of=[Account.RESERVED], now=now)
