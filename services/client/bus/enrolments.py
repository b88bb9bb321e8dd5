"""What enrolments in packages say."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.matters.record_matter import record_matter
from sote.package.v1 import events_pb2 as package


class Enrolments:
    """Enrolments: matters that open and close."""

    @handles(package.EnrolmentProposed)
    def on_enrolment_proposed(self, session: Session, event: package.EnrolmentProposed, now: datetime) -> None:
        """A matter opens (CLIENT-3)."""
        _record(session, event.enrolment, is_open=True, now=now)

    @handles(
        package.EnrolmentCompleted, package.EnrolmentFailed, package.EnrolmentWithdrawn, package.EnrolmentCancelled
    )
    def on_enrolment_ended(
        self,
        session: Session,
        event: package.EnrolmentCompleted
        | package.EnrolmentFailed
        | package.EnrolmentWithdrawn
        | package.EnrolmentCancelled,
        now: datetime,
    ) -> None:
        """A matter closes (CLIENT-4)."""
        _record(session, event.enrolment, is_open=False, now=now)


def _record(session: Session, facts: package.EnrolmentFacts, *, is_open: bool, now: datetime) -> None:
    record_matter(
        session,
        client_id=UUID(facts.client_id),
        matter_id=UUID(facts.enrolment_id),
        is_open=is_open,
        version=facts.version,
        now=now,
    )
