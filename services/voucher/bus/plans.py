"""What plans and deliveries become here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.chassis.clock import helsinki_date
from services.chassis.values import id_of
from services.voucher.domain.rules import Rules
from services.voucher.operations.changes.follow_plan_version import follow_pause, follow_plan_version
from services.voucher.operations.changes.revoke_voucher import revoke_of_plan, revoke_taken_over
from services.voucher.operations.claims.leave_refusing_provider import leave_refusing_provider
from services.voucher.operations.neighbours import keep_copies as keep
from services.voucher.operations.spending.charge_delivery import charge_delivery
from services.voucher.operations.spending.follow_plan import follow_plan, lock_money_of_plan
from services.voucher.wire.neighbours.plan import plan_copy
from services.voucher.wire.neighbours.plan_line import line_versions, pause
from sote.careplan.v1 import events_pb2 as careplan

PlanFact = (
    careplan.PlanDrafted
    | careplan.PlanConsultationStarted
    | careplan.PlanReturnedToDraft
    | careplan.PlanReviewStarted
    | careplan.PlanReviewCancelled
    | careplan.PlanOperatorChanged
    | careplan.EnrolmentItemsPlanned
)
PLAN_FACTS: tuple[type[PlanFact], ...] = (
    careplan.PlanDrafted,
    careplan.PlanConsultationStarted,
    careplan.PlanReturnedToDraft,
    careplan.PlanReviewStarted,
    careplan.PlanReviewCancelled,
    careplan.PlanOperatorChanged,
    careplan.EnrolmentItemsPlanned,
)
ServiceFact = (
    careplan.EnrolmentItemsRemoved
    | careplan.PlanProviderAssigned
    | careplan.PlanProviderUnassigned
    | careplan.PlanServiceCompleted
)


class Plans:
    """What plans and deliveries become here: copies, orders of own production and purchases, charges."""

    county: str
    rules: Rules

    @handles(*PLAN_FACTS)
    def on_plan(self, session: Session, event: PlanFact, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.PlanActivated, careplan.PlanVersionActivated)
    def on_version_activated(
        self, session: Session, event: careplan.PlanActivated | careplan.PlanVersionActivated, now: datetime
    ) -> None:
        self._follow(session, event.plan, now)
        lines = line_versions(event.plan, heard_on=helsinki_date(now))
        follow_plan_version(session, plan=plan_copy(event.plan), lines=lines, rules=self.rules, now=now)

    @handles(
        careplan.EnrolmentItemsRemoved,
        careplan.PlanProviderAssigned,
        careplan.PlanProviderUnassigned,
        careplan.PlanServiceCompleted,
    )
    def on_plan_services_changed(self, session: Session, event: ServiceFact, now: datetime) -> None:
        self._follow(session, event.plan, now)

    @handles(careplan.PlanServiceSuspended, careplan.PlanServiceResumed)
    def on_service_paused(
        self, session: Session, event: careplan.PlanServiceSuspended | careplan.PlanServiceResumed, now: datetime
    ) -> None:
        self._follow(session, event.plan, now)
        follow_pause(session, pause=pause(event), rules=self.rules, now=now)

    @handles(careplan.PlanClosed, careplan.PlanCancelled)
    def on_plan_ended(
        self, session: Session, event: careplan.PlanClosed | careplan.PlanCancelled, now: datetime
    ) -> None:
        self._follow(session, event.plan, now)
        revoke_of_plan(session, plan_id=UUID(event.plan.plan_id), rules=self.rules, now=now)

    @handles(careplan.RerouteOpened)
    def on_reroute_opened(self, session: Session, event: careplan.RerouteOpened, now: datetime) -> None:
        case = event.reroute_case
        if case.voucher_id and case.refusing_provider_id:
            leave_refusing_provider(
                session,
                case_id=UUID(case.reroute_case_id),
                case_version=case.version,
                voucher_id=UUID(case.voucher_id),
                provider_id=UUID(case.refusing_provider_id),
                rules=self.rules,
                now=now,
            )

    @handles(careplan.RerouteCountyTakesOver)
    def on_county_takes_over(self, session: Session, event: careplan.RerouteCountyTakesOver, now: datetime) -> None:
        case = event.reroute_case
        service_id, voucher_id = id_of(case.plan_service_id), id_of(case.voucher_id)
        revoke_taken_over(session, plan_service_id=service_id, voucher_id=voucher_id, rules=self.rules, now=now)

    @handles(careplan.DeliveryRecorded)
    def on_delivery_recorded(self, session: Session, event: careplan.DeliveryRecorded, now: datetime) -> None:
        keep.keep_delivery(session, event)
        charge_delivery(session, delivery_id=UUID(event.delivery_id), now=now)

    def _follow(self, session: Session, plan: careplan.PlanFacts, now: datetime) -> None:
        keep.keep_plan(session, plan)
        lock_money_of_plan(session, UUID(plan.plan_id))
        follow_plan(session, plan_id=UUID(plan.plan_id), county=self.county, now=now)
