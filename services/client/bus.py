"""What the client service hears: providers, their contracts, the catalogue, and matters that other services open."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every, handles
from services.client.operations.end_choices import end_lost_choices
from services.client.operations.keep_contract import keep_contract
from services.client.operations.keep_provider import keep_provider
from services.client.operations.keep_service import keep_service
from services.client.operations.let_sleep import let_sleep
from services.client.operations.note_matter import note_matter
from services.client.operations.tell_deadlines import tell_deadlines
from services.client.wire.matters import enrolment_matter, plan_matter, voucher_matter
from sote.careplan.v1 import events_pb2 as careplan
from sote.package.v1 import events_pb2 as package
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import events_pb2 as voucher


class _Matters:
    """Matters that other services open and close."""

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

    @handles(voucher.VoucherIssued)
    def on_voucher_issued(self, session: Session, event: voucher.VoucherIssued, now: datetime) -> None:
        """C3."""
        note_matter(session, **voucher_matter(event.voucher, is_open=True), now=now)

    @handles(voucher.VoucherSettled)
    def on_voucher_settled(self, session: Session, event: voucher.VoucherSettled, now: datetime) -> None:
        """C4."""
        note_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)

    @handles(voucher.VoucherExpired)
    def on_voucher_expired(self, session: Session, event: voucher.VoucherExpired, now: datetime) -> None:
        """C4."""
        note_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)

    @handles(voucher.VoucherRevoked)
    def on_voucher_revoked(self, session: Session, event: voucher.VoucherRevoked, now: datetime) -> None:
        """C4."""
        note_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)

    @handles(package.EnrolmentProposed)
    def on_enrolment_proposed(self, session: Session, event: package.EnrolmentProposed, now: datetime) -> None:
        """C3."""
        note_matter(session, **enrolment_matter(event.enrolment, is_open=True), now=now)

    @handles(package.EnrolmentCompleted)
    def on_enrolment_completed(self, session: Session, event: package.EnrolmentCompleted, now: datetime) -> None:
        """C4."""
        note_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)

    @handles(package.EnrolmentFailed)
    def on_enrolment_failed(self, session: Session, event: package.EnrolmentFailed, now: datetime) -> None:
        """C4."""
        note_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)

    @handles(package.EnrolmentWithdrawn)
    def on_enrolment_withdrawn(self, session: Session, event: package.EnrolmentWithdrawn, now: datetime) -> None:
        """C4."""
        note_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)

    @handles(package.EnrolmentCancelled)
    def on_enrolment_cancelled(self, session: Session, event: package.EnrolmentCancelled, now: datetime) -> None:
        """C4."""
        note_matter(session, **enrolment_matter(event.enrolment, is_open=False), now=now)


class ClientBus(_Matters):
    """The bus process of this service."""

    name = "client"
    relay = OutboxRelay()
    dormant_days: int

    @handles(provider.ProviderApplied)
    def on_provider_applied(self, session: Session, event: provider.ProviderApplied, now: datetime) -> None:
        """Its units may already be places of contact."""
        keep_provider(session, facts=event.provider)

    @handles(provider.ProviderApproved)
    def on_provider_approved(self, session: Session, event: provider.ProviderApproved, now: datetime) -> None:
        """Full state."""
        keep_provider(session, facts=event.provider)

    @handles(provider.ProviderFrozen)
    def on_provider_frozen(self, session: Session, event: provider.ProviderFrozen, now: datetime) -> None:
        """Full state."""
        keep_provider(session, facts=event.provider)

    @handles(provider.ProviderUnfrozen)
    def on_provider_unfrozen(self, session: Session, event: provider.ProviderUnfrozen, now: datetime) -> None:
        """Full state."""
        keep_provider(session, facts=event.provider)

    @handles(provider.ProviderRemoved)
    def on_provider_removed(self, session: Session, event: provider.ProviderRemoved, now: datetime) -> None:
        """Full state."""
        keep_provider(session, facts=event.provider)

    @handles(provider.ProviderUnitsChanged)
    def on_units_changed(self, session: Session, event: provider.ProviderUnitsChanged, now: datetime) -> None:
        """Full state."""
        keep_provider(session, facts=event.provider)

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        """Full state."""
        keep_service(session, facts=event.service)

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @handles(provider.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: provider.ContractReinstated, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @handles(provider.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: provider.ContractNoticeGiven, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @handles(provider.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: provider.ContractTerminated, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @handles(provider.ContractExpired)
    def on_contract_expired(self, session: Session, event: provider.ContractExpired, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @handles(provider.ContractWithdrawn)
    def on_contract_withdrawn(self, session: Session, event: provider.ContractWithdrawn, now: datetime) -> None:
        """Full state."""
        keep_contract(session, facts=event.contract)

    @every(seconds=5.0)
    def tell_deadlines(self, session: Session, now: datetime) -> None:
        """N8."""
        tell_deadlines(session, now=now)

    @every(seconds=5.0)
    def end_lost_choices(self, session: Session, now: datetime) -> None:
        """A choice does not outlive its contract (saga C)."""
        end_lost_choices(session, now=now)

    @every(seconds=60.0)
    def let_sleep(self, session: Session, now: datetime) -> None:
        """C4."""
        let_sleep(session, days=self.dormant_days, now=now)
