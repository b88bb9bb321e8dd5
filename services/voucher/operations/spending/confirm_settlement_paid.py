"""The bank paid a settlement batch: its money is spent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.voucher.domain.purse.ledger import Account, Source
from services.voucher.domain.rules import Rules
from services.voucher.domain.spending.settlement import Item, ItemKind, Settlement
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.reversal import overturn_claims
from services.voucher.operations.claims.service_days import days_of
from services.voucher.operations.purse.ledger import line_of, lock_for, release, spend
from services.voucher.operations.spending.settlement import load_settlement
from services.voucher.operations.vouchers.voucher import publish_vouchers
from services.voucher.storage.spending import settlement as settlements
from services.voucher.storage.spending.settlement_items import settle_charges, settle_redemptions
from services.voucher.storage.vouchers.voucher import all_locked
from services.voucher.wire.spending.settlement import settlement_paid


def confirm_settlement_paid(
    session: Session, *, settlement_id: UUID, payment_reference: str, etag: str, rules: Rules, now: datetime
) -> Settlement:
    """SENT -> PAID: redemptions and charges SETTLED, one SPEND for each voucher and commitment and year (INV-11).

    What a sanction took off is released. A claim that turned out not to be payable while the batch was under way is
    reversed at once: the vouchers are locked first, so that none is missed.
    """
    batch = load_settlement(session, settlement_id, etag)
    batch.confirm_paid(payment_reference, now)
    settlements.save_settlement(session, batch)
    items = settlements.items_of(session, batch.id)
    vouchers = _locked_vouchers(session, items)
    settle_charges(session, items, now)
    _spend(session, batch, items, now)
    settle_redemptions(session, items, now)
    _reverse_unpayable(session, items, vouchers, rules, now)
    announce(session, settlement_paid(batch), aggregate="settlements", aggregate_id=batch.id, version=batch.version)
    for client_id in sorted({item.client_id for item in items}):
        publish_vouchers(session, client_id, now=now, posted=True)
    return batch


def _locked_vouchers(session: Session, items: Sequence[Item]) -> dict[UUID, Voucher]:
    paid = {item.source.id for item in items if item.kind is ItemKind.REDEMPTION}
    return {voucher.id: voucher for voucher in all_locked(session, paid)}


def _spend(session: Session, batch: Settlement, items: Sequence[Item], now: datetime) -> None:
    """Reversals were posted when they were made; a reduction is not spent but released.

    Each amount falls on the year of its days of service; the lines of all are locked before the first.
    """
    amounts: Counter[tuple[Source, date]] = Counter()
    withheld: Counter[tuple[Source, date]] = Counter()
    lines: set[UUID] = set()
    for item in items:
        key = (item.source, date(item.service_date.year, 1, 1))
        if item.kind is not ItemKind.REVERSAL:
            amounts[key] += item.amount
            lines.add(line_of(session, service_code=item.service_code, service_date=item.service_date))
        if item.kind is ItemKind.REDUCTION:
            withheld[key] -= item.amount
    lock_for(session, {source for source, _ in amounts}, lines)
    for source, day in sorted(amounts, key=lambda key: (key[0].id, key[1])):
        if cents := amounts[source, day]:
            payee = batch.provider_id
            spend(session, source=source, amount_cents=cents, service_date=day, provider_id=payee, now=now)
        if cents := withheld[source, day]:
            release(session, source=source, amount_cents=cents, of=[Account.COMMITTED], year=day.year, now=now)


def _reverse_unpayable(
    session: Session, items: Sequence[Item], vouchers: Mapping[UUID, Voucher], rules: Rules, now: datetime
) -> None:
    days = days_of(session, vouchers.values(), rules)
    paid = [item for item in items if item.kind is ItemKind.REDEMPTION]
    refused = {
        item.source.id for item in paid if days[item.source.id].refuses(vouchers[item.source.id], item.service_date)
    }
    for voucher_id in sorted(refused):
        overturn_claims(session, vouchers[voucher_id], rules=rules, now=now)
