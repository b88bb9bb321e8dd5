"""What this service hears, and what it does by the clock; each method names the cause and calls the effect."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every, handles
from services.chassis.clock import helsinki_date
from services.chassis.values import day_of
from services.voucher.domain.rules import Rules
from services.voucher.operations import keep_copies as keep
from services.voucher.operations.advance_vouchers import advance_vouchers
from services.voucher.operations.charge_delivery import charge_delivery
from services.voucher.operations.close_envelope import close_envelope
from services.voucher.operations.follow_plan import follow_contract, follow_plan
from services.voucher.operations.fund_enrolment import fund_enrolment
from services.voucher.operations.reroute_at_contract import reroute_at_contract
from services.voucher.operations.reserve_envelope import reserve_envelope
from services.voucher.operations.revoke_voucher import revoke_of_plan
from services.voucher.operations.undo_enrolment import undo_enrolment
from services.voucher.wire import facts
from services.voucher.wire.enrolment import enrolment
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import events_pb2 as client
from sote.package.v1 import events_pb2 as package
from sote.provider.v1 import events_pb2 as provider


class ClientFacts:
    """What clients, their assessments, decisions and guidance become here."""

    @handles(client.ClientRegistered)
    def on_client_registered(self, session: Session, event: client.ClientRegistered, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientActivated)
    def on_client_activated(self, session: Session, event: client.ClientActivated, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientAttentionChanged)
    def on_attention_changed(self, session: Session, event: client.ClientAttentionChanged, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientOwnWorkerNamed)
    def on_own_worker_named(self, session: Session, event: client.ClientOwnWorkerNamed, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientDormant)
    def on_client_dormant(self, session: Session, event: client.ClientDormant, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientMovedOut)
    def on_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientDeceased)
    def on_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientStatusCorrected)
    def on_status_corrected(self, session: Session, event: client.ClientStatusCorrected, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientMerged)
    def on_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.ClientIdentityCodeChanged)
    def on_identity_changed(self, session: Session, event: client.ClientIdentityCodeChanged, now: datetime) -> None:
        keep.keep_client(session, event.client)

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        keep.keep_assessment(session, event)

    @handles(client.AssessmentCancelled)
    def on_assessment_cancelled(self, session: Session, event: client.AssessmentCancelled, now: datetime) -> None:
        keep.withdraw_assessment(session, event)

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        keep.withdraw_assessment(session, event)

    @handles(client.DecisionMade)
    def on_decision_made(self, session: Session, event: client.DecisionMade, now: datetime) -> None:
        keep.keep_decision(session, event)

    @handles(client.GuidanceGiven)
    def on_guidance_given(self, session: Session, event: client.GuidanceGiven, now: datetime) -> None:
        keep.keep_guidance(session, event)


class PlanFacts:
    """What plans and deliveries become here: copies, orders of own production and purchases, charges."""

    county: str

    @handles(careplan.PlanDrafted)
    def on_plan_drafted(self, session: Session, event: careplan.PlanDrafted, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.PlanConsultationStarted)
    def on_consultation_started(self, session: Session, event: careplan.PlanConsultationStarted, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.PlanReturnedToDraft)
    def on_plan_returned(self, session: Session, event: careplan.PlanReturnedToDraft, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.PlanReviewStarted)
    def on_review_started(self, session: Session, event: careplan.PlanReviewStarted, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.PlanReviewCancelled)
    def on_review_cancelled(self, session: Session, event: careplan.PlanReviewCancelled, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.PlanOperatorChanged)
    def on_operator_changed(self, session: Session, event: careplan.PlanOperatorChanged, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.EnrolmentItemsPlanned)
    def on_items_planned(self, session: Session, event: careplan.EnrolmentItemsPlanned, now: datetime) -> None:
        keep.keep_plan(session, event.plan)

    @handles(careplan.PlanActivated)
    def on_plan_activated(self, session: Session, event: careplan.PlanActivated, now: datetime) -> None:
        self._follow(session, event.plan, now)

    @handles(careplan.PlanVersionActivated)
    def on_version_activated(self, session: Session, event: careplan.PlanVersionActivated, now: datetime) -> None:
        self._follow(session, event.plan, now)

    @handles(careplan.PlanProviderAssigned)
    def on_provider_assigned(self, session: Session, event: careplan.PlanProviderAssigned, now: datetime) -> None:
        self._follow(session, event.plan, now)

    @handles(careplan.PlanProviderUnassigned)
    def on_provider_unassigned(self, session: Session, event: careplan.PlanProviderUnassigned, now: datetime) -> None:
        self._follow(session, event.plan, now)

    @handles(careplan.PlanServiceCompleted)
    def on_service_completed(self, session: Session, event: careplan.PlanServiceCompleted, now: datetime) -> None:
        self._follow(session, event.plan, now)

    @handles(careplan.PlanClosed)
    def on_plan_closed(self, session: Session, event: careplan.PlanClosed, now: datetime) -> None:
        self._follow(session, event.plan, now)
        revoke_of_plan(session, plan_id=UUID(event.plan.plan_id), now=now)

    @handles(careplan.PlanCancelled)
    def on_plan_cancelled(self, session: Session, event: careplan.PlanCancelled, now: datetime) -> None:
        self._follow(session, event.plan, now)
        revoke_of_plan(session, plan_id=UUID(event.plan.plan_id), now=now)

    @handles(careplan.DeliveryRecorded)
    def on_delivery_recorded(self, session: Session, event: careplan.DeliveryRecorded, now: datetime) -> None:
        keep.keep_delivery(session, event)
        charge_delivery(session, delivery_id=UUID(event.delivery_id), now=now)

    def _follow(self, session: Session, plan: careplan.PlanFacts, now: datetime) -> None:
        keep.keep_plan(session, plan)
        follow_plan(session, plan_id=UUID(plan.plan_id), county=self.county, now=now)


class ProviderFacts:
    """What providers, the catalogue and contracts become here: copies, and re-routes (process C)."""

    county: str
    rules: Rules

    @handles(provider.ProviderApplied)
    def on_provider_applied(self, session: Session, event: provider.ProviderApplied, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderApproved)
    def on_provider_approved(self, session: Session, event: provider.ProviderApproved, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderFrozen)
    def on_provider_frozen(self, session: Session, event: provider.ProviderFrozen, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderUnfrozen)
    def on_provider_unfrozen(self, session: Session, event: provider.ProviderUnfrozen, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderRemoved)
    def on_provider_removed(self, session: Session, event: provider.ProviderRemoved, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderUnitsChanged)
    def on_units_changed(self, session: Session, event: provider.ProviderUnitsChanged, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        keep.keep_catalogue(session, event.service)

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        follow_contract(session, provider_id=UUID(event.contract.provider_id), county=self.county, now=now)

    @handles(provider.ContractWithdrawn)
    def on_contract_withdrawn(self, session: Session, event: provider.ContractWithdrawn, now: datetime) -> None:
        keep.keep_contract(session, event.contract)

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        if event.removed_service_codes:
            self._leave(session, event.contract, helsinki_date(now), now, *event.removed_service_codes)

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, facts.first_day_unserved(event.contract.suspension), now)

    @handles(provider.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: provider.ContractReinstated, now: datetime) -> None:
        keep.keep_contract(session, event.contract)

    @handles(provider.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: provider.ContractNoticeGiven, now: datetime) -> None:
        keep.keep_contract(session, event.contract)

    @handles(provider.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: provider.ContractTerminated, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, day_of(event.effective_date, "effective_date"), now)

    @handles(provider.ContractExpired)
    def on_contract_expired(self, session: Session, event: provider.ContractExpired, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, day_of(event.effective_date, "effective_date"), now)

    def _leave(
        self, session: Session, contract: provider.ContractFacts, cut_off: date, now: datetime, *services: str
    ) -> None:
        told = facts.contract_copy(contract)
        reroute_at_contract(session, told=told, cut_off=cut_off, service_codes=services, rules=self.rules, now=now)


class EnrolmentFacts:
    """What enrolments ask of the money (process B)."""

    county: str
    rules: Rules

    @handles(package.EnrolmentAccepted)
    def on_enrolment_accepted(self, session: Session, event: package.EnrolmentAccepted, now: datetime) -> None:
        reserve_envelope(session, enrolment=enrolment(event.enrolment), county=self.county, now=now)

    @handles(package.EnrolmentFundingRequested)
    def on_funding_requested(self, session: Session, event: package.EnrolmentFundingRequested, now: datetime) -> None:
        asked = enrolment(event.enrolment)
        plan_id = UUID(event.plan_id)
        fund_enrolment(session, enrolment=asked, plan_id=plan_id, county=self.county, rules=self.rules, now=now)

    @handles(package.EnrolmentActivated)
    def on_enrolment_activated(self, session: Session, event: package.EnrolmentActivated, now: datetime) -> None:
        close_envelope(session, enrolment_id=UUID(event.enrolment.enrolment_id), now=now)

    @handles(package.EnrolmentFailed)
    def on_enrolment_failed(self, session: Session, event: package.EnrolmentFailed, now: datetime) -> None:
        self._undo(session, event.enrolment, now)

    @handles(package.EnrolmentWithdrawn)
    def on_enrolment_withdrawn(self, session: Session, event: package.EnrolmentWithdrawn, now: datetime) -> None:
        self._undo(session, event.enrolment, now)

    @handles(package.EnrolmentCancelled)
    def on_enrolment_cancelled(self, session: Session, event: package.EnrolmentCancelled, now: datetime) -> None:
        self._undo(session, event.enrolment, now)

    def _undo(self, session: Session, told: package.EnrolmentFacts, now: datetime) -> None:
        undone, client_id = UUID(told.enrolment_id), UUID(told.client_id)
        undo_enrolment(session, enrolment_id=undone, client_id=client_id, county=self.county, now=now)


class VoucherBus(ClientFacts, PlanFacts, ProviderFacts, EnrolmentFacts):
    """The bus process of this service; `county` and `rules` are given by `__main__`."""

    name = "voucher"
    relay = OutboxRelay()

    @every(seconds=1.0)
    def pass_time(self, session: Session, now: datetime) -> None:
        advance_vouchers(session, now=now)
