"""Clients who have not chosen are to be reminded and supported (PROCESS-A7); nothing is chosen for them."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.voucher.domain.rules import Rules
from services.voucher.storage.vouchers import work


def remind_choices(session: Session, *, rules: Rules, now: datetime) -> None:
    """Put vouchers that wait for their choice `choice_reminder_days` on the work list, take those chosen off it."""
    work.finish_choice_reminders(session, now=now)
    work.open_choice_reminders(session, waiting_since=now - timedelta(days=rules.choice_reminder_days), now=now)
