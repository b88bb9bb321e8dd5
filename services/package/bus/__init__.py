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
from services.package.operations.expand_enrolment import expand_enrolment
from services.package.operations.fail_enrolment import fail_enrolment
from services.package.operations.finish_item import finish_item
from services.package.operations.fund_enrolments import fund_enrolments
from services.package.operations.plan_enrolment import plan_enrolment
from services.package.operations.plans import discard_plan, follow_plan
from services.package.operations.record_delivery import record_delivery
from services.package.operations.watch_enrolments import watch_enrolments
from services.package.operations.watch_packages import watch_packages
from services.package.wire import neighbours
from sote.careplan.v1 import events_pb2 as careplan
from sote.voucher.v1 import events_pb2 as voucher

ExpansionRefused = voucher.EnvelopeRefused | careplan.EnrolmentItemsRefused | voucher.EnrolmentFundingFailed
PlanInForce = careplan.PlanActivated | careplan.PlanVersionActivated
PlanChanged = careplan.PlanProviderAssigned | careplan.PlanProviderUnassigned | careplan.EnrolmentItemsRemoved
PlanDiscarded = careplan.PlanReviewCancelled | careplan.PlanCancelled


class PackageBus(AccessFacts, Neighbours):
    """The bus process of this service; `rules` are given by `__main__`."""

    name = "package"
    relay = OutboxRelay()
    rules: Rules

    @handles(voucher.EnvelopeReserved)
    def on_envelope_reserved(self, session: Session, event: voucher.EnvelopeReserved, now: datetime) -> None:
        """The envelope is reserved: the plan is asked for the items (PROCESS-B2)."""
        expand_enrolment(session, enrolment_id=UUID(event.enrolment_id), now=now)

    @handles(voucher.EnvelopeRefused, careplan.EnrolmentItemsRefused, voucher.EnrolmentFundingFailed)
    def on_expansion_refused(self, session: Session, event: ExpansionRefused, now: datetime) -> None:
        """A service cannot do its part of the expansion (ENROLMENT-5)."""
        fail_enrolment(session, enrolment_id=UUID(event.enrolment_id), reason=event.reason, now=now)

    @handles(careplan.EnrolmentItemsPlanned)
    def on_enrolment_items_planned(
        self, session: Session, event: careplan.EnrolmentItemsPlanned, now: datetime
    ) -> None:
        """The items stand in the plan (PROCESS-B3)."""
        plan_enrolment(session, enrolment_id=UUID(event.enrolment_id), plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanActivated, careplan.PlanVersionActivated)
    def on_plan_in_force(self, session: Session, event: PlanInForce, now: datetime) -> None:
        """The plan with the items is in force: their funding is asked for (PROCESS-B4)."""
        fund_enrolments(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanProviderAssigned, careplan.PlanProviderUnassigned, careplan.EnrolmentItemsRemoved)
    def on_plan_changed(self, session: Session, event: PlanChanged, now: datetime) -> None:
        """Items have the providers of the plan, also when it goes on without another enrolment's items."""
        follow_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanReviewCancelled, careplan.PlanCancelled)
    def on_plan_discarded(self, session: Session, event: PlanDiscarded, now: datetime) -> None:
        """What was to come into force does not (PROCESS-B4)."""
        discard_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanClosed)
    def on_plan_closed(self, session: Session, event: careplan.PlanClosed, now: datetime) -> None:
        """Enrolments end with the plan (ENROLMENT-6, ENROLMENT-7)."""
        close_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(voucher.EnrolmentFunded)
    def on_enrolment_funded(self, session: Session, event: voucher.EnrolmentFunded, now: datetime) -> None:
        """Vouchers and commitments are there (PROCESS-B5, PROCESS-B6)."""
        confirm_enrolment(
            session, enrolment_id=UUID(event.enrolment_id), funding=neighbours.funding_from(event.items), now=now
        )

    @handles(careplan.PlanServiceCompleted)
    def on_plan_service_completed(self, session: Session, event: careplan.PlanServiceCompleted, now: datetime) -> None:
        """An item is done with its planned service (ENROLMENT-6)."""
        plan = neighbours.plan_copy(event.plan)
        finish_item(session, plan=plan, plan_service_id=UUID(event.plan_service_id), now=now)

    @handles(careplan.DeliveryRecorded)
    def on_delivery_recorded(self, session: Session, event: careplan.DeliveryRecorded, now: datetime) -> None:
        """An item progresses."""
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
        """Expansions that do not go on are shown to a person, and fail when no plan came in time."""
        watch_enrolments(session, rules=self.rules, now=now)

    @every(seconds=60.0)
    def watch_packages(self, session: Session, now: datetime) -> None:
        """Days that pass take members of a package away, too (INV-18)."""
        watch_packages(session, now=now)
