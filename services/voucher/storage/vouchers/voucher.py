"""Rows of vouchers: the table with what SQL can promise about them, and how they are found and locked."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    and_,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint, insert
from sqlalchemy.orm import Session, registry
from sqlalchemy.orm.attributes import flag_modified

from services.chassis.columns import INSTANT, Json, TableQuery, code, county
from services.kernel.care import CareUnit
from services.voucher.domain.money import Regime, ValueKind
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.reasons import DeclineReason, RevokeReason
from services.voucher.domain.vouchers.states import OVERLAPPING, WITH_PROVIDER, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.values.income import income_statements
from services.voucher.storage.values.parameters import parameter_sets

REGISTRY = registry(metadata=METADATA)


def _in(states: Collection[State]) -> str:
    return "state in (" + ", ".join(f"'{state}'" for state in State if state in states) + ")"


vouchers = Table(
    "voucher",
    METADATA,
    Column("id", Uuid, primary_key=True),
    *county(),
    Column("number", Text, nullable=False, unique=True),
    Column("client_id", Uuid, nullable=False),
    Column("assessment_id", Uuid, nullable=False),
    Column("decision_id", Uuid, nullable=False),
    Column("plan_id", Uuid),
    Column("plan_service_id", Uuid),
    Column("enrolment_id", Uuid),
    Column("item_code", Text, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("unit", code(CareUnit, "unit", length=40), nullable=False),
    Column("regime", code(Regime, "regime", length=40), nullable=False),
    Column("value_kind", code(ValueKind, "value_kind", length=40), nullable=False),
    Column("fee_rule", Text, nullable=False),
    Column("units_granted", Integer, nullable=False),
    Column("unit_value", BigInteger, nullable=False),
    Column("max_value", BigInteger, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("claim_until", Date, nullable=False),
    Column("content_spec", Json(ContentSpec), nullable=False),
    Column("issuer_organisation_id", Uuid, nullable=False),
    Column("issuer_subject", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("state", code(State, "state", length=40), nullable=False),
    Column("urgent_reason", Text, nullable=False),
    Column("provider_id", Uuid),
    Column("unit_id", Uuid),
    Column("contract_id", Uuid),
    Column("contract_version", Integer, nullable=False),
    Column("agreed_price", BigInteger),
    Column("county_share", BigInteger),
    Column("client_share", BigInteger),
    Column("accept_due", Date),
    Column("chosen_on", Date),
    Column("accepted_content_version", Integer, nullable=False),
    Column("units_redeemed", Integer, nullable=False),
    Column("redeemed_cents", BigInteger, nullable=False),
    Column("units_held", Integer, nullable=False, server_default="0"),
    Column("held_cents", BigInteger, nullable=False, server_default="0"),
    Column("served_from", Date),
    Column("cut_off", Date),
    Column("revoke_reason", code(RevokeReason, "revoke_reason", length=40)),
    Column("decline_reason", code(DeclineReason, "decline_reason", length=40)),
    Column("parameter_set_id", Uuid, ForeignKey(parameter_sets.c.id)),
    Column("income_statement_id", Uuid, ForeignKey(income_statements.c.id)),
    Column("client_pays", Boolean, Computed("regime = 'PALVELUSETELI' and fee_rule <> 'FREE'", persisted=True)),
    Column("version", Integer, nullable=False),
    UniqueConstraint("id", "client_pays"),
    CheckConstraint("units_redeemed between 0 and units_granted", name="units"),
    CheckConstraint("redeemed_cents between 0 and max_value", name="value"),
    CheckConstraint("units_held >= 0 and units_redeemed + units_held <= units_granted", name="units_used"),
    CheckConstraint("held_cents >= 0 and redeemed_cents + held_cents <= max_value", name="value_used"),
    CheckConstraint("valid_from <= valid_to", name="period"),
    CheckConstraint("county_share + client_share = agreed_price", name="shares"),
    CheckConstraint("client_pays or coalesce(client_share, 0) = 0", name="no_client_share"),
    CheckConstraint(
        "value_kind <> 'INCOME_DEPENDENT' or (parameter_set_id is not null and income_statement_id is not null)",
        name="by_income",
    ),
    CheckConstraint(
        f"not ({_in(WITH_PROVIDER)})"
        " or (provider_id is not null and contract_id is not null and county_share is not null)",
        name="with_provider",
    ),
    ExcludeConstraint(
        # Ranges of one value: without an extension a range type is what gives a UUID or a text a GiST index.
        (literal_column("uuid_range(client_id, client_id, '[]')"), "&&"),
        (literal_column("text_range(service_code, service_code, '[]')"), "&&"),
        (literal_column("daterange(valid_from, valid_to, '[]')"), "&&"),
        where=literal_column(_in(OVERLAPPING)),
        name="ex_voucher_overlap",
    ),
    Index(
        "uq_voucher_open_plan_service",
        "plan_service_id",
        unique=True,
        postgresql_where=literal_column(_in(OVERLAPPING)),
    ),
    Index(None, "client_id"),
    Index(None, "enrolment_id"),
    Index(None, "plan_id"),
    Index(None, "decision_id"),
    Index("ix_voucher_held_places", "provider_id", postgresql_where=literal_column(_in(WITH_PROVIDER))),
    Index("ix_voucher_provider_id", "provider_id", "created_at", "id"),
    Index(None, "created_at", "id"),
    Index(None, "contract_id", "chosen_on"),
    Index(None, "state", "valid_to"),
    comment="promises to pay for units of a care service; amounts in cents",
)
REGISTRY.map_imperatively(
    Voucher, vouchers, version_id_col=vouchers.c.version, exclude_properties=[vouchers.c.client_pays.name]
)

numbers = Table(
    "voucher_number",
    METADATA,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    comment="the last number given to a voucher in each year",
)


def locked(session: Session, voucher_id: UUID) -> Voucher | None:
    """The voucher with its row locked until the end of the transaction: whoever comes next waits, then sees it."""
    return session.get(Voucher, voucher_id, with_for_update=True, populate_existing=True)


def all_locked(session: Session, voucher_ids: Collection[UUID]) -> Sequence[Voucher]:
    """The vouchers with their rows locked in the order of their ids, as everybody does who needs several."""
    query = select(Voucher).where(vouchers.c.id.in_(voucher_ids)).order_by(vouchers.c.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).all()


def locked_if_free(session: Session, voucher_id: UUID) -> Voucher | None:
    """The voucher with its row locked, or None when somebody else holds it."""
    return session.get(Voucher, voucher_id, with_for_update={"skip_locked": True}, populate_existing=True)


def as_next_version(voucher: Voucher) -> None:
    """Store the voucher as another version at the next flush, even where nothing in its row differs."""
    flag_modified(voucher, "updated_at")


def next_number(session: Session, *, county_code: str, year: int) -> str:
    """The next voucher number of the county in that year, V-<county>-<year>-<seq>."""
    taken = insert(numbers).values(year=year, last=1)
    taken = taken.on_conflict_do_update(index_elements=["year"], set_={"last": numbers.c.last + 1})
    last: int = session.execute(taken.returning(numbers.c.last)).scalar_one()
    return f"V-{county_code}-{year}-{last:06d}"


def overlaps(
    session: Session, *, client_id: UUID, service_code: str, first: date, last: date, besides: UUID | None = None
) -> bool:
    """Whether another open voucher of the client for the service covers a day of the period (S2.17)."""
    query = select(vouchers.c.id).where(
        vouchers.c.client_id == client_id,
        vouchers.c.service_code == service_code,
        vouchers.c.state.in_(OVERLAPPING),
        vouchers.c.valid_from <= last,
        vouchers.c.valid_to >= first,
        vouchers.c.id.is_distinct_from(besides),
    )
    return session.execute(query.limit(1)).first() is not None


def of_client(session: Session, client_id: UUID) -> Sequence[Voucher]:
    """Every voucher of the client, oldest first."""
    query = select(Voucher).where(vouchers.c.client_id == client_id)
    return session.scalars(query.order_by(vouchers.c.created_at, vouchers.c.number)).all()


def selection(*, client_id: UUID | None, provider_id: UUID | None, states: Collection[str]) -> TableQuery:
    """Vouchers by what is given; not yet ordered or cut to a page."""
    query = select(Voucher)
    if client_id is not None:
        query = query.where(vouchers.c.client_id == client_id)
    if provider_id is not None:
        query = query.where(vouchers.c.provider_id == provider_id)
    if states:
        query = query.where(vouchers.c.state.in_([State(state) for state in states]))
    return query


def due(
    session: Session,
    *,
    today: date,
    unsettled: TableQuery,
    windows: TableQuery,
    to_free: TableQuery,
    waiting: TableQuery,
    limit: int,
) -> Sequence[UUID]:
    """Vouchers a timer has something to do with, oldest end first: VOUCHER-6, the held units of VOUCHER-9, VOUCHER-11,
    VOUCHER-12, VOUCHER-15.

    Each select gives ids of vouchers: `unsettled` have a claim without its end, on `windows` a former provider may
    still claim, `to_free` have held units whose time is over, `waiting` are left to a person.
    """
    v = vouchers.c
    over = v.valid_to < today
    finishing = and_(
        v.state == State.CLOSING,
        or_(and_(v.claim_until < today, v.id.not_in(windows)), v.units_redeemed == v.units_granted),
        v.id.not_in(unsettled),
    )
    late = and_(v.state == State.RESERVED, v.accept_due < today)
    ended = and_(v.state.in_([*WITH_PROVIDER, State.ISSUED, State.REROUTING]), over)
    freeing = and_(v.state.in_([*WITH_PROVIDER, State.REROUTING]), v.id.in_(to_free))
    query = select(v.id).where(or_(late, ended, finishing, freeing), v.id.not_in(waiting))
    return session.scalars(query.order_by(v.valid_to, v.id).limit(limit)).all()


def awaiting_choice(session: Session, service_codes: Collection[str]) -> Sequence[UUID]:
    """Vouchers of these services that wait for their client's choice, by id."""
    v = vouchers.c
    waiting = v.state.in_([State.ISSUED, State.REROUTING])
    return session.scalars(select(v.id).where(waiting, v.service_code.in_(service_codes)).order_by(v.id)).all()


