"""A provider is removed for good (PROVIDER-4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.contract_lifecycle import TerminationCause
from services.provider.domain.provider import Provider, ProviderState
from services.provider.operations.contracts import terminate
from services.provider.operations.providers import announce_provider
from services.provider.storage import contracts, providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def remove_provider(session: Session, *, provider_id: UUID, reason: str, etag: str, now: datetime) -> Provider:
    """Remove a provider that has no contract in force; contracts are made under the same row lock.

    One that lost its registration loses its contracts first.
    """
    provider = providers.load_provider(session, provider_id, etag=etag)
    in_force = providers.contracts_in_force(session, provider_id)
    if provider.lost_registration and provider.state is not ProviderState.REMOVED:
        for contract_id in in_force:
            contract = contracts.load_contract(session, contract_id)
            terminate(session, contract, TerminationCause.REGISTRATION_LOST, day=helsinki_date(now), now=now)
        in_force = []
    provider.remove(reason, contract_in_force=bool(in_force), now=now)
    fact = events_pb2.ProviderRemoved(provider=facts.provider_facts(provider))
    announce_provider(session, provider, fact)
    return provider
