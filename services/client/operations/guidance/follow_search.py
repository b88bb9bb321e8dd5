"""PROCESS-C5: a client whose provider was lost is to be given support in choosing another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.work import finish_work, reopen_work
from services.client.operations.clients.client import load_client_of_fact
from services.client.storage.guidance import search as searches

CHOICE_SUPPORT = "CHOICE_SUPPORT"


def follow_search(
    session: Session, *, case_id: UUID, client_id: UUID, support_due: bool, cause: str, version: int, now: datetime
) -> None:
    """Let the task of whoever guides the client follow the newest state of the search: open, done, or open again."""
    client = load_client_of_fact(session, client_id)
    if not searches.store(session, case_id=case_id, version=version):
        return
    if support_due:
        reopen_work(
            session, work_id=case_id, kind=CHOICE_SUPPORT, subject=f"clients/{client.id}", reason=cause, now=now
        )
    else:
        finish_work(session, case_id, now=now)
