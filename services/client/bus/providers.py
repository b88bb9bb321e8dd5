"""What the provider service tells: providers, their contracts, the catalogue."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.neighbours.keep_contract import keep_contract
from services.client.operations.neighbours.keep_provider import keep_provider
from services.client.operations.neighbours.keep_service import keep_service
from sote.provider.v1 import events_pb2 as provider


class Providers:
    """Copies of what this service needs to know of the neighbours."""

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
