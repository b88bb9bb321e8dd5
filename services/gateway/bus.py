"""What the gateway hears: sections of clients, facts about providers and contracts."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import OutboxRelay, every, handles, handles_section
from services.chassis.relationships import keep_relationship
from services.gateway.operations.check_records import check_records
from services.gateway.operations.fold_contract import fold_contract
from services.gateway.operations.fold_provider import fold_provider
from services.gateway.operations.fold_sanction import fold_sanction
from services.gateway.operations.fold_section import fold_section
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import events_pb2
from sote.type.v1 import section_pb2


class GatewayBus:
    """Everything is kept by version, so that duplicates and another order do no harm."""

    name = "gateway"
    relay = OutboxRelay()

    @handles_section()
    def on_section(self, session: Session, section: section_pb2.Section, now: datetime) -> None:
        """A service told a new version of its section of a client."""
        fold_section(session, section=section, now=now)

    @handles(client.RelationshipOpened, client.RelationshipClosed)
    def on_relationship(
        self, session: Session, event: client.RelationshipOpened | client.RelationshipClosed, now: datetime
    ) -> None:
        """Whom an organisation may read (INV-14)."""
        keep_relationship(session, event.relationship)

    @every(seconds=5.0)
    def check_records(self, session: Session, now: datetime) -> None:
        """S2.05: records that changed, and every record once a day."""
        check_records(session, now=now)

    @handles(events_pb2.ProviderApplied)
    def on_provider_applied(self, session: Session, event: events_pb2.ProviderApplied, now: datetime) -> None:
        """A provider applied."""
        fold_provider(session, facts=event.provider)

    @handles(events_pb2.ProviderApproved)
    def on_provider_approved(self, session: Session, event: events_pb2.ProviderApproved, now: datetime) -> None:
        """The county approved a provider."""
        fold_provider(session, facts=event.provider)

    @handles(events_pb2.ProviderFrozen)
    def on_provider_frozen(self, session: Session, event: events_pb2.ProviderFrozen, now: datetime) -> None:
        """A provider takes no new clients."""
        fold_provider(session, facts=event.provider)

    @handles(events_pb2.ProviderUnfrozen)
    def on_provider_unfrozen(self, session: Session, event: events_pb2.ProviderUnfrozen, now: datetime) -> None:
        """A provider takes clients again."""
        fold_provider(session, facts=event.provider)

    @handles(events_pb2.ProviderRemoved)
    def on_provider_removed(self, session: Session, event: events_pb2.ProviderRemoved, now: datetime) -> None:
        """A provider was removed."""
        fold_provider(session, facts=event.provider)

    @handles(events_pb2.ProviderStandingChanged)
    def on_provider_standing_changed(
        self, session: Session, event: events_pb2.ProviderStandingChanged, now: datetime
    ) -> None:
        """What the registers say of a provider changed."""
        fold_provider(session, facts=event.provider)

    @handles(events_pb2.ProviderUnitsChanged)
    def on_provider_units_changed(
        self, session: Session, event: events_pb2.ProviderUnitsChanged, now: datetime
    ) -> None:
        """A provider's units changed."""
        fold_provider(session, facts=event.provider)

    @handles(events_pb2.ContractActivated)
    def on_contract_activated(self, session: Session, event: events_pb2.ContractActivated, now: datetime) -> None:
        """A contract came into force."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractLineChangeProposed)
    def on_contract_line_change_proposed(
        self, session: Session, event: events_pb2.ContractLineChangeProposed, now: datetime
    ) -> None:
        """A proposed change."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractLineChangeAgreed)
    def on_contract_line_change_agreed(
        self, session: Session, event: events_pb2.ContractLineChangeAgreed, now: datetime
    ) -> None:
        """An agreed change."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractLineChanged)
    def on_contract_line_changed(self, session: Session, event: events_pb2.ContractLineChanged, now: datetime) -> None:
        """Lines changed."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractSuspended)
    def on_contract_suspended(self, session: Session, event: events_pb2.ContractSuspended, now: datetime) -> None:
        """Suspended."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractReinstated)
    def on_contract_reinstated(self, session: Session, event: events_pb2.ContractReinstated, now: datetime) -> None:
        """In force again."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractNoticeGiven)
    def on_contract_notice_given(self, session: Session, event: events_pb2.ContractNoticeGiven, now: datetime) -> None:
        """Notice runs."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractTerminated)
    def on_contract_terminated(self, session: Session, event: events_pb2.ContractTerminated, now: datetime) -> None:
        """Terminated."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractExpired)
    def on_contract_expired(self, session: Session, event: events_pb2.ContractExpired, now: datetime) -> None:
        """Its period is over."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.ContractEndingSoon)
    def on_contract_ending_soon(self, session: Session, event: events_pb2.ContractEndingSoon, now: datetime) -> None:
        """It ends soon."""
        fold_contract(session, facts=event.contract)

    @handles(events_pb2.SanctionImposed)
    def on_sanction_imposed(self, session: Session, event: events_pb2.SanctionImposed, now: datetime) -> None:
        """A sanction counts."""
        fold_sanction(session, facts=event.sanction)

    @handles(events_pb2.SanctionHeard)
    def on_sanction_heard(self, session: Session, event: events_pb2.SanctionHeard, now: datetime) -> None:
        """Heard, before or after it was imposed."""
        fold_sanction(session, facts=event.sanction)

    @handles(events_pb2.SanctionRemedied)
    def on_sanction_remedied(self, session: Session, event: events_pb2.SanctionRemedied, now: datetime) -> None:
        """A sanction counts no more."""
        fold_sanction(session, facts=event.sanction)

    @handles(events_pb2.SanctionExpired)
    def on_sanction_expired(self, session: Session, event: events_pb2.SanctionExpired, now: datetime) -> None:
        """A sanction counts no more."""
        fold_sanction(session, facts=event.sanction)

    @handles(events_pb2.SanctionEscalated)
    def on_sanction_escalated(self, session: Session, event: events_pb2.SanctionEscalated, now: datetime) -> None:
        """Another takes its place, when it is imposed."""
        fold_sanction(session, facts=event.sanction)
