"""In place of the national archive, on a machine that has none: documents are kept in a table of the service."""

import json

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, sessionmaker

from services.careplan.domain.plan_versions.publication import Document
from services.careplan.storage.plan_versions import recorded_document as table


class RecordingArchive:
    """Keeps each document in a transaction of its own."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def put(self, document: Document) -> None:
        """Keep the document under its OID, in place of what was there."""
        insertion = insert(table).values(oid=document.oid, body=json.loads(document.body), times=1)
        changes = {"body": insertion.excluded.body, "times": table.c.times + 1}
        with self._sessions.begin() as session:
            session.execute(insertion.on_conflict_do_update(index_elements=["oid"], set_=changes))
