"""What every verb on a voucher shares: its lock, the facts announced of it, the sections of its client."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.chassis.sections import publish_section
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.vouchers.refusals import NoRelationship, UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.neighbours.client import lock_grounds
from services.voucher.storage.neighbours.locks import hold_plan
from services.voucher.storage.vouchers import voucher as rows
from services.voucher.storage.vouchers import voucher as voucher_rows
from services.voucher.wire.vouchers import facts
from services.voucher.wire.vouchers import voucher as vouchers
from sote.voucher.v1 import events_pb2, section_pb2


def load_voucher(session: Session, voucher_id: UUID, *, etag: str = "") -> Voucher:
    """The voucher for an act of the county, locked; refuses with UnknownVoucher, or VersionConflict by `etag`."""
    voucher = rows.locked(session, voucher_id)
    if voucher is None:
        raise UnknownVoucher("there is no such voucher")
    check_etag(etag, voucher.version)
    return voucher


def hold_grounds(session: Session, voucher_id: UUID) -> None:
    """Let no news of what the voucher rests on be applied until the commit: client, decisions, plan, in this order.

    Call it before the voucher is loaded: whoever applies such news locks its vouchers last.
    """
    found = session.get(Voucher, voucher_id)
    if found is not None:
        lock_grounds(session, found.client_id)
        if found.plan_id is not None:
            hold_plan(session, found.plan_id)


def load_own_voucher(session: Session, voucher_id: UUID, provider_id: UUID, *, etag: str = "") -> Voucher:
    """The voucher for an act of its provider, locked; one of somebody else looks like none: NoRelationship."""
    voucher = rows.locked(session, voucher_id)
    if voucher is None:
        raise NoRelationship("the voucher is not at this provider")
    voucher.must_be_with(provider_id)
    check_etag(etag, voucher.version)
    return voucher


def load_voucher_of(session: Session, voucher_id: UUID, client_id: UUID | None, *, etag: str = "") -> Voucher:
    """The voucher for an act of its client (`client_id`) or of a helper (None), locked."""
    if client_id is None:
        return load_voucher(session, voucher_id, etag=etag)
    voucher = rows.locked(session, voucher_id)
    if voucher is None or voucher.client_id != client_id:
        raise NoRelationship("the voucher is not this client's")
    check_etag(etag, voucher.version)
    return voucher


class VoucherFact(Protocol):
    """The class of a fact whose only part is the voucher after it."""

    def __call__(self, *, voucher: events_pb2.VoucherFacts) -> Message:
        """Make the fact."""


def announce_voucher(session: Session, voucher: Voucher, fact: VoucherFact) -> None:
    """Store the voucher as its next version and announce the fact with it; each fact has a version of its own."""
    session.flush()
    message = fact(voucher=facts.voucher_facts(voucher))
    announce(session, message, aggregate=vouchers.VOUCHERS, aggregate_id=voucher.id, version=voucher.version)


def publish_vouchers(session: Session, client_id: UUID, *, now: datetime, posted: bool) -> None:
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
