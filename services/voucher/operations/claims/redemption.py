"""What every verb on a claim shares: its announcement."""

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.wire.vouchers import voucher as vouchers


def announce_redemption(session: Session, redemption: Redemption, fact: Message) -> None:
    """Store the redemption and announce the fact about it."""
    session.flush()
    announce(session, fact, aggregate=vouchers.REDEMPTIONS, aggregate_id=redemption.id, version=redemption.version)
