"""What the gateway hears: sections of clients, facts about providers and contracts."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every, handles, handles_section
from services.chassis.relationships import keep_relationship
from services.gateway.operations.check_records import check_records
from services.gateway.operations.keep_contract import keep_contract
from services.gateway.operations.keep_provider import keep_provider
from services.gateway.operations.keep_sanction import keep_sanction
from services.gateway.operations.keep_section import keep_section
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import section_pb2

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
    provider.ContractActivated
    | provider.ContractLineChangeProposed
    | provider.ContractLineChangeAgreed
    | provider.ContractLineChanged
    | provider.ContractSuspended
    | provider.ContractReinstated
    | provider.ContractNoticeGiven
    | provider.ContractTerminated
    | provider.ContractExpired
    | provider.ContractEndingSoon
)
CONTRACT_FACTS: tuple[type[ContractFact], ...] = (
    provider.ContractActivated,
    provider.ContractLineChangeProposed,
    provider.ContractLineChangeAgreed,
    provider.ContractLineChanged,
    provider.ContractSuspended,
    provider.ContractReinstated,
    provider.ContractNoticeGiven,
    provider.ContractTerminated,
    provider.ContractExpired,
    provider.ContractEndingSoon,
)
SanctionFact = (
    provider.SanctionImposed
    | provider.SanctionHeard
    | provider.SanctionRemedied
    | provider.SanctionExpired
    | provider.SanctionEscalated
)
SANCTION_FACTS: tuple[type[SanctionFact], ...] = (
    provider.SanctionImposed,
    provider.SanctionHeard,
    provider.SanctionRemedied,
    provider.SanctionExpired,
    provider.SanctionEscalated,
)


class GatewayBus:
    """Everything is stored by version, so that duplicates and another order do no harm."""

    name = "gateway"
    relay = OutboxRelay()

    @handles_section()
    def on_section(self, session: Session, section: section_pb2.Section, now: datetime) -> None:
        """A service published a new version of its section of a client."""
        keep_section(session, section=section, now=now)

    @handles(client.RelationshipOpened, client.RelationshipClosed)
    def on_relationship(
        self, session: Session, event: client.RelationshipOpened | client.RelationshipClosed, now: datetime
    ) -> None:
        """Whom an organisation may read (INV-14)."""
        keep_relationship(session, event.relationship)

    @every(seconds=5.0)
    def check_records(self, session: Session, now: datetime) -> None:
        """Records that changed, and every record once a day (S2.05)."""
        check_records(session, now=now)

    @handles(*PROVIDER_FACTS)
    def on_provider(self, session: Session, event: ProviderFact, now: datetime) -> None:
        """What records show of a provider follows its units and its standing."""
        keep_provider(session, facts=event.provider)

    @handles(*CONTRACT_FACTS)
    def on_contract(self, session: Session, event: ContractFact, now: datetime) -> None:
        """What records show of a provider follows its contracts that are, or were, in force."""
        keep_contract(session, facts=event.contract)

    @handles(*SANCTION_FACTS)
    def on_sanction(self, session: Session, event: SanctionFact, now: datetime) -> None:
        """Records show whether a provider is under a sanction."""
        keep_sanction(session, facts=event.sanction)
