"""What this service hears, and what it does about it; also sends its facts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, handles
from services.package.operations.confirm_enrolment import confirm_enrolment
from services.package.operations.drop_plan import drop_plan
from services.package.operations.expand_enrolment import expand_enrolment
from services.package.operations.fail_enrolment import fail_enrolment
from services.package.operations.finish_item import finish_item
from services.package.operations.follow_plan import follow_plan
from services.package.operations.fund_enrolments import fund_enrolments
from services.package.operations.keep_copy import keep_copy, supersede_assessment
from services.package.operations.plan_enrolment import plan_enrolment
from services.package.operations.record_delivery import record_delivery
from services.package.wire import neighbours
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import events_pb2 as voucher


class _Neighbours:
    """Copies of what other services own."""

    @handles(provider.ProviderApplied)
    def on_provider_applied(self, session: Session, event: provider.ProviderApplied, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.provider_copy(event.provider))

    @handles(provider.ProviderApproved)
    def on_provider_approved(self, session: Session, event: provider.ProviderApproved, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.provider_copy(event.provider))

    @handles(provider.ProviderFrozen)
    def on_provider_frozen(self, session: Session, event: provider.ProviderFrozen, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.provider_copy(event.provider))

    @handles(provider.ProviderUnfrozen)
    def on_provider_unfrozen(self, session: Session, event: provider.ProviderUnfrozen, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.provider_copy(event.provider))

    @handles(provider.ProviderRemoved)
    def on_provider_removed(self, session: Session, event: provider.ProviderRemoved, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.provider_copy(event.provider))

    @handles(provider.ProviderUnitsChanged)
    def on_provider_units_changed(self, session: Session, event: provider.ProviderUnitsChanged, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.provider_copy(event.provider))

    @handles(provider.ContractDrafted)
    def on_contract_drafted(self, session: Session, event: provider.ContractDrafted, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractConditionsAccepted)
    def on_contract_conditions_accepted(
        self, session: Session, event: provider.ContractConditionsAccepted, now: datetime
    ) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractWithdrawn)
    def on_contract_withdrawn(self, session: Session, event: provider.ContractWithdrawn, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        """Lines changed."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        """Suspended."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: provider.ContractReinstated, now: datetime) -> None:
        """In force again."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: provider.ContractNoticeGiven, now: datetime) -> None:
        """Notice runs."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: provider.ContractTerminated, now: datetime) -> None:
        """Terminated."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.ContractExpired)
    def on_contract_expired(self, session: Session, event: provider.ContractExpired, now: datetime) -> None:
        """Its period is over."""
        keep_copy(session, neighbours.contract_copy(event.contract))

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_service_changed(
        self, session: Session, event: provider.CatalogueServiceChanged, now: datetime
    ) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.catalogue_copy(event.service))

    @handles(client.ClientRegistered)
    def on_client_registered(self, session: Session, event: client.ClientRegistered, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientActivated)
    def on_client_activated(self, session: Session, event: client.ClientActivated, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientAttentionChanged)
    def on_client_attention_changed(
        self, session: Session, event: client.ClientAttentionChanged, now: datetime
    ) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientOwnWorkerNamed)
    def on_client_own_worker_named(self, session: Session, event: client.ClientOwnWorkerNamed, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientDormant)
    def on_client_dormant(self, session: Session, event: client.ClientDormant, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientMovedOut)
    def on_client_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientDeceased)
    def on_client_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientStatusCorrected)
    def on_client_status_corrected(self, session: Session, event: client.ClientStatusCorrected, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientMerged)
    def on_client_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.ClientIdentityCodeChanged)
    def on_client_identity_code_changed(
        self, session: Session, event: client.ClientIdentityCodeChanged, now: datetime
    ) -> None:
        """Keep the copy (INV-16)."""
        keep_copy(session, neighbours.client_copy(event.client))

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.assessment_copy(event))

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        """It counts no more."""
        supersede_assessment(session, assessment_id=UUID(event.assessment_id))


class PackageBus(_Neighbours):
    """The bus process of this service."""

    name = "package"
    relay = OutboxRelay()

    @handles(voucher.EnvelopeReserved)
    def on_envelope_reserved(self, session: Session, event: voucher.EnvelopeReserved, now: datetime) -> None:
        """B2 done."""
        expand_enrolment(session, enrolment_id=UUID(event.enrolment_id), now=now)

    @handles(voucher.EnvelopeRefused)
    def on_envelope_refused(self, session: Session, event: voucher.EnvelopeRefused, now: datetime) -> None:
        """E5."""
        fail_enrolment(session, enrolment_id=UUID(event.enrolment_id), reason=event.reason, now=now)

    @handles(careplan.EnrolmentItemsPlanned)
    def on_enrolment_items_planned(
        self, session: Session, event: careplan.EnrolmentItemsPlanned, now: datetime
    ) -> None:
        """B3 done."""
        plan_enrolment(session, enrolment_id=UUID(event.enrolment_id), plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.EnrolmentItemsRefused)
    def on_enrolment_items_refused(
        self, session: Session, event: careplan.EnrolmentItemsRefused, now: datetime
    ) -> None:
        """E5."""
        fail_enrolment(session, enrolment_id=UUID(event.enrolment_id), reason=event.reason, now=now)

    @handles(careplan.PlanActivated)
    def on_plan_activated(self, session: Session, event: careplan.PlanActivated, now: datetime) -> None:
        """B4 done."""
        fund_enrolments(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanVersionActivated)
    def on_plan_version_activated(self, session: Session, event: careplan.PlanVersionActivated, now: datetime) -> None:
        """B4 done."""
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

    @handles(careplan.PlanReviewCancelled)
    def on_plan_review_cancelled(self, session: Session, event: careplan.PlanReviewCancelled, now: datetime) -> None:
        """B4 cannot be done."""
        drop_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(careplan.PlanCancelled)
    def on_plan_cancelled(self, session: Session, event: careplan.PlanCancelled, now: datetime) -> None:
        """B4 cannot be done."""
        drop_plan(session, plan=neighbours.plan_copy(event.plan), now=now)

    @handles(voucher.EnrolmentFunded)
    def on_enrolment_funded(self, session: Session, event: voucher.EnrolmentFunded, now: datetime) -> None:
        """B5 and B6 done."""
        confirm_enrolment(
            session, enrolment_id=UUID(event.enrolment_id), funding=neighbours.funding(event.items), now=now
        )

    @handles(voucher.EnrolmentFundingFailed)
    def on_enrolment_funding_failed(
        self, session: Session, event: voucher.EnrolmentFundingFailed, now: datetime
    ) -> None:
        """E5."""
        fail_enrolment(session, enrolment_id=UUID(event.enrolment_id), reason=event.reason, now=now)

    @handles(careplan.PlanServiceCompleted)
    def on_plan_service_completed(self, session: Session, event: careplan.PlanServiceCompleted, now: datetime) -> None:
        """E6."""
        plan = neighbours.plan_copy(event.plan)
        finish_item(session, plan=plan, plan_service_id=UUID(event.plan_service_id), now=now)

    @handles(careplan.DeliveryRecorded)
    def on_delivery_recorded(self, session: Session, event: careplan.DeliveryRecorded, now: datetime) -> None:
        """Progress of an item."""
        if event.plan_service_id:
            record_delivery(session, plan_service_id=UUID(event.plan_service_id), units=event.units, now=now)
