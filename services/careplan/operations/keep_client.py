"""Keeping the copy of a client's state and flags."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownClient
from services.careplan.storage import copies, neighbours


def keep_client(session: Session, *, client: KnownClient) -> None:
    """Keep a client's state and flags, unless a newer version is known."""
    neighbours.keep(session, copies.client_copy, {**vars(client), "attention": list(client.attention)})
