"""Facts of the provider service: providers, the catalogue and contracts."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.operations.neighbours import (
    keep_catalogue_entry,
    keep_centre_decision,
    keep_contract,
    keep_provider,
)
from services.careplan.wire import neighbours as wire
from services.chassis.bus import handles
from services.chassis.clock import helsinki_date
from sote.provider.v1 import events_pb2 as provider


class Providers:
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

    @handles(provider.CentreServiceDecided)
    def on_centre_service_decided(self, session: Session, event: provider.CentreServiceDecided, now: datetime) -> None:
        keep_centre_decision(session, decision=wire.centre_decision(event.decision))

    @handles(provider.CentreServiceDecisionEnded)
    def on_centre_service_decision_ended(
        self, session: Session, event: provider.CentreServiceDecisionEnded, now: datetime
    ) -> None:
        keep_centre_decision(session, decision=wire.centre_decision(event.decision))

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        keep_catalogue_entry(session, entry=wire.catalogue_entry(event.service))


class Contracts:
    """Facts of the provider service about contracts."""

    def _keep(self, session: Session, facts: provider.ContractFacts, now: datetime) -> None:
        contract, lost = wire.contract(facts), wire.unserved_from(facts)
        keep_contract(session, contract=contract, unserved_from=lost, today=helsinki_date(now))

    @handles(provider.ContractDrafted)
    def on_contract_drafted(self, session: Session, event: provider.ContractDrafted, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractConditionsAccepted)
    def on_contract_conditions_accepted(
        self, session: Session, event: provider.ContractConditionsAccepted, now: datetime
    ) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractWithdrawn)
    def on_contract_withdrawn(self, session: Session, event: provider.ContractWithdrawn, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: provider.ContractReinstated, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: provider.ContractNoticeGiven, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: provider.ContractTerminated, now: datetime) -> None:
        self._keep(session, event.contract, now)

    @handles(provider.ContractExpired)
    def on_contract_expired(self, session: Session, event: provider.ContractExpired, now: datetime) -> None:
        self._keep(session, event.contract, now)
