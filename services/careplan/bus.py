"""What the care plan service hears from its neighbours, and what it does by the clock."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.operations.ask_for_items import ask_for_items
from services.careplan.operations.follow_enrolment import follow_enrolment
from services.careplan.operations.follow_voucher import follow_voucher
from services.careplan.operations.keep_assessment import keep_assessment
from services.careplan.operations.keep_catalogue_entry import keep_catalogue_entry
from services.careplan.operations.keep_client import keep_client
from services.careplan.operations.keep_contract import keep_contract
from services.careplan.operations.keep_provider import keep_provider
from services.careplan.operations.pass_acknowledgements_due import pass_acknowledgements_due
from services.careplan.operations.pass_chain_steps_due import pass_chain_steps_due
from services.careplan.operations.plan_waiting_items import plan_waiting_items
from services.careplan.operations.supersede_assessment import supersede_assessment
from services.careplan.operations.time_out_consultations import time_out_consultations
from services.careplan.wire import neighbours as wire
from services.chassis.bus import OutboxRelay, every, handles
from sote.client.v1 import events_pb2 as client
from sote.package.v1 import events_pb2 as package
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import events_pb2 as voucher


class _Clients:
    """Facts of the client service."""

    @handles(client.ClientRegistered)
    def on_client_registered(self, session: Session, event: client.ClientRegistered, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientActivated)
    def on_client_activated(self, session: Session, event: client.ClientActivated, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientAttentionChanged)
    def on_attention_changed(self, session: Session, event: client.ClientAttentionChanged, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientOwnWorkerNamed)
    def on_own_worker_named(self, session: Session, event: client.ClientOwnWorkerNamed, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientDormant)
    def on_client_dormant(self, session: Session, event: client.ClientDormant, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientMovedOut)
    def on_client_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientDeceased)
    def on_client_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientStatusCorrected)
    def on_client_status_corrected(self, session: Session, event: client.ClientStatusCorrected, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientMerged)
    def on_client_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.ClientIdentityCodeChanged)
    def on_client_identity_code_changed(
        self, session: Session, event: client.ClientIdentityCodeChanged, now: datetime
    ) -> None:
        keep_client(session, client=wire.client(event.client))

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        keep_assessment(session, assessment=wire.assessment(event))

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        supersede_assessment(session, assessment_id=UUID(event.assessment_id), client_id=UUID(event.client_id))


class _Providers:
    """Facts of the provider service about providers and the catalogue."""

    @handles(provider.ProviderApplied)
    def on_provider_applied(self, session: Session, event: provider.ProviderApplied, now: datetime) -> None:
        keep_provider(session, provider=wire.provider(event.provider))

    @handles(provider.ProviderApproved)
    def on_provider_approved(self, session: Session, event: provider.ProviderApproved, now: datetime) -> None:
        keep_provider(session, provider=wire.provider(event.provider))

    @handles(provider.ProviderFrozen)
    def on_provider_frozen(self, session: Session, event: provider.ProviderFrozen, now: datetime) -> None:
        keep_provider(session, provider=wire.provider(event.provider))

    @handles(provider.ProviderUnfrozen)
    def on_provider_unfrozen(self, session: Session, event: provider.ProviderUnfrozen, now: datetime) -> None:
        keep_provider(session, provider=wire.provider(event.provider))

    @handles(provider.ProviderRemoved)
    def on_provider_removed(self, session: Session, event: provider.ProviderRemoved, now: datetime) -> None:
        keep_provider(session, provider=wire.provider(event.provider))

    @handles(provider.ProviderUnitsChanged)
    def on_provider_units_changed(self, session: Session, event: provider.ProviderUnitsChanged, now: datetime) -> None:
        keep_provider(session, provider=wire.provider(event.provider))

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        keep_catalogue_entry(session, entry=wire.catalogue_entry(event.service))


class _Contracts:
    """Facts of the provider service about contracts."""

    @handles(provider.ContractDrafted)
    def on_contract_drafted(self, session: Session, event: provider.ContractDrafted, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractConditionsAccepted)
    def on_contract_conditions_accepted(
        self, session: Session, event: provider.ContractConditionsAccepted, now: datetime
    ) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractWithdrawn)
    def on_contract_withdrawn(self, session: Session, event: provider.ContractWithdrawn, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: provider.ContractReinstated, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: provider.ContractNoticeGiven, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: provider.ContractTerminated, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))

    @handles(provider.ContractExpired)
    def on_contract_expired(self, session: Session, event: provider.ContractExpired, now: datetime) -> None:
        keep_contract(session, contract=wire.contract(event.contract))


class _Vouchers:
    """Facts of the voucher service."""

    rules: Rules

    def _follow(self, session: Session, facts: voucher.VoucherFacts, now: datetime) -> None:
        follow_voucher(session, voucher=wire.voucher(facts), rules=self.rules, now=now, new_id=uuid4)

    @handles(voucher.VoucherIssued)
    def on_voucher_issued(self, session: Session, event: voucher.VoucherIssued, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherRefused)
    def on_voucher_refused(self, session: Session, event: voucher.VoucherRefused, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherReserved)
    def on_voucher_reserved(self, session: Session, event: voucher.VoucherReserved, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherActivated)
    def on_voucher_activated(self, session: Session, event: voucher.VoucherActivated, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherDeclined)
    def on_voucher_declined(self, session: Session, event: voucher.VoucherDeclined, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherRedeemed)
    def on_voucher_redeemed(self, session: Session, event: voucher.VoucherRedeemed, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherFullyRedeemed)
    def on_voucher_fully_redeemed(self, session: Session, event: voucher.VoucherFullyRedeemed, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherClosing)
    def on_voucher_closing(self, session: Session, event: voucher.VoucherClosing, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherSettled)
    def on_voucher_settled(self, session: Session, event: voucher.VoucherSettled, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherExpired)
    def on_voucher_expired(self, session: Session, event: voucher.VoucherExpired, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherRevoked)
    def on_voucher_revoked(self, session: Session, event: voucher.VoucherRevoked, now: datetime) -> None:
        self._follow(session, event.voucher, now)


class _Enrolments:
    """Facts of the package service."""

    rules: Rules

    @handles(package.EnrolmentExpanding)
    def on_enrolment_expanding(self, session: Session, event: package.EnrolmentExpanding, now: datetime) -> None:
        ask_for_items(session, enrolment=wire.enrolment(event.enrolment), rules=self.rules, now=now, new_id=uuid4)

    @handles(package.EnrolmentProposed)
    def on_enrolment_proposed(self, session: Session, event: package.EnrolmentProposed, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment))

    @handles(package.EnrolmentAccepted)
    def on_enrolment_accepted(self, session: Session, event: package.EnrolmentAccepted, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment))

    @handles(package.EnrolmentActivated)
    def on_enrolment_activated(self, session: Session, event: package.EnrolmentActivated, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment))

    @handles(package.EnrolmentFailed)
    def on_enrolment_failed(self, session: Session, event: package.EnrolmentFailed, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment))

    @handles(package.EnrolmentCompleted)
    def on_enrolment_completed(self, session: Session, event: package.EnrolmentCompleted, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment))

    @handles(package.EnrolmentWithdrawn)
    def on_enrolment_withdrawn(self, session: Session, event: package.EnrolmentWithdrawn, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment))

    @handles(package.EnrolmentCancelled)
    def on_enrolment_cancelled(self, session: Session, event: package.EnrolmentCancelled, now: datetime) -> None:
        follow_enrolment(session, enrolment=wire.enrolment(event.enrolment))


class CareplanBus(_Clients, _Providers, _Contracts, _Vouchers, _Enrolments):
    """The bus process: sends what the outbox holds, listens, and keeps the deadlines."""

    relay = OutboxRelay()
    rules: Rules

    @every(seconds=5.0)
    def time_out_consultations(self, session: Session, now: datetime) -> None:
        """No answer in time counts as consulted (P18)."""
        time_out_consultations(session, now=now)

    @every(seconds=5.0)
    def pass_acknowledgements_due(self, session: Session, now: datetime) -> None:
        """What was not acknowledged in time is overdue (P18)."""
        pass_acknowledgements_due(session, now=now)

    @every(seconds=5.0)
    def pass_chain_steps_due(self, session: Session, now: datetime) -> None:
        """Chain steps that were not answered in time are overdue (S9)."""
        pass_chain_steps_due(session, now=now)

    @every(seconds=1.0)
    def plan_waiting_items(self, session: Session, now: datetime) -> None:
        """Enrolments that wait for a plan are tried again (4.1.5)."""
        plan_waiting_items(session, rules=self.rules, now=now, new_id=uuid4)
