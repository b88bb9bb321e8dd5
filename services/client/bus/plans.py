"""What care plans tell."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.note_matter import note_matter
from services.client.wire.matters import plan_matter
from sote.careplan.v1 import events_pb2 as careplan


class Plans:
    """Plans: matters that open and close."""

    @handles(careplan.PlanDrafted)
    def on_plan_drafted(self, session: Session, event: careplan.PlanDrafted, now: datetime) -> None:
        """C3."""
        note_matter(session, **plan_matter(event.plan, is_open=True), now=now)

    @handles(careplan.PlanClosed)
    def on_plan_closed(self, session: Session, event: careplan.PlanClosed, now: datetime) -> None:
        """C4."""
        note_matter(session, **plan_matter(event.plan, is_open=False), now=now)

    @handles(careplan.PlanCancelled)
    def on_plan_cancelled(self, session: Session, event: careplan.PlanCancelled, now: datetime) -> None:
        """C4."""
        note_matter(session, **plan_matter(event.plan, is_open=False), now=now)
