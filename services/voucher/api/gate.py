"""The gate of this service: whose a voucher is, and which providers have a part in it by its own rows."""

from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from services.chassis.gate import Gate, Matter
from services.voucher.domain.vouchers.states import OPEN
from services.voucher.storage.claims.reroute import reroutes
from services.voucher.storage.vouchers.voucher import vouchers


def _voucher(session: Session, voucher_id: UUID) -> Matter | None:
    """A voucher has its provider, and those it left, which may have claims of their own."""
    client_id = session.scalar(select(vouchers.c.client_id).where(vouchers.c.id == voucher_id))
    if client_id is None:
        return None
    at = select(vouchers.c.provider_id).where(vouchers.c.id == voucher_id, vouchers.c.provider_id.is_not(None))
    former = select(reroutes.c.provider_id).where(reroutes.c.voucher_id == voucher_id)
    return Matter(client_id, frozenset(session.scalars(union(at, former))))


def _client(session: Session, client_id: UUID) -> Matter:
    """A client has the providers of the open vouchers."""
    at = select(vouchers.c.provider_id).where(
        vouchers.c.client_id == client_id, vouchers.c.state.in_(OPEN), vouchers.c.provider_id.is_not(None)
    )
    return Matter(client_id, frozenset(session.scalars(at)))


GATE = Gate({"client_id": _client, "voucher_id": _voucher, "vouchers": _voucher})
