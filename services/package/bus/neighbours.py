"""Facts of the neighbours that this service keeps copies of, and what follows from them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.package.operations.keep_copy import keep_copy, supersede_assessment
from services.package.operations.leave_packages import leave_packages
from services.package.operations.watch_packages import watch_packages
from services.package.wire import neighbours
from services.package.wire.representing import guardian_denial_copy, representative_copy
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import events_pb2 as provider


class Neighbours:
    """Copies of what other services own."""

    @handles(provider.ProviderApplied)
    def on_provider_applied(self, session: Session, event: provider.ProviderApplied, now: datetime) -> None:
        """Keep the copy."""
        _keep_provider(session, event.provider, now)

    @handles(provider.ProviderApproved)
    def on_provider_approved(self, session: Session, event: provider.ProviderApproved, now: datetime) -> None:
        """Keep the copy."""
        _keep_provider(session, event.provider, now)

    @handles(provider.ProviderFrozen)
    def on_provider_frozen(self, session: Session, event: provider.ProviderFrozen, now: datetime) -> None:
        """Keep the copy."""
        _keep_provider(session, event.provider, now)

    @handles(provider.ProviderUnfrozen)
    def on_provider_unfrozen(self, session: Session, event: provider.ProviderUnfrozen, now: datetime) -> None:
        """Keep the copy."""
        _keep_provider(session, event.provider, now)

    @handles(provider.ProviderRemoved)
    def on_provider_removed(self, session: Session, event: provider.ProviderRemoved, now: datetime) -> None:
        """Keep the copy."""
        _keep_provider(session, event.provider, now)

    @handles(provider.ProviderStandingChanged)
    def on_provider_standing_changed(
        self, session: Session, event: provider.ProviderStandingChanged, now: datetime
    ) -> None:
        """Keep the copy."""
        _keep_provider(session, event.provider, now)

    @handles(provider.ProviderUnitsChanged)
    def on_provider_units_changed(self, session: Session, event: provider.ProviderUnitsChanged, now: datetime) -> None:
        """Keep the copy."""
        _keep_provider(session, event.provider, now)

    @handles(provider.ContractDrafted)
    def on_contract_drafted(self, session: Session, event: provider.ContractDrafted, now: datetime) -> None:
        """Keep the copy."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractConditionsAccepted)
    def on_contract_conditions_accepted(
        self, session: Session, event: provider.ContractConditionsAccepted, now: datetime
    ) -> None:
        """Keep the copy."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        """Keep the copy."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractWithdrawn)
    def on_contract_withdrawn(self, session: Session, event: provider.ContractWithdrawn, now: datetime) -> None:
        """Keep the copy."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        """Lines changed."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        """Suspended."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: provider.ContractReinstated, now: datetime) -> None:
        """In force again."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: provider.ContractNoticeGiven, now: datetime) -> None:
        """Notice runs."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: provider.ContractTerminated, now: datetime) -> None:
        """Terminated."""
        _keep_contract(session, event.contract, now)

    @handles(provider.ContractExpired)
    def on_contract_expired(self, session: Session, event: provider.ContractExpired, now: datetime) -> None:
        """Its period is over."""
        _keep_contract(session, event.contract, now)

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_service_changed(
        self, session: Session, event: provider.CatalogueServiceChanged, now: datetime
    ) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.catalogue_copy(event.service))

    @handles(client.ClientRegistered)
    def on_client_registered(self, session: Session, event: client.ClientRegistered, now: datetime) -> None:
        """Keep the copy."""
        _keep_client(session, event.client, now)

    @handles(client.ClientActivated)
    def on_client_activated(self, session: Session, event: client.ClientActivated, now: datetime) -> None:
        """Keep the copy."""
        _keep_client(session, event.client, now)

    @handles(client.ClientAttentionChanged)
    def on_client_attention_changed(
        self, session: Session, event: client.ClientAttentionChanged, now: datetime
    ) -> None:
        """Keep the copy."""
        _keep_client(session, event.client, now)

    @handles(client.ClientOwnWorkerNamed)
    def on_client_own_worker_named(self, session: Session, event: client.ClientOwnWorkerNamed, now: datetime) -> None:
        """Keep the copy."""
        _keep_client(session, event.client, now)

    @handles(client.ClientDormant)
    def on_client_dormant(self, session: Session, event: client.ClientDormant, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        _keep_client(session, event.client, now)

    @handles(client.ClientMovedOut)
    def on_client_moved_out(self, session: Session, event: client.ClientMovedOut, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        _keep_client(session, event.client, now)

    @handles(client.ClientDeceased)
    def on_client_deceased(self, session: Session, event: client.ClientDeceased, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        _keep_client(session, event.client, now)

    @handles(client.ClientStatusCorrected)
    def on_client_status_corrected(self, session: Session, event: client.ClientStatusCorrected, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        _keep_client(session, event.client, now)

    @handles(client.ClientMerged)
    def on_client_merged(self, session: Session, event: client.ClientMerged, now: datetime) -> None:
        """Keep the copy (INV-16)."""
        _keep_client(session, event.client, now)

    @handles(client.ClientIdentityCodeChanged)
    def on_client_identity_code_changed(
        self, session: Session, event: client.ClientIdentityCodeChanged, now: datetime
    ) -> None:
        """Keep the copy (INV-16)."""
        _keep_client(session, event.client, now)

    @handles(client.RepresentativeChanged)
    def on_representative_changed(self, session: Session, event: client.RepresentativeChanged, now: datetime) -> None:
        """Keep the copy (INV-14)."""
        keep_copy(session, representative_copy(event.representative))

    @handles(client.ConsentChanged)
    def on_consent_changed(self, session: Session, event: client.ConsentChanged, now: datetime) -> None:
        """Keep a minor's word that keeps a guardian out (CONSENT-7)."""
        if denial := guardian_denial_copy(event.consent):
            keep_copy(session, denial)

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        """Keep the copy."""
        keep_copy(session, neighbours.assessment_copy(event))

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        """It counts no more."""
        supersede_assessment(session, assessment_id=UUID(event.assessment_id))


def _keep_client(session: Session, facts: client.ClientFacts, now: datetime) -> None:
    """One who is gone has no new matters, and open ones end (INV-16, PROCESS-D3)."""
    keep_copy(session, neighbours.client_copy(facts))
    leave_packages(session, client_id=UUID(facts.client_id), now=now)


def _keep_provider(session: Session, facts: provider.ProviderFacts, now: datetime) -> None:
    """One that may take no new clients leaves its items to the other members (PACKAGE-5)."""
    keep_copy(session, neighbours.provider_copy(facts))
    watch_packages(session, provider_id=UUID(facts.provider_id), now=now)


def _keep_contract(session: Session, facts: provider.ContractFacts, now: datetime) -> None:
    """A contract that is in force no more leaves its items to the other members (PACKAGE-5, PROCESS-C4)."""
    keep_copy(session, neighbours.contract_copy(facts))
    watch_packages(session, provider_id=UUID(facts.provider_id), now=now)
