"""A client moved out, died or was merged: the enrolments end (PROCESS-D3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.refusals import ClientClosed
from services.package.operations.cancel_enrolment import cancel_locked
from services.package.storage import copies, enrolments


def leave_packages(session: Session, *, client_id: UUID, now: datetime) -> None:
    """Cancel what has not ended, if the client may have no new matters by the newest that is known."""
    client = copies.client(session, client_id)
    if client is None or not client.is_closed:
        return
    for enrolment in enrolments.open_of_client(session, client_id):
        cancel_locked(session, enrolment, ClientClosed.reason, now=now)
