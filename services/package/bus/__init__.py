"""What this service hears, and what it does about it; also sends its facts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every, handles
from services.package.bus.access import AccessFacts
from services.package.bus.neighbours import Neighbours
from services.package.domain.rules import Rules
from services.package.operations.close_plan import close_plan
from services.package.operations.confirm_enrolment import confirm_enrolment
from services.package.operations.drop_plan import drop_plan
from services.package.operations.expand_enrolment import expand_enrolment
from services.package.operations.fail_enrolment import fail_enrolment
from services.package.operations.finish_item import finish_item
from services.package.operations.follow_plan import follow_plan
from services.package.operations.fund_enrolments import fund_enrolments
from services.package.operations.plan_enrolment import plan_enrolment
from services.package.operations.record_delivery import record_delivery
from services.package.operations.watch_enrolments import watch_enrolments
from services.package.operations.watch_packages import watch_packages
from services.package.wire import neighbours
from sote.careplan.v1 import events_pb2 as careplan
from sote.voucher.v1 import events_pb2 as voucher


class PackageBus(AccessFacts, Neighbours):
    """The bus process of this service."""

    name = "package"
    relay = OutboxRelay()
    rules: Rules

    @handles(voucher.EnvelopeReserved)
    def on_envelope_reserved(self, session: Session, event: voucher.EnvelopeReserved, now: datetime) -> None:
        """PROCESS-B2 done."""
        expand_enrolment(session, enrolment_id=UUID(event.enrolment_id), now=now)

    @handles(voucher.EnvelopeRefused)
    def on_envelope_refused(self, session: Session, event: voucher.EnvelopeRefused, now: datetime) -> None:
        """ENROLMENT-5."""
        fail_enrolment(session, enrolment_id=UUID(event.enrolment_id), reason=event.reason, now=now)

    @handles(careplan.EnrolmentItemsPlanned)
    def on_enrolment_items_planned(
        self, session: Session, event: careplan.EnrolmentItemsPlanned, now: datetime
    ) -> None:
        """PROCESS-B3 done."""
        plan_enrolment(session, enrolment_id=UUID(event.enrolment_id), plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.EnrolmentItemsRefused)
    def on_enrolment_items_refused(
        self, session: Session, event: careplan.EnrolmentItemsRefused, now: datetime
    ) -> None:
        """ENROLMENT-5."""
        fail_enrolment(session, enrolment_id=UUID(event.enrolment_id), reason=event.reason, now=now)

    @handles(careplan.PlanActivated)
    def on_plan_activated(self, session: Session, event: careplan.PlanActivated, now: datetime) -> None:
        """PROCESS-B4 done."""
        fund_enrolments(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanVersionActivated)
    def on_plan_version_activated(self, session: Session, event: careplan.PlanVersionActivated, now: datetime) -> None:
        """PROCESS-B4 done."""
        fund_enrolments(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanProviderAssigned)
    def on_plan_provider_assigned(self, session: Session, event: careplan.PlanProviderAssigned, now: datetime) -> None:
        """Take over the provider."""
        follow_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanProviderUnassigned)
    def on_plan_provider_unassigned(
        self, session: Session, event: careplan.PlanProviderUnassigned, now: datetime
    ) -> None:
        """Take over the provider."""
        follow_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.EnrolmentItemsRemoved)
    def on_enrolment_items_removed(
        self, session: Session, event: careplan.EnrolmentItemsRemoved, now: datetime
    ) -> None:
        """The plan goes on without another enrolment's items."""
        follow_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanReviewCancelled)
    def on_plan_review_cancelled(self, session: Session, event: careplan.PlanReviewCancelled, now: datetime) -> None:
        """PROCESS-B4 cannot be done."""
        drop_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanCancelled)
    def on_plan_cancelled(self, session: Session, event: careplan.PlanCancelled, now: datetime) -> None:
        """PROCESS-B4 cannot be done."""
        drop_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanClosed)
    def on_plan_closed(self, session: Session, event: careplan.PlanClosed, now: datetime) -> None:
        """ENROLMENT-6, ENROLMENT-7."""
        close_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(voucher.EnrolmentFunded)
    def on_enrolment_funded(self, session: Session, event: voucher.EnrolmentFunded, now: datetime) -> None:
        """PROCESS-B5 and PROCESS-B6 done."""
        confirm_enrolment(
            session, enrolment_id=UUID(event.enrolment_id), funding=neighbours.funding(event.items), now=now
        )

    @handles(voucher.EnrolmentFundingFailed)
    def on_enrolment_funding_failed(
        self, session: Session, event: voucher.EnrolmentFundingFailed, now: datetime
    ) -> None:
        """ENROLMENT-5."""
        fail_enrolment(session, enrolment_id=UUID(event.enrolment_id), reason=event.reason, now=now)

    @handles(careplan.PlanServiceCompleted)
    def on_plan_service_completed(self, session: Session, event: careplan.PlanServiceCompleted, now: datetime) -> None:
        """ENROLMENT-6."""
        plan = neighbours.plan_copy(event.plan)
        finish_item(session, plan=plan, plan_service_id=UUID(event.plan_service_id), now=now)

    @handles(careplan.DeliveryRecorded)
    def on_delivery_recorded(self, session: Session, event: careplan.DeliveryRecorded, now: datetime) -> None:
        """Progress of an item."""
        if event.plan_service_id:
            record_delivery(
                session,
                delivery_id=UUID(event.delivery_id),
                client_id=UUID(event.client_id),
                plan_service_id=UUID(event.plan_service_id),
                units=event.units,
                now=now,
            )

    @every(seconds=10.0)
    def watch_enrolments(self, session: Session, now: datetime) -> None:
        """Expansions that do not go on."""
        watch_enrolments(session, rules=self.rules, now=now)

    @every(seconds=60.0)
    def watch_packages(self, session: Session, now: datetime) -> None:
        """INV-18: days that pass take members away too."""
        watch_packages(session, now=now)
