"""Rows of enrolment envelopes."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, Table, Text, Uuid, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.columns import INSTANT
from services.voucher.domain.envelopes.envelope import Envelope, EnvelopeState
from services.voucher.storage.metadata import METADATA

envelopes = Table(
    "enrolment_envelope",
    METADATA,
    Column("enrolment_id", Uuid, primary_key=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("amount >= 0", name="amount"),
    CheckConstraint(
        "state in ('RESERVED', 'REFUSED', 'FUNDED', 'FUNDING_FAILED', 'CLOSED', 'UNDONE')",
        name="state",
    ),
    comment="money reserved for an enrolment as a whole, in cents; the ledger holds what is left of it",
)


def add_envelope(session: Session, envelope: Envelope) -> None:
    """Store a new envelope as version 1."""
    scheme, code = envelope.county.split(":")
    envelope.version = 1
    session.execute(
        insert(envelopes).values(
            enrolment_id=envelope.enrolment_id,
            county_scheme=scheme,
            county_code=code,
            client_id=envelope.client_id,
            amount=envelope.amount,
            state=envelope.state.value,
            version=1,
            created_at=envelope.created_at,
            updated_at=envelope.updated_at,
        )
    )


def load_envelope(session: Session, enrolment_id: UUID) -> Envelope | None:
    """The enrolment's envelope, locked for a change; None when there is none."""
    query = select(envelopes).where(envelopes.c.enrolment_id == enrolment_id).with_for_update()
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    return Envelope(
        enrolment_id=row.enrolment_id,
        county=f"{row.county_scheme}:{row.county_code}",
        client_id=row.client_id,
        amount=row.amount,
        state=EnvelopeState(row.state),
        created_at=row.created_at,
        updated_at=row.updated_at,
        version=row.version,
    )


def save_envelope(session: Session, envelope: Envelope) -> None:
    """Store the state as the version after the one loaded; StaleDataError when another was faster."""
    changed = session.execute(
        update(envelopes)
        .where(envelopes.c.enrolment_id == envelope.enrolment_id, envelopes.c.version == envelope.version)
        .values(state=envelope.state.value, updated_at=envelope.updated_at, version=envelope.version + 1)
        .returning(envelopes.c.version)
    ).scalar_one_or_none()
    if changed is None:
        raise StaleDataError
    envelope.version = changed
