"""Loading providers, and what their approval and removal ask of other rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.provider.domain.condition import Condition, ConditionSetState, Evidence
from services.provider.domain.contract import IN_FORCE
from services.provider.domain.provider import Provider
from services.provider.domain.refusals import ProviderNotFound
from services.provider.storage import tables


def load_provider(session: Session, provider_id: UUID, *, etag: str = "") -> Provider:
    """The provider, its row locked; refuses with ProviderNotFound, and with VersionConflict another etag."""
    provider = session.get(Provider, provider_id, with_for_update=True, populate_existing=True)
    if provider is None:
        raise ProviderNotFound(provider_id)
    check_etag(etag, provider.version)
    return provider


def get_provider(session: Session, provider_id: UUID) -> Provider:
    """The provider as it is, without a lock; refuses with ProviderNotFound."""
    provider = session.get(Provider, provider_id)
    if provider is None:
        raise ProviderNotFound(provider_id)
    return provider


def evidence_of(session: Session, provider_id: UUID) -> dict[str, Evidence]:
    """The county's findings about a provider, by condition."""
    query = select(Evidence).where(tables.evidence.c.provider_id == provider_id)
    return {found.condition_code: found for found in session.scalars(query)}


def published_conditions(session: Session, scopes: Sequence[str]) -> list[Condition]:
    """The conditions in force for these scopes."""
    query = select(tables.condition_set.c.conditions).where(
        tables.condition_set.c.scope.in_(scopes), tables.condition_set.c.state == ConditionSetState.PUBLISHED
    )
    return [condition for conditions in session.scalars(query) for condition in conditions]


def contracts_in_force(session: Session, provider_id: UUID) -> list[UUID]:
    """Those of the provider's contracts that are ACTIVE or SUSPENDED, in one order."""
    rows = tables.contract
    query = select(rows.c.id).where(rows.c.provider_id == provider_id, rows.c.state.in_(IN_FORCE))
    return list(session.scalars(query.order_by(rows.c.id)))
