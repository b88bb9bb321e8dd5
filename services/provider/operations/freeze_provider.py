"""A provider may take no new clients for now (PROVIDER-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.provider.domain.provider import Provider
from services.provider.operations.providers import freeze
from services.provider.storage import providers


def freeze_provider(session: Session, *, provider_id: UUID, reason: str, etag: str, now: datetime) -> Provider:
    """Freeze an approved provider."""
    provider = providers.load_provider(session, provider_id, etag=etag)
    freeze(session, provider, reason, now=now)
    return provider
