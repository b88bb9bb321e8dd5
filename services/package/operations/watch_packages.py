"""Days that pass take members away, too: contracts begin and end without a fact of that day (INV-18)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.operations.packages import mark_degraded


def watch_packages(session: Session, *, now: datetime) -> None:
    """Compare every published package with what its members may deliver today."""
    mark_degraded(session, now=now)
