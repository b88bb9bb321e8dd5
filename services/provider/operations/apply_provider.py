"""An organisation applies to become a provider (PROVIDER-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.provider.domain.provider import Application, Provider, ProviderState
from services.provider.operations.providers import announce_provider
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def apply_provider(
    session: Session, *, application: Application, caller: Caller, now: datetime, new_id: UUID
) -> Provider:
    """Put the organisation on the register as APPLICANT; one business id, and one county enterprise, only once."""
    scheme, _, code = caller.county.partition(":")
    provider = Provider(
        id=new_id,
        county_scheme=scheme,
        county_code=code,
        business_id=application.business_id,
        roles=application.roles,
        application=application,
        state=ProviderState.APPLICANT,
        state_reason="",
        version=1,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(provider)
    fact = events_pb2.ProviderApplied(provider=facts.provider_facts(provider))
    announce_provider(session, provider, fact)
    return provider
