"""Batches of one provider's claims in March, from collecting to paying."""

from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from services.voucher.domain.purse.ledger import Source
from services.voucher.domain.rules import Rules
from services.voucher.domain.spending.settlement import (
    Settlement,
)
from services.voucher.operations.spending.approve_settlement import approve_settlement
from services.voucher.operations.spending.confirm_settlement_paid import confirm_settlement_paid
from services.voucher.operations.spending.create_settlement import create_settlement
from services.voucher.operations.spending.send_settlement import send_settlement
from tests.builders.voucher.claims import redeemed_voucher
from tests.builders.voucher.purse import FIN, NOW, caller

PROVIDER, CLIENT = uuid4(), uuid4()
MARCH = (date(2025, 3, 1), date(2025, 3, 31))


def collect(db: Session, period: tuple[date, date] = MARCH) -> Settlement:
    """What was accepted in the period is in a batch."""
    return create_settlement(
        db,
        provider_id=PROVIDER,
        period_start=period[0],
        period_end=period[1],
        caller=FIN,
        rules=Rules(),
        now=NOW,
        new_id=uuid4(),
    )


def redeemed(db: Session, *days: date) -> Source:
    """A voucher with an accepted claim on each day."""
    return redeemed_voucher(db, provider_id=PROVIDER, client_id=CLIENT, days=days)


def sent(db: Session, batch: Settlement) -> Settlement:
    """Approved by a second official and with the bank."""
    approve_settlement(db, settlement_id=batch.id, etag="", caller=caller("fin-2"), now=NOW)
    return send_settlement(db, settlement_id=batch.id, etag="", now=NOW)


def paid(db: Session, batch: Settlement) -> Settlement:
    """The bank paid it."""
    return confirm_settlement_paid(
        db, settlement_id=batch.id, payment_reference="REF-1", etag="", rules=Rules(), now=NOW
    )
