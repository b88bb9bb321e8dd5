"""The terms of a voucher change and the ledger follows: VOUCHER-16, a new version of its plan, a changed decision."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.voucher.domain.changes.amendment import Change, amend, terms_of
from services.voucher.domain.purse.years import cents_by_year
from services.voucher.domain.vouchers.refusals import OverlappingVoucher
from services.voucher.domain.vouchers.states import WITH_PROVIDER, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.domain.vouchers.years import planned_years
from services.voucher.operations.claims.held_units import owe, release_unclaimable
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import VoucherFact, announce_voucher, money_of
from services.voucher.storage.vouchers import voucher as rows
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
    before, remaining = terms_of(voucher), voucher.units_left
    more = amend(voucher, change, command=command, now=now)
    if voucher.state not in WITH_PROVIDER:
        _reserve_anew(session, voucher, more, remaining, now)
    elif more > 0:
        _owe_more(session, voucher, more, before, now)
    else:
        owe(session, voucher, more, now)
    announce_voucher(session, voucher, fact)
    if voucher.complete(now=now):
        announce_voucher(session, voucher, VoucherFullyRedeemed)
        release_unclaimable(session, voucher, now)


def _owe_more(session: Session, voucher: Voucher, more: int, before: Change, now: datetime) -> None:
    """Units added are bound on the years of the days added; on those of all its days where none are."""
    longer = voucher.valid_to > before.valid_to
    first = before.valid_to + timedelta(days=1) if longer else voucher.first_service_day
    units = voucher.units_granted - before.units
    years = cents_by_year(more, units=units, unit=voucher.unit, first=first, last=voucher.valid_to)
    source = money_of(voucher)
    ledger.reserve_years(
        session,
        source=source,
        client_id=voucher.client_id,
        service_code=voucher.service_code,
        years=years,
        now=now,
    )
    ledger.commit(session, source=source, amount_cents=more, now=now)


def _reserve_anew(session: Session, voucher: Voucher, more: int, units_before: int, now: datetime) -> None:
    """The reservation is spread anew over the years; between two providers it is even for each unit left."""
    source = money_of(voucher)
    reserved = ledger.balance_of(session, source).reserved
    fewer = units_before - voucher.units_left
    if voucher.state is State.REROUTING and fewer > 0:
        more = -(reserved * fewer // units_before)
    ledger.reserve_anew(
        session,
        source=source,
        client_id=voucher.client_id,
        service_code=voucher.service_code,
        years=planned_years(voucher, max(0, reserved + more)),
        now=now,
    )
