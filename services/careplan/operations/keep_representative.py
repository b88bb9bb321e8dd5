"""Keeping the copies of who represents clients, and of minors' words that keep their guardians out."""

from sqlalchemy.orm import Session

from services.careplan.domain.representing import KnownGuardianDenial, KnownRepresentative
from services.careplan.storage import copies, neighbours


def keep_representative(session: Session, *, representative: KnownRepresentative) -> None:
    """Keep who stands for a client, unless a newer version is known."""
    neighbours.keep(session, copies.representative_copy, vars(representative))


def keep_guardian_denial(session: Session, *, denial: KnownGuardianDenial) -> None:
    """Keep a minor's word, unless a newer version is known."""
    neighbours.keep(session, copies.guardian_denial_copy, vars(denial))