def loaded(session: Session, voucher_ids: Sequence[UUID]) -> Sequence[Voucher]:
    """The vouchers, read without a lock, by id."""
    return session.scalars(select(Voucher).where(vouchers.c.id.in_(voucher_ids)).order_by(vouchers.c.id)).all()


def old_drafts(session: Session, *, before: datetime, today: date, limit: int) -> Sequence[UUID]:
    """Drafts made before that instant, or whose last day is over, oldest first."""
    v = vouchers.c
    query = select(v.id).where(v.state == State.DRAFT, or_(v.created_at < before, v.valid_to < today))
    return session.scalars(query.order_by(v.created_at, v.id).limit(limit)).all()


def at_contract(session: Session, contract_id: UUID, service_codes: Collection[str]) -> Sequence[UUID]:
    """Vouchers at a provider by this contract, of these services (none told: all), by id."""
    v = vouchers.c
    query = select(v.id).where(v.contract_id == contract_id, v.state.in_(WITH_PROVIDER))
    if service_codes:
        query = query.where(v.service_code.in_(service_codes))
    return session.scalars(query.order_by(v.id)).all()


def ids_of(session: Session, column: str, value: UUID, states: Collection[State]) -> Sequence[UUID]:
    """Vouchers in these states of which this column, the id of something they rest on, is `value`, by id."""
    query = select(vouchers.c.id).where(vouchers.c[column] == value, vouchers.c.state.in_(states))
    return session.scalars(query.order_by(vouchers.c.id)).all()
