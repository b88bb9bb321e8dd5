"""Reading the copies of who represents clients."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.domain.representing import KnownGuardianDenial, KnownRepresentative
from services.careplan.storage.copies import guardian_denial_copy, representative_copy


def representing(session: Session, client_id: UUID, holder: UUID) -> list[KnownRepresentative]:
    """Everything by which the holder, a client too, stands for the client."""
    r = representative_copy.c
    query = select(representative_copy).where(r.client_id == client_id, r.representative_client_id == holder)
    return [KnownRepresentative(**row._mapping) for row in session.execute(query)]


def guardian_denials(session: Session, client_id: UUID) -> list[KnownGuardianDenial]:
    """What the client said to keep a guardian out."""
    query = select(guardian_denial_copy).where(guardian_denial_copy.c.client_id == client_id)
    return [KnownGuardianDenial(**row._mapping) for row in session.execute(query)]
