"""Copies of clients, their assessments and decisions, and of guidance for a choice."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, Uuid, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, TEXTS
from services.chassis.copies import keep_newer, keep_once
from services.voucher.domain.neighbours.client import AssessmentCopy, ClientCopy, DecisionCopy, GuidanceCopy
from services.voucher.storage.metadata import METADATA

clients = Table(
    "client_copy",
    METADATA,
    Column("client_id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("attention", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
)
assessments = Table(
    "assessment_copy",
    METADATA,
    Column("assessment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("performing_organisation_id", Uuid),
    Column("completed_date", Date),
    Column("withdrawn", Boolean, nullable=False),
)
decisions = Table(
    "decision_copy",
    METADATA,
    Column("decision_id", Uuid, primary_key=True),
    Column("assessment_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("units", Integer, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("effective", Date, comment="the first day its newest change counts"),
    Index(None, "client_id"),
)
guidances = Table(
    "guidance_copy",
    METADATA,
    Column("guidance_id", Uuid, primary_key=True),
    Column("voucher_id", Uuid, nullable=False),
    Column("client_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("given_time", INSTANT, nullable=False),
    Index(None, "voucher_id"),
)


def keep_client(session: Session, copy: ClientCopy) -> bool:
    """A client's newest state; tells whether this one is."""
    return keep_newer(session, clients, vars(copy))


def keep_assessment(session: Session, copy: AssessmentCopy) -> None:
    """What is known of an assessment; completion and withdrawal may come in any order."""
    insertion = insert(assessments).values(**vars(copy))
    newer = insertion.excluded
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=["assessment_id"],
            set_={
                "performing_organisation_id": func.coalesce(
                    newer.performing_organisation_id, assessments.c.performing_organisation_id
                ),
                "completed_date": func.coalesce(newer.completed_date, assessments.c.completed_date),
                "withdrawn": newer.withdrawn | assessments.c.withdrawn,
            },
        )
    )


def keep_decision(session: Session, copy: DecisionCopy) -> bool:
    """A decision's newest state; tells whether this one is."""
    return keep_newer(session, decisions, vars(copy))


def keep_guidance(session: Session, copy: GuidanceCopy) -> None:
    """A record of guidance."""
    keep_once(session, guidances, vars(copy))


def lock_grounds(session: Session, client_id: UUID) -> None:
    """Let no news of the client or of a decision about it be applied until the commit; take it before any voucher.

    News that is under way is waited for and then seen.
    """
    query = select(clients.c.client_id).where(clients.c.client_id == client_id)
    session.execute(query.with_for_update(read=True))
    granted = select(decisions.c.decision_id).where(decisions.c.client_id == client_id)
    session.execute(granted.order_by(decisions.c.decision_id).with_for_update(read=True))


def find_client(session: Session, client_id: UUID) -> ClientCopy | None:
    """The client, if known here."""
    row = session.execute(select(clients).where(clients.c.client_id == client_id)).one_or_none()
    return None if row is None else ClientCopy(**row._mapping)


def find_assessment(session: Session, assessment_id: UUID) -> AssessmentCopy | None:
    """The assessment, if known here."""
    row = session.execute(select(assessments).where(assessments.c.assessment_id == assessment_id)).one_or_none()
    return None if row is None else AssessmentCopy(**row._mapping)


def find_decision(session: Session, decision_id: UUID) -> DecisionCopy | None:
    """The decision, if known here."""
    row = session.execute(select(decisions).where(decisions.c.decision_id == decision_id)).one_or_none()
    return None if row is None else DecisionCopy(**row._mapping)


def granted_decisions(session: Session, client_id: UUID, *, today: date) -> list[DecisionCopy]:
    """The client's granting decisions that have not expired, newest period first."""
    d = decisions.c
    query = select(decisions).where(d.client_id == client_id, d.outcome.in_(["GRANTED", "PARTLY"]), d.to_date >= today)
    rows = session.execute(query.order_by(d.to_date.desc(), d.decision_id))
    return [DecisionCopy(**row._mapping) for row in rows]


def guidance_for(session: Session, voucher_id: UUID) -> list[GuidanceCopy]:
    """Guidance given for the choice of this voucher's provider."""
    rows = session.execute(select(guidances).where(guidances.c.voucher_id == voucher_id))
    return [GuidanceCopy(**row._mapping) for row in rows]
