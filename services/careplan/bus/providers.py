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


class Providers:
    """Facts of the provider service."""

    @handles(*PROVIDER_FACTS)
    def on_provider(self, session: Session, event: ProviderFact, now: datetime) -> None:
        keep_provider(session, provider=wire.provider(event.provider))

    @handles(provider.CentreServiceDecided, provider.CentreServiceDecisionEnded)
    def on_centre_service_decision(
        self,
        session: Session,
        event: provider.CentreServiceDecided | provider.CentreServiceDecisionEnded,
        now: datetime,
    ) -> None:
        keep_centre_decision(session, decision=wire.centre_decision(event.decision))

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        keep_catalogue_entry(session, entry=wire.catalogue_entry(event.service))

    @handles(*CONTRACT_FACTS)
    def on_contract(self, session: Session, event: ContractFact, now: datetime) -> None:
        contract, unserved_from = wire.contract(event.contract), wire.unserved_from(event.contract)
        keep_contract(session, contract=contract, unserved_from=unserved_from, today=helsinki_date(now))
