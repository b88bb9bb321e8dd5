"""A sanction's fact is stored, and whether records show its provider as under one."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.gateway.storage import providers
from sote.provider.v1 import sanction_pb2


def keep_sanction(session: Session, *, facts: sanction_pb2.SanctionFacts) -> bool:
    """Store the newest state; whether it was newer than what is here."""
    provider_id = UUID(facts.provider_id)
    providers.lock_provider(session, provider_id)
    imposed = facts.state == sanction_pb2.SANCTION_STATE_IMPOSED
    newer = providers.keep_sanction(
        session, UUID(facts.sanction_id), provider_id=provider_id, version=facts.version, imposed=imposed
    )
    if newer:
        providers.mark_sanctioned(session, provider_id)
    return newer
