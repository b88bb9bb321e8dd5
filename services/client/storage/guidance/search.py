"""Searches for another provider, as far as support in choosing follows from them."""

from uuid import UUID

from sqlalchemy import BigInteger, Column, Table, Uuid
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.client.storage.metadata import METADATA

search_copy = Table(
    "search_copy",
    METADATA,
    Column("reroute_case_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    comment="how far the careplan service has told of each search; its work item says whether support is due",
)


def store(session: Session, *, case_id: UUID, version: int) -> bool:
    """Take a version of a search over, unless a newer one is here; whether it was taken."""
    return keep_newer(session, search_copy, {"reroute_case_id": case_id, "version": version})
