"""What care plans and service chains say."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.attention.count_plan_services import count_plan_services
from services.client.operations.matters.record_matter import record_matter
from services.client.operations.relationships.follow_consultation import follow_consultation
from services.client.operations.relationships.follow_plan import follow_plan
from services.client.operations.relationships.follow_source import follow_source
from services.client.wire.attention import services_in_force
from services.client.wire.relationships.sources import plan_copy, referral_ties
from sote.careplan.v1 import events_pb2 as careplan

PlanFact = (
    careplan.PlanConsultationStarted
    | careplan.PlanReturnedToDraft
    | careplan.PlanActivated
    | careplan.PlanVersionActivated
    | careplan.PlanProviderAssigned
    | careplan.PlanProviderUnassigned
    | careplan.PlanReviewStarted
    | careplan.PlanReviewCancelled
    | careplan.PlanOperatorChanged
    | careplan.PlanServiceCompleted
)
PLAN_FACTS: tuple[type[PlanFact], ...] = (
    careplan.PlanConsultationStarted,
    careplan.PlanReturnedToDraft,
    careplan.PlanActivated,
    careplan.PlanVersionActivated,
    careplan.PlanProviderAssigned,
    careplan.PlanProviderUnassigned,
    careplan.PlanReviewStarted,
    careplan.PlanReviewCancelled,
    careplan.PlanOperatorChanged,
    careplan.PlanServiceCompleted,
)


class Plans:
    """Plans: matters that open and close, and the relationships and flags that follow from them."""

    @handles(careplan.PlanDrafted)
    def on_plan_drafted(self, session: Session, event: careplan.PlanDrafted, now: datetime) -> None:
        """A matter opens (CLIENT-3)."""
        _record(session, event.plan, is_open=True, now=now)
        _follow(session, event.plan, now)

    @handles(*PLAN_FACTS)
    def on_plan(self, session: Session, event: PlanFact, now: datetime) -> None:
        """The plan goes on: who has a relationship changes with it (S1.42)."""
        _follow(session, event.plan, now)

    @handles(careplan.PlanClosed, careplan.PlanCancelled)
    def on_plan_ended(
        self, session: Session, event: careplan.PlanClosed | careplan.PlanCancelled, now: datetime
    ) -> None:
        """A matter closes (CLIENT-4)."""
        _record(session, event.plan, is_open=False, now=now)
        _follow(session, event.plan, now)

    @handles(careplan.ConsultationRequested)
    def on_consultation_requested(self, session: Session, event: careplan.ConsultationRequested, now: datetime) -> None:
        """A provider is asked about a plan (S1.42)."""
        follow_consultation(
            session,
            client_id=UUID(event.client_id),
            plan_id=UUID(event.plan_id),
            provider_id=UUID(event.provider_id),
            now=now,
            new_id=uuid4,
        )


class Chains:
    """Steps of service chains: the relationship of the provider that a client is referred to."""

    @handles(careplan.ChainSent, careplan.ChainReturned, careplan.ChainClosed, careplan.ChainCancelled)
    def on_chain_step(
        self,
        session: Session,
        event: careplan.ChainSent | careplan.ChainReturned | careplan.ChainClosed | careplan.ChainCancelled,
        now: datetime,
    ) -> None:
        """A referral begins or is over (S1.42)."""
        follow_source(
            session,
            client_id=UUID(event.step.client_id),
            source_id=UUID(event.step.chain_step_id),
            ties=referral_ties(event.step),
            version=event.step.version,
            now=now,
            new_id=uuid4,
        )


def _record(session: Session, facts: careplan.PlanFacts, *, is_open: bool, now: datetime) -> None:
    record_matter(
        session,
        client_id=UUID(facts.client_id),
        matter_id=UUID(facts.plan_id),
        is_open=is_open,
        version=facts.version,
        now=now,
    )


def _follow(session: Session, facts: careplan.PlanFacts, now: datetime) -> None:
    client_id = UUID(facts.client_id)
    follow_plan(session, client_id=client_id, plan=plan_copy(facts), version=facts.version, now=now, new_id=uuid4)
    count_plan_services(
        session,
        client_id=client_id,
        plan_id=UUID(facts.plan_id),
        service_codes=services_in_force(facts),
        version=facts.version,
        now=now,
    )
