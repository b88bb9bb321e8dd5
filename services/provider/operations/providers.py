"""What verbs about providers share: announcing, and the freeze that the county or a sanction brings."""

from datetime import datetime

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.provider.domain.provider import Provider
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def announce_provider(session: Session, provider: Provider, fact: Message) -> None:
    """Write a fact of the provider to the outbox."""
    session.flush()
    announce(session, fact, aggregate="providers", aggregate_id=provider.id, version=provider.version)


def freeze(session: Session, provider: Provider, reason: str, *, now: datetime) -> None:
    """Freeze an approved provider: it takes no new clients."""
    provider.freeze(reason, now=now)
    announce_provider(session, provider, events_pb2.ProviderFrozen(provider=facts.provider_facts(provider)))
