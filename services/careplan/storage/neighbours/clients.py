"""Copies of the client service's facts: clients, representatives, assessments, direct choices."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, Table, Text, Uuid, case, func, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import AssessmentCopy, ClientCopy, DirectChoiceCopy
from services.careplan.storage.columns import METADATA
from services.careplan.storage.neighbours.lookup import copy_of
from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy

client_copy = Table(
    "client_copy",
    METADATA,
    Column("client_id", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("attention", ARRAY(Text), nullable=False),
    Column("own_worker_named", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attention_since", Date, comment="the day it was first heard that the client is flagged; NULL: is not"),
    comment="clients, of the client service",
)

representative_copy = Table(
    "representative_copy",
    METADATA,
    Column("representative_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("matters", Text, nullable=False),
    Column("representative_client_id", Uuid),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    comment="who stands for clients, of the client service",
)

guardian_denial_copy = Table(
    "guardian_denial_copy",
    METADATA,
    Column("consent_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    comment="minors' words that keep their guardians out, of the client service",
)

assessment_copy = Table(
    "assessment_copy",
    METADATA,
    Column("assessment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("completed_date", Date, comment="NULL: superseded, and its completion has not arrived"),
    Column("plan_needed", Boolean, nullable=False),
    Column("superseded", Boolean, nullable=False),
    comment="completed needs assessments, of the client service",
)

direct_choice_copy = Table(
    "direct_choice_copy",
    METADATA,
    Column("choice_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("ended_date", Date),
    Column("version", Integer, nullable=False),
    comment="direct choices of centres and dental units, of the client service",
)


def store_client(session: Session, known: ClientCopy, today: date) -> None:
    """Insert the client or replace an older version; what it was flagged since stays while it is flagged."""
    table, flagged = client_copy, today if known.attention else None
    insertion = insert(table).values({**vars(known), "attention": list(known.attention), "attention_since": flagged})
    known_since = func.coalesce(table.c.attention_since, today)
    since = case((insertion.excluded.attention_since.is_not(None), known_since))
    changes = {name: insertion.excluded[name] for name in ("state", "attention", "own_worker_named", "version")}
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=["client_id"],
            set_=changes | {"attention_since": since},
            where=table.c.version < insertion.excluded.version,
        )
    )


def store_assessment(session: Session, assessment: AssessmentCopy) -> None:
    """Keep a completion; whether it was superseded meanwhile stays as known."""
    insertion = insert(assessment_copy).values(vars(assessment))
    changes = {name: insertion.excluded[name] for name in ("client_id", "completed_date", "plan_needed")}
    session.execute(insertion.on_conflict_do_update(index_elements=["assessment_id"], set_=changes))


def store_superseded(session: Session, assessment_id: UUID, client_id: UUID) -> None:
    """Note that a newer assessment took its place, also when its own completion has not arrived."""
    values = {"assessment_id": assessment_id, "client_id": client_id, "plan_needed": False, "superseded": True}
    insertion = insert(assessment_copy).values(values)
    session.execute(insertion.on_conflict_do_update(index_elements=["assessment_id"], set_={"superseded": True}))


def find_client(session: Session, client_id: UUID) -> ClientCopy | None:
    """The client, if known."""
    row = copy_of(session, client_copy, client_id)
    return None if row is None else ClientCopy(**{**row._mapping, "attention": tuple(row.attention)})


def find_assessment(session: Session, assessment_id: UUID) -> AssessmentCopy | None:
    """The completed assessment, if known."""
    row = copy_of(session, assessment_copy, assessment_id)
    return None if row is None or row.completed_date is None else AssessmentCopy(**row._mapping)


def find_newest_assessment(session: Session, client_id: UUID) -> AssessmentCopy | None:
    """The client's newest completed assessment that was not superseded, if one is known."""
    table = assessment_copy
    query = select(table).where(
        table.c.client_id == client_id, table.c.completed_date.is_not(None), table.c.superseded.is_(False)
    )
    row = session.execute(query.order_by(table.c.completed_date.desc(), table.c.assessment_id).limit(1)).first()
    return None if row is None else AssessmentCopy(**row._mapping)


def find_direct_choice(session: Session, client_id: UUID, kind: str) -> DirectChoiceCopy | None:
    """The client's choice of this kind that is in force, if one is known."""
    in_force = (choice for choice in direct_choices_of(session, client_id) if choice.ended_date is None)
    return next((choice for choice in in_force if choice.kind == kind), None)


def direct_choices_of(session: Session, client_id: UUID) -> list[DirectChoiceCopy]:
    """The client's choices as far as they are known, newest first; one that ended has a last day."""
    table = direct_choice_copy
    query = select(table).where(table.c.client_id == client_id)
    rows = session.execute(query.order_by(table.c.from_date.desc(), table.c.choice_id))
    return [DirectChoiceCopy(**row._mapping) for row in rows]


def representing(session: Session, client_id: UUID, holder: UUID) -> list[RepresentativeCopy]:
    """Every representation by which the holder, a client too, represents the client."""
    r = representative_copy.c
    query = select(representative_copy).where(r.client_id == client_id, r.representative_client_id == holder)
    return [RepresentativeCopy(**row._mapping) for row in session.execute(query)]


def guardian_denials_of(session: Session, client_id: UUID) -> list[GuardianDenialCopy]:
    """What the client said to keep a guardian out."""
    query = select(guardian_denial_copy).where(guardian_denial_copy.c.client_id == client_id)
    return [GuardianDenialCopy(**row._mapping) for row in session.execute(query)]
