"""A contract's fact is stored, and what records show of its provider renewed."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.gateway.operations.summaries import renew_summary
from services.gateway.storage import providers
from sote.provider.v1 import events_pb2


def keep_contract(session: Session, *, facts: events_pb2.ContractFacts) -> bool:
    """Store the contract's facts unless newer ones are here; whether its provider's summary changed."""
    provider_id = UUID(facts.provider_id)
    providers.lock_provider(session, provider_id)
    newer = providers.keep_contract(
        session,
        UUID(facts.contract_id),
        provider_id=provider_id,
        version=facts.version,
        number=facts.number,
        facts=facts.SerializeToString(),
    )
    return newer and renew_summary(session, provider_id=provider_id)
