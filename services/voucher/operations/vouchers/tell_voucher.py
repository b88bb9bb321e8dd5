"""Announce what happened to a voucher or a redemption, and refresh its client's section; used by every verb here."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.chassis.sections import publish_section
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.vouchers import voucher as voucher_rows
from services.voucher.wire.vouchers import facts
from services.voucher.wire.vouchers import voucher as vouchers
from sote.voucher.v1 import events_pb2, section_pb2


class VoucherFact(Protocol):
    """The class of a fact whose only part is the voucher after it."""

    def __call__(self, *, voucher: events_pb2.VoucherFacts) -> Message:
        """Make the fact."""


def tell_voucher(session: Session, voucher: Voucher, fact: VoucherFact) -> None:
    """Store the voucher as its next version and announce the fact with it; each fact has a version of its own."""
    session.flush()
    message = fact(voucher=facts.voucher_facts(voucher))
    announce(session, message, aggregate=vouchers.VOUCHERS, aggregate_id=voucher.id, version=voucher.version)


def tell_redemption(session: Session, redemption: Redemption, fact: Message) -> None:
    """Store the redemption and announce the fact about it."""
    session.flush()
    announce(session, fact, aggregate=vouchers.REDEMPTIONS, aggregate_id=redemption.id, version=redemption.version)


def publish(session: Session, client_id: UUID, *, now: datetime, posted: bool) -> None:
    """Refresh the client's sections, that of money too when something was posted; call it last."""
    if posted:
        publish_finance(session, client_id=client_id, now=now)
    publish_section(session, client_id=client_id, section=_section(session, client_id), now=now)


def money_of(voucher: Voucher) -> Source:
    """The voucher as the ledger knows it."""
    return Source(SourceKind.VOUCHER, voucher.id)


def _section(session: Session, client_id: UUID) -> Callable[[], section_pb2.VoucherSection]:
    def build() -> section_pb2.VoucherSection:
        return vouchers.section(
            voucher_rows.of_client(session, client_id), redemption_rows.of_client(session, client_id)
        )

    return build
