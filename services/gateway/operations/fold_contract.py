"""Keep what is known of a contract, and renew what records show of its provider."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.gateway.operations.fold_provider import renew_summary
from services.gateway.storage import providers
from sote.provider.v1 import events_pb2


def fold_contract(session: Session, *, facts: events_pb2.ContractFacts) -> bool:
    """Keep the contract's facts unless newer ones are there; whether its provider's summary changed."""
    provider_id = UUID(facts.provider_id)
    providers.lock_provider(session, provider_id)
    kept = providers.store_contract(
        session,
        UUID(facts.contract_id),
        provider_id=provider_id,
        version=facts.version,
        number=facts.number,
        facts=facts.SerializeToString(),
    )
    return kept and renew_summary(session, provider_id=provider_id)
