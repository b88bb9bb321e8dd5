"""What verbs about providers share: what records show of a provider is made of its own and its contracts' facts."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.gateway import wire
from services.gateway.storage import providers


def renew_summary(session: Session, *, provider_id: UUID) -> bool:
    """Replace the provider's summary by one made of the copies; whether there is one: the provider may be unknown."""
    provider, contracts = providers.facts_of(session, provider_id)
    if provider is None:
        return False
    providers.store_summary(session, provider_id, wire.summary_of(provider, contracts).SerializeToString())
    return True
