"""Rows of commitments and their charges."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.columns import INSTANT, TableRow
from services.kernel.care import Arrangement
from services.voucher.domain.spending.commitment import Charge, ChargeState, Commitment, CommitmentState
from services.voucher.domain.spending.direct_payment import month_after
from services.voucher.storage.claims.paid_delivery import paid_deliveries
from services.voucher.storage.metadata import METADATA

commitments = Table(
    "commitment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("plan_id", Uuid, nullable=False),
    Column("plan_service_id", Uuid, nullable=False),
    Column("enrolment_id", Uuid, nullable=True),
    Column("item_code", Text, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("arrangement", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("contract_id", Uuid, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("units", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    UniqueConstraint("plan_service_id"),
    CheckConstraint("arrangement in ('OWN', 'PURCHASE')", name="arrangement"),
    CheckConstraint("state in ('AWAITING_FUNDS', 'COMMITTED', 'CLOSED', 'CANCELLED')", name="state"),
    CheckConstraint("unit_price >= 0", name="unit_price"),
    CheckConstraint("units > 0", name="units"),
    CheckConstraint("valid_from <= valid_to", name="period"),
    Index(None, "plan_id"),
    Index(None, "client_id"),
    Index(None, "enrolment_id"),
    Index(None, "created_at", "id"),
    comment="own production and purchases that plans order, at copied prices in cents",
)
charges = Table(
    "charge",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("commitment_id", Uuid, ForeignKey("commitment.id"), nullable=False),
    Column("delivery_id", Uuid, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("service_date", Date, nullable=False),
    Column("units", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("reject_code", Text, nullable=False),
    Column("settlement_id", Uuid, nullable=True),
    Column("created_at", INSTANT, nullable=False),
    Column("payer", Text, Computed("case when state <> 'REJECTED' then 'CHARGE' end", persisted=True)),
    UniqueConstraint("delivery_id"),
    ForeignKeyConstraint(
        ["delivery_id", "payer", "id"],
        [paid_deliveries.c.delivery_id, paid_deliveries.c.payer, paid_deliveries.c.payer_id],
    ),
    CheckConstraint("units > 0", name="units"),
    CheckConstraint("amount >= 0", name="amount"),
    CheckConstraint("state in ('RECORDED', 'BOOKED', 'ACCEPTED', 'SETTLED', 'REJECTED')", name="state"),
    CheckConstraint("(state = 'REJECTED') = (reject_code <> '')", name="rejected"),
    CheckConstraint("state <> 'REJECTED' or amount = 0", name="nothing_paid"),
    Index(None, "commitment_id", "created_at"),
    Index(None, "provider_id", "service_date", postgresql_where=literal_column("state = 'ACCEPTED'")),
    comment="what a delivery costs on a commitment; each delivery once (INV-26)",
)


def add_commitment(session: Session, commitment: Commitment) -> None:
    """Store a new commitment without charges, as version 1."""
    scheme, code = commitment.county.split(":")
    commitment.version = 1
    session.execute(
        insert(commitments).values(
            id=commitment.id,
            county_scheme=scheme,
            county_code=code,
            client_id=commitment.client_id,
            plan_id=commitment.plan_id,
            plan_service_id=commitment.plan_service_id,
            enrolment_id=commitment.enrolment_id,
            item_code=commitment.item_code,
            service_code=commitment.service_code,
            arrangement=commitment.arrangement.value,
            provider_id=commitment.provider_id,
            contract_id=commitment.contract_id,
            unit_price=commitment.unit_price,
            units=commitment.units,
            valid_from=commitment.valid_from,
            valid_to=commitment.valid_to,
            state=commitment.state.value,
            version=1,
            created_at=commitment.created_at,
            updated_at=commitment.updated_at,
        )
    )


def save_commitment(session: Session, commitment: Commitment) -> None:
    """Store the state and every charge as the version after the one loaded; StaleDataError when another was faster."""
    changed = session.execute(
        update(commitments)
        .where(commitments.c.id == commitment.id, commitments.c.version == commitment.version)
        .values(state=commitment.state.value, updated_at=commitment.updated_at, version=commitment.version + 1)
        .returning(commitments.c.version)
    ).scalar_one_or_none()
    if changed is None:
        raise StaleDataError
    commitment.version = changed


def add_charge(session: Session, commitment: Commitment, charge: Charge) -> None:
    """Store a new charge of the commitment."""
    scheme, code = commitment.county.split(":")
    session.execute(
        insert(charges).values(
            id=charge.id,
            county_scheme=scheme,
            county_code=code,
            commitment_id=commitment.id,
            delivery_id=charge.delivery_id,
            provider_id=charge.provider_id,
            service_date=charge.service_date,
            units=charge.units,
            amount=charge.amount,
            state=charge.state.value,
            reject_code=charge.reject_code,
            created_at=charge.created_at,
        )
    )


def save_charge(session: Session, charge: Charge) -> None:
    """Store what was decided about a charge; the caller holds its commitment's lock."""
    session.execute(
        update(charges)
        .where(charges.c.id == charge.id)
        .values(amount=charge.amount, state=charge.state.value, reject_code=charge.reject_code)
    )


