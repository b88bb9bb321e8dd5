"""Facts of the neighbours that this service keeps copies of, and what follows from them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.package.operations.keep_copies import (
    keep_assessment,
    keep_catalogue_service,
    keep_client,
    keep_contract,
    keep_guardian_denial,
    keep_provider,
    keep_representative,
    supersede_assessment,
)
from services.package.wire.neighbours import assessment_copy, catalogue_copy, client_copy, contract_copy, provider_copy
from services.package.wire.representing import guardian_denial_copy, representative_copy
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import events_pb2 as provider

ProviderFact = (
    provider.ProviderApplied
    | provider.ProviderApproved
    | provider.ProviderFrozen
    | provider.ProviderUnfrozen
    | provider.ProviderRemoved
    | provider.ProviderStandingChanged
    | provider.ProviderUnitsChanged
)
PROVIDER_FACTS: tuple[type[ProviderFact], ...] = (
    provider.ProviderApplied,
    provider.ProviderApproved,
    provider.ProviderFrozen,
    provider.ProviderUnfrozen,
    provider.ProviderRemoved,
    provider.ProviderStandingChanged,
    provider.ProviderUnitsChanged,
)
ContractFact = (
    provider.ContractDrafted
    | provider.ContractConditionsAccepted
    | provider.ContractActivated
    | provider.ContractWithdrawn
    | provider.ContractLineChanged
    | provider.ContractSuspended
    | provider.ContractReinstated
    | provider.ContractNoticeGiven
    | provider.ContractTerminated
    | provider.ContractExpired
)
CONTRACT_FACTS: tuple[type[ContractFact], ...] = (
    provider.ContractDrafted,
    provider.ContractConditionsAccepted,
    provider.ContractActivated,
    provider.ContractWithdrawn,
    provider.ContractLineChanged,
    provider.ContractSuspended,
    provider.ContractReinstated,
    provider.ContractNoticeGiven,
    provider.ContractTerminated,
    provider.ContractExpired,
)
ClientFact = (
    client.ClientRegistered
    | client.ClientActivated
    | client.ClientAttentionChanged
    | client.ClientOwnWorkerNamed
    | client.ClientDormant
    | client.ClientMovedOut
    | client.ClientDeceased
    | client.ClientStatusCorrected
    | client.ClientMerged
    | client.ClientIdentityCodeChanged
)
CLIENT_FACTS: tuple[type[ClientFact], ...] = (
    client.ClientRegistered,
    client.ClientActivated,
    client.ClientAttentionChanged,
    client.ClientOwnWorkerNamed,
    client.ClientDormant,
    client.ClientMovedOut,
    client.ClientDeceased,
    client.ClientStatusCorrected,
    client.ClientMerged,
    client.ClientIdentityCodeChanged,
)


class Neighbours:
    """Copies of what other services own."""

    @handles(*PROVIDER_FACTS)
    def on_provider(self, session: Session, event: ProviderFact, now: datetime) -> None:
        """One that may take no new clients leaves its items to the other members (PACKAGE-5)."""
        keep_provider(session, provider_copy(event.provider), now=now)

    @handles(*CONTRACT_FACTS)
    def on_contract(self, session: Session, event: ContractFact, now: datetime) -> None:
        """A contract that is in force no more leaves its items to the other members (PACKAGE-5, PROCESS-C4)."""
        keep_contract(session, contract_copy(event.contract), now=now)

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_service_changed(
        self, session: Session, event: provider.CatalogueServiceChanged, now: datetime
    ) -> None:
        keep_catalogue_service(session, catalogue_copy(event.service))

    @handles(*CLIENT_FACTS)
    def on_client(self, session: Session, event: ClientFact, now: datetime) -> None:
        """One who is gone has no new matters, and open ones end (INV-16, PROCESS-D3)."""
        keep_client(session, client_copy(event.client), now=now)

    @handles(client.RepresentativeChanged)
    def on_representative_changed(self, session: Session, event: client.RepresentativeChanged, now: datetime) -> None:
        keep_representative(session, representative_copy(event.representative))

    @handles(client.ConsentChanged)
    def on_consent_changed(self, session: Session, event: client.ConsentChanged, now: datetime) -> None:
        """Of permissions and denials only a minor's word that keeps a guardian out counts here (CONSENT-7)."""
        if denial := guardian_denial_copy(event.consent):
            keep_guardian_denial(session, denial)

    @handles(client.AssessmentCompleted)
    def on_assessment_completed(self, session: Session, event: client.AssessmentCompleted, now: datetime) -> None:
        keep_assessment(session, assessment_copy(event))

    @handles(client.AssessmentSuperseded)
    def on_assessment_superseded(self, session: Session, event: client.AssessmentSuperseded, now: datetime) -> None:
        supersede_assessment(session, UUID(event.assessment_id))
