"""Loading providers, and what their approval and removal ask of other rows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.provider.domain.condition import Condition, ConditionSetState, Evidence
from services.provider.domain.contract import IN_FORCE
from services.provider.domain.provider import Provider
from services.provider.domain.refusals import ProviderNotFound
from services.provider.storage import tables


def for_update(session: Session, uid: UUID) -> Provider:
    """The provider, its row locked; refuses with ProviderNotFound."""
    found = session.get(Provider, uid, with_for_update=True, populate_existing=True)
    if found is None:
        raise ProviderNotFound(uid)
    return found


def get(session: Session, uid: UUID) -> Provider:
    """The provider as it is; refuses with ProviderNotFound."""
    found = session.get(Provider, uid)
    if found is None:
        raise ProviderNotFound(uid)
    return found


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
    query = select(rows.c.uid).where(rows.c.provider_id == provider_id, rows.c.state.in_(IN_FORCE))
    return list(session.scalars(query.order_by(rows.c.uid)))