def load_commitment(session: Session, commitment_id: UUID, *, lock: bool = False) -> Commitment | None:
    """The commitment with its charges, locked for a change when asked; None when there is none."""
    found = load_commitments(session, [commitment_id], lock=lock)
    return found[0] if found else None


def load_commitments(session: Session, commitment_ids: Iterable[UUID], *, lock: bool = False) -> list[Commitment]:
    """These commitments with their charges, by id; locked in that order when asked."""
    query = select(commitments).where(commitments.c.id.in_(set(commitment_ids))).order_by(commitments.c.id)
    return commitments_from(session, session.execute(query.with_for_update() if lock else query).all())


def commitment_of_service(session: Session, plan_service_id: UUID) -> UUID | None:
    """The commitment of a planned service, if it has one."""
    query = select(commitments.c.id).where(commitments.c.plan_service_id == plan_service_id)
    return session.execute(query).scalar_one_or_none()


def plan_of(session: Session, commitment_id: UUID) -> UUID:
    """The plan a commitment stands in."""
    query = select(commitments.c.plan_id).where(commitments.c.id == commitment_id)
    found: UUID = session.execute(query).scalar_one()
    return found


def open_commitments_of_plan(session: Session, plan_id: UUID) -> list[Commitment]:
    """The plan's commitments that are not ended, with their charges, locked."""
    ended = [CommitmentState.CLOSED.value, CommitmentState.CANCELLED.value]
    query = (
        select(commitments)
        .where(commitments.c.plan_id == plan_id, commitments.c.state.not_in(ended))
        .order_by(commitments.c.id)
        .with_for_update()
    )
    return commitments_from(session, session.execute(query).all())


def open_commitments_at(session: Session, contract_id: UUID) -> list[Commitment]:
    """The contract's commitments that are not ended, with their charges, read without a lock."""
    ended = [CommitmentState.CLOSED.value, CommitmentState.CANCELLED.value]
    query = select(commitments).where(commitments.c.contract_id == contract_id, commitments.c.state.not_in(ended))
    return commitments_from(session, session.execute(query.order_by(commitments.c.id)).all())


def open_commitments_of_enrolment(session: Session, enrolment_id: UUID) -> list[Commitment]:
    """The enrolment's commitments that are not ended, with their charges, locked."""
    ended = [CommitmentState.CLOSED.value, CommitmentState.CANCELLED.value]
    query = (
        select(commitments)
        .where(commitments.c.enrolment_id == enrolment_id, commitments.c.state.not_in(ended))
        .order_by(commitments.c.id)
        .with_for_update()
    )
    return commitments_from(session, session.execute(query).all())


def ordered_for(session: Session, *, client_id: UUID, service_code: str, month: date) -> bool:
    """Whether a commitment that is not cancelled orders the service for the client in the month of that first day."""
    c = commitments.c
    following = month_after(month)
    query = select(c.id).where(
        c.client_id == client_id,
        c.service_code == service_code,
        c.state != CommitmentState.CANCELLED.value,
        c.valid_from < following,
        c.valid_to >= month,
    )
    return session.execute(query).first() is not None


def delivery_charged(session: Session, delivery_id: UUID) -> bool:
    """Whether the delivery has its charge already (INV-26)."""
    query = select(func.count()).select_from(charges).where(charges.c.delivery_id == delivery_id)
    return session.execute(query).scalar_one() > 0


def commitments_from(session: Session, rows: Iterable[TableRow]) -> list[Commitment]:
    """The commitments of these rows with their charges, oldest first, in the order given."""
    found = [_commitment(row) for row in rows]
    by_id = {commitment.id: commitment for commitment in found}
    query = (
        select(charges).where(charges.c.commitment_id.in_(by_id)).order_by(charges.c.created_at, charges.c.service_date)
    )
    for row in session.execute(query):
        by_id[row.commitment_id].charges.append(_charge(row))
    return found


def _commitment(row: TableRow) -> Commitment:
    return Commitment(
        id=row.id,
        county=f"{row.county_scheme}:{row.county_code}",
        client_id=row.client_id,
        plan_id=row.plan_id,
        plan_service_id=row.plan_service_id,
        enrolment_id=row.enrolment_id,
        item_code=row.item_code,
        service_code=row.service_code,
        arrangement=Arrangement(row.arrangement),
        provider_id=row.provider_id,
        contract_id=row.contract_id,
        unit_price=row.unit_price,
        units=row.units,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        created_at=row.created_at,
        updated_at=row.updated_at,
        state=CommitmentState(row.state),
        version=row.version,
    )


def _charge(row: TableRow) -> Charge:
    return Charge(
        id=row.id,
        delivery_id=row.delivery_id,
        provider_id=row.provider_id,
        service_date=row.service_date,
        units=row.units,
        created_at=row.created_at,
        amount=row.amount,
        state=ChargeState(row.state),
        reject_code=row.reject_code,
    )
