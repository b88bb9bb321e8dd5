"""Keeping the copy of a client's direct choice."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownDirectChoice
from services.careplan.storage import copies, neighbours


def keep_direct_choice(session: Session, *, choice: KnownDirectChoice) -> None:
    """Keep a choice of a centre or a dental unit, unless a newer version is known; a centre operates by it (P1)."""
    neighbours.keep(session, copies.direct_choice_copy, vars(choice))
