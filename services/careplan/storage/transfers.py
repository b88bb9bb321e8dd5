"""Loading transfers of the responsible operator."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.domain.operator_transfer import UNDER_WAY, OperatorTransfer
from services.careplan.storage import tables

_transfer = tables.operator_transfer.c


def plan_of(session: Session, transfer_id: UUID) -> UUID | None:
    """The plan a transfer is about."""
    return session.execute(select(_transfer.plan_id).where(_transfer.id == transfer_id)).scalar_one_or_none()


def transfer(session: Session, transfer_id: UUID) -> OperatorTransfer | None:
    """A transfer as it stands now; the caller holds the lock of its plan."""
    return session.get(OperatorTransfer, transfer_id, populate_existing=True)


def under_way(session: Session, plan_id: UUID) -> OperatorTransfer | None:
    """The one transfer of the plan that is offered or accepted; the caller holds the lock of the plan."""
    query = select(OperatorTransfer).where(_transfer.plan_id == plan_id, _transfer.status.in_(UNDER_WAY))
    return session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
