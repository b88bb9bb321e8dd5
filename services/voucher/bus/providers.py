"""What providers, the catalogue and contracts become here."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.chassis.clock import helsinki_date
from services.chassis.values import day_of
from services.voucher.domain.rules import Rules
from services.voucher.operations.claims.reroute_at_contract import reroute_at_contract
from services.voucher.operations.neighbours import keep_copies as keep
from services.voucher.operations.spending.follow_plan import follow_contract
from services.voucher.wire.neighbours.provider import contract_copy, first_day_unserved
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
SanctionFact = (
    provider.SanctionImposed
    | provider.SanctionRemedied
    | provider.SanctionExpired
    | provider.SanctionEscalated
    | provider.SanctionWithdrawn
)
SANCTION_FACTS: tuple[type[SanctionFact], ...] = (
    provider.SanctionImposed,
    provider.SanctionRemedied,
    provider.SanctionExpired,
    provider.SanctionEscalated,
    provider.SanctionWithdrawn,
)


class Providers:
    """What providers, the catalogue and contracts become here: copies, and re-routes (process C)."""

    county: str
    rules: Rules

    @handles(*PROVIDER_FACTS)
    def on_provider(self, session: Session, event: ProviderFact, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        keep.keep_catalogue(session, event.service)

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        follow_contract(session, provider_id=UUID(event.contract.provider_id), county=self.county, now=now)

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        if event.removed_service_codes:
            self._leave(session, event.contract, helsinki_date(now), now, *event.removed_service_codes)

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, first_day_unserved(event.contract.suspension), now)

    @handles(provider.ContractWithdrawn, provider.ContractReinstated, provider.ContractNoticeGiven)
    def on_contract(
        self,
        session: Session,
        event: provider.ContractWithdrawn | provider.ContractReinstated | provider.ContractNoticeGiven,
        now: datetime,
    ) -> None:
        keep.keep_contract(session, event.contract)

    @handles(provider.ContractTerminated, provider.ContractExpired)
    def on_contract_over(
        self, session: Session, event: provider.ContractTerminated | provider.ContractExpired, now: datetime
    ) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, day_of(event.effective_date, "effective_date"), now)

    @handles(*SANCTION_FACTS)
    def on_sanction(self, session: Session, event: SanctionFact, now: datetime) -> None:
        keep.keep_sanction(session, event.sanction, helsinki_date(now))

    def _leave(
        self, session: Session, contract: provider.ContractFacts, cut_off: date, now: datetime, *services: str
    ) -> None:
        copy = contract_copy(contract)
        reroute_at_contract(session, contract=copy, cut_off=cut_off, service_codes=services, rules=self.rules, now=now)
