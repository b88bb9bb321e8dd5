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


class ProviderFacts:
    """What providers, the catalogue and contracts become here: copies, and re-routes (process C)."""

    county: str
    rules: Rules

    @handles(provider.ProviderApplied)
    def on_provider_applied(self, session: Session, event: provider.ProviderApplied, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderApproved)
    def on_provider_approved(self, session: Session, event: provider.ProviderApproved, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderFrozen)
    def on_provider_frozen(self, session: Session, event: provider.ProviderFrozen, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderUnfrozen)
    def on_provider_unfrozen(self, session: Session, event: provider.ProviderUnfrozen, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderRemoved)
    def on_provider_removed(self, session: Session, event: provider.ProviderRemoved, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderStandingChanged)
    def on_standing_changed(self, session: Session, event: provider.ProviderStandingChanged, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.ProviderUnitsChanged)
    def on_units_changed(self, session: Session, event: provider.ProviderUnitsChanged, now: datetime) -> None:
        keep.keep_provider(session, event.provider)

    @handles(provider.CatalogueServiceChanged)
    def on_catalogue_changed(self, session: Session, event: provider.CatalogueServiceChanged, now: datetime) -> None:
        keep.keep_catalogue(session, event.service)

    @handles(provider.ContractActivated)
    def on_contract_activated(self, session: Session, event: provider.ContractActivated, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        follow_contract(session, provider_id=UUID(event.contract.provider_id), county=self.county, now=now)

    @handles(provider.ContractWithdrawn)
    def on_contract_withdrawn(self, session: Session, event: provider.ContractWithdrawn, now: datetime) -> None:
        keep.keep_contract(session, event.contract)

    @handles(provider.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: provider.ContractLineChanged, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        if event.removed_service_codes:
            self._leave(session, event.contract, helsinki_date(now), now, *event.removed_service_codes)

    @handles(provider.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: provider.ContractSuspended, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, first_day_unserved(event.contract.suspension), now)

    @handles(provider.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: provider.ContractReinstated, now: datetime) -> None:
        keep.keep_contract(session, event.contract)

    @handles(provider.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: provider.ContractNoticeGiven, now: datetime) -> None:
        keep.keep_contract(session, event.contract)

    @handles(provider.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: provider.ContractTerminated, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, day_of(event.effective_date, "effective_date"), now)

    @handles(provider.ContractExpired)
    def on_contract_expired(self, session: Session, event: provider.ContractExpired, now: datetime) -> None:
        keep.keep_contract(session, event.contract)
        self._leave(session, event.contract, day_of(event.effective_date, "effective_date"), now)

    @handles(provider.SanctionImposed)
    def on_sanction_imposed(self, session: Session, event: provider.SanctionImposed, now: datetime) -> None:
        keep.keep_sanction(session, event.sanction, helsinki_date(now))

    @handles(provider.SanctionRemedied)
    def on_sanction_remedied(self, session: Session, event: provider.SanctionRemedied, now: datetime) -> None:
        keep.keep_sanction(session, event.sanction, helsinki_date(now))

    @handles(provider.SanctionExpired)
    def on_sanction_expired(self, session: Session, event: provider.SanctionExpired, now: datetime) -> None:
        keep.keep_sanction(session, event.sanction, helsinki_date(now))

    @handles(provider.SanctionEscalated)
    def on_sanction_escalated(self, session: Session, event: provider.SanctionEscalated, now: datetime) -> None:
        keep.keep_sanction(session, event.sanction, helsinki_date(now))

    @handles(provider.SanctionWithdrawn)
    def on_sanction_withdrawn(self, session: Session, event: provider.SanctionWithdrawn, now: datetime) -> None:
        keep.keep_sanction(session, event.sanction, helsinki_date(now))

    def _leave(
        self, session: Session, contract: provider.ContractFacts, cut_off: date, now: datetime, *services: str
    ) -> None:
        told = contract_copy(contract)
        reroute_at_contract(session, told=told, cut_off=cut_off, service_codes=services, rules=self.rules, now=now)
