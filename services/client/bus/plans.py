"""What care plans and service chains tell."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.attention.count_plan_services import count_plan_services
from services.client.operations.matters.record_matter import record_matter
from services.client.operations.relationships.follow_consultation import follow_consultation
from services.client.operations.relationships.follow_plan import follow_plan
from services.client.operations.relationships.follow_source import follow_source
from services.client.wire.attention import services_told
from services.client.wire.matters import plan_matter
from services.client.wire.relationships.sources import chain_told, consultation_told, plan_told
from sote.careplan.v1 import events_pb2 as careplan


class Plans:
    """Plans: matters that open and close, and the relationships and flags that follow from them."""

    def _follow(self, session: Session, facts: careplan.PlanFacts, now: datetime) -> None:
        follow_plan(session, **plan_told(facts), now=now, new_id=uuid4)
        count_plan_services(session, **services_told(facts), now=now)

    @handles(careplan.PlanDrafted)
    def on_plan_drafted(self, session: Session, event: careplan.PlanDrafted, now: datetime) -> None:
        """CLIENT-3, S1.42."""
        record_matter(session, **plan_matter(event.plan, is_open=True), now=now)
        self._follow(session, event.plan, now)

    @handles(careplan.PlanConsultationStarted)
    def on_plan_consultation_started(
        self, session: Session, event: careplan.PlanConsultationStarted, now: datetime
    ) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.ConsultationRequested)
    def on_consultation_requested(self, session: Session, event: careplan.ConsultationRequested, now: datetime) -> None:
        """S1.42."""
        follow_consultation(session, **consultation_told(event), now=now, new_id=uuid4)

    @handles(careplan.PlanReturnedToDraft)
    def on_plan_returned_to_draft(self, session: Session, event: careplan.PlanReturnedToDraft, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanActivated)
    def on_plan_activated(self, session: Session, event: careplan.PlanActivated, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanVersionActivated)
    def on_plan_version_activated(self, session: Session, event: careplan.PlanVersionActivated, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanProviderAssigned)
    def on_plan_provider_assigned(self, session: Session, event: careplan.PlanProviderAssigned, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanProviderUnassigned)
    def on_plan_provider_unassigned(
        self, session: Session, event: careplan.PlanProviderUnassigned, now: datetime
    ) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanReviewStarted)
    def on_plan_review_started(self, session: Session, event: careplan.PlanReviewStarted, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanReviewCancelled)
    def on_plan_review_cancelled(self, session: Session, event: careplan.PlanReviewCancelled, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanOperatorChanged)
    def on_plan_operator_changed(self, session: Session, event: careplan.PlanOperatorChanged, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanServiceCompleted)
    def on_plan_service_completed(self, session: Session, event: careplan.PlanServiceCompleted, now: datetime) -> None:
        """S1.42."""
        self._follow(session, event.plan, now)

    @handles(careplan.PlanClosed)
    def on_plan_closed(self, session: Session, event: careplan.PlanClosed, now: datetime) -> None:
        """CLIENT-4, S1.42."""
        record_matter(session, **plan_matter(event.plan, is_open=False), now=now)
        self._follow(session, event.plan, now)

    @handles(careplan.PlanCancelled)
    def on_plan_cancelled(self, session: Session, event: careplan.PlanCancelled, now: datetime) -> None:
        """CLIENT-4, S1.42."""
        record_matter(session, **plan_matter(event.plan, is_open=False), now=now)
        self._follow(session, event.plan, now)


class Chains:
    """Steps of service chains: the relationship of who was sent the client."""

    def _follow_step(self, session: Session, facts: careplan.ChainStepFacts, now: datetime) -> None:
        follow_source(session, **chain_told(facts), now=now, new_id=uuid4)

    @handles(careplan.ChainSent)
    def on_chain_sent(self, session: Session, event: careplan.ChainSent, now: datetime) -> None:
        """S1.42."""
        self._follow_step(session, event.step, now)

    @handles(careplan.ChainReturned)
    def on_chain_returned(self, session: Session, event: careplan.ChainReturned, now: datetime) -> None:
        """S1.42."""
        self._follow_step(session, event.step, now)

    @handles(careplan.ChainClosed)
    def on_chain_closed(self, session: Session, event: careplan.ChainClosed, now: datetime) -> None:
        """S1.42."""
        self._follow_step(session, event.step, now)

    @handles(careplan.ChainCancelled)
    def on_chain_cancelled(self, session: Session, event: careplan.ChainCancelled, now: datetime) -> None:
        """S1.42."""
        self._follow_step(session, event.step, now)
