"""Transfers of the responsible operator."""

from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    select,
    text,
)
from sqlalchemy.orm import Session

from services.careplan.domain.terms import OperatorKind
from services.careplan.domain.transfers.operator_transfer import UNDER_WAY, OperatorTransfer, TransferState
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT, code

transfer_table = Table(
    "operator_transfer",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, ForeignKey("plan.id"), nullable=False, index=True),
    Column("client_id", Uuid, nullable=False),
    Column("from_organisation_id", Uuid, nullable=False, index=True),
    Column("to_organisation_id", Uuid, nullable=False, index=True),
    Column("to_unit_id", Uuid, nullable=False),
    Column("to_kind", code(OperatorKind, "to_kind", length=30), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", code(TransferState, "state", length=30), nullable=False),
    Column("ordered", Boolean, nullable=False),
    Column("end_reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("from_organisation_id <> to_organisation_id", name="two_organisations"),
    Index(
        "uq_operator_transfer_under_way",
        "plan_id",
        unique=True,
        postgresql_where=text("state IN ('OFFERED', 'ACCEPTED')"),
    ),
    Index(
        "uq_operator_transfer_committed", "plan_id", "epoch", unique=True, postgresql_where=text("state = 'COMMITTED'")
    ),
    comment="a plan is handed over (PLAN-15): one at a time, and one out of each operator's turn",
)

MAPPER.map_imperatively(
    OperatorTransfer, transfer_table, version_id_col=transfer_table.c.version, version_id_generator=False
)
_transfer = transfer_table.c


def plan_of(session: Session, transfer_id: UUID) -> UUID | None:
    """The plan a transfer is about."""
    return session.execute(select(_transfer.plan_id).where(_transfer.id == transfer_id)).scalar_one_or_none()


def transfer(session: Session, transfer_id: UUID) -> OperatorTransfer | None:
    """A transfer as it is now; the caller holds the lock of its plan."""
    return session.get(OperatorTransfer, transfer_id, populate_existing=True)


def under_way(session: Session, plan_id: UUID) -> OperatorTransfer | None:
    """The one transfer of the plan that is offered or accepted; the caller holds the lock of the plan."""
    query = select(OperatorTransfer).where(_transfer.plan_id == plan_id, _transfer.state.in_(UNDER_WAY))
    return session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()
