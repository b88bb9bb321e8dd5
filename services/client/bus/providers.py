"""What providers, the catalogue and contracts say."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.neighbours.keep_contract import keep_contract
from services.client.operations.neighbours.keep_provider import keep_provider
from services.client.operations.neighbours.keep_service import keep_service
from sote.provider.v1 import events_pb2 as provider

ProviderFact = (
    provider.ProviderApplied
    | provider.ProviderApproved
    | provider.ProviderFrozen
    | provider.ProviderUnfrozen
    | provider.ProviderRemoved
    | provider.ProviderUnitsChanged
)
PROVIDER_FACTS: tuple[type[ProviderFact], ...] = (
    provider.ProviderApplied,
    provider.ProviderApproved,
    provider.ProviderFrozen,
    provider.ProviderUnfrozen,
    provider.ProviderRemoved,
    provider.ProviderUnitsChanged,
)
ContractFact = (
    provider.ContractActivated
    | provider.ContractLineChanged
    | provider.ContractSuspended
    | provider.ContractReinstated
    | provider.ContractNoticeGiven
    | provider.ContractTerminated
    | provider.ContractExpired
    | provider.ContractWithdrawn
)
CONTRACT_FACTS: tuple[type[ContractFact], ...] = (
    provider.ContractActivated,
    provider.ContractLineChanged,
    provider.ContractSuspended,
    provider.ContractReinstated,
    provider.ContractNoticeGiven,
    provider.ContractTerminated,
    provider.ContractExpired,
    provider.ContractWithdrawn,
)


class Providers:
    """Copies of what this service needs to know of its neighbours; each fact carries the whole state."""

    @handles(*PROVIDER_FACTS)
    def on_provider(self, session: Session, event: ProviderFact, now: datetime) -> None:
        """Also of one that only applied: its units may already be places of contact."""
        keep_provider(session, facts=event.provider)

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        """An entry of the county's catalogue changed."""
        keep_service(session, facts=event.service)

    @handles(*CONTRACT_FACTS)
    def on_contract(self, session: Session, event: ContractFact, now: datetime) -> None:
        """A contract changed, an early end included."""
        keep_contract(session, facts=event.contract)
