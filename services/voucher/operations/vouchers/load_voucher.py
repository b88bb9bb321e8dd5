"""Find the voucher a verb is about, locked; used by every verb here."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.vouchers.refusals import NoRelationship, UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.neighbours.client import lock_grounds
from services.voucher.storage.neighbours.locks import hold_plan
from services.voucher.storage.vouchers import voucher as rows


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
