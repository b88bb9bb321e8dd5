"""The question in whose name a client acts: the own, or that of somebody the client represents."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.kernel.representing import may_act
from services.voucher.storage.neighbours.provider import find_catalogue
from services.voucher.storage.neighbours.representative import denials_of, representing
from services.voucher.storage.vouchers.voucher import vouchers


def acting_on(session: Session, holder: UUID, voucher_id: UUID, *, today: date) -> UUID:
    """The voucher's client when `holder` represents that one in the matter of its service; else the holder."""
    query = select(vouchers.c.client_id, vouchers.c.service_code).where(vouchers.c.id == voucher_id)
    voucher = session.execute(query).one_or_none()
    if voucher is None or voucher.client_id == holder:
        return holder
    entry = find_catalogue(session, voucher.service_code)
    sector = entry.sector if entry else None
    return voucher.client_id if _represents(session, holder, voucher.client_id, sector, today) else holder


def acting_for(session: Session, holder: UUID, client_id: UUID, *, today: date) -> UUID:
    """The client when `holder` represents that one in all matters; else the holder."""
    represents = client_id != holder and _represents(session, holder, client_id, None, today)
    return client_id if represents else holder


def _represents(session: Session, holder: UUID, client_id: UUID, sector: str | None, today: date) -> bool:
    found = representing(session, client_id, holder)
    return bool(found) and may_act(found, denials_of(session, client_id), sector=sector, today=today)
