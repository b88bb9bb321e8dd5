"""Rows of direct payments, and what capitation is due."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    cast,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.columns import INSTANT, TableRow
from services.voucher.domain.spending.direct_payment import DirectPayment, Due, PaymentKind, PaymentState
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.neighbours.direct_choice import choices

_PAID: ColumnElement[bool] = literal_column("state = 'PAID'")

payments = Table(
    "direct_payment",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("client_id", Uuid, nullable=True),
    Column("provider_id", Uuid, nullable=True),
    Column("month", Date, nullable=False, comment="its first day"),
    Column("units", Integer, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("reversal_reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("kind in ('ALLOWANCE', 'CAPITATION')", name="kind"),
    CheckConstraint("state in ('PAID', 'REVERSED')", name="state"),
    CheckConstraint(
        "(kind = 'ALLOWANCE') = (client_id is not null) and (kind = 'CAPITATION') = (provider_id is not null)",
        name="payee",
    ),
    CheckConstraint("units > 0 and unit_price > 0", name="amount"),
    CheckConstraint("extract(day from month) = 1", name="month"),
    CheckConstraint("(state = 'REVERSED') = (reversal_reason <> '')", name="reversed"),
    Index(
        "uq_direct_payment_month",
        "kind",
        "service_code",
        literal_column("coalesce(client_id, provider_id)"),
        "month",
        unique=True,
        postgresql_where=_PAID,
    ),
    Index(None, "created_at", "id"),
    comment="allowances and capitation: spent without a reservation, each month once (PAYMENT-3); amounts in cents",
)


def add_payment(session: Session, payment: DirectPayment) -> None:
    """Store a new payment."""
    scheme, code = payment.county.split(":")
    session.execute(
        insert(payments).values(
            id=payment.id,
            county_scheme=scheme,
            county_code=code,
            kind=payment.kind.value,
            service_code=payment.service_code,
            client_id=payment.client_id,
            provider_id=payment.provider_id,
            month=payment.month,
            units=payment.units,
            unit_price=payment.unit_price,
            state=payment.state.value,
            reversal_reason=payment.reversal_reason,
            version=payment.version,
            created_at=payment.created_at,
            created_by=payment.created_by,
            updated_at=payment.updated_at,
        )
    )


def paid(session: Session, payment: DirectPayment) -> bool:
    """Whether the same payee has this month paid already; ask it with the budget line locked."""
    query = select(payments.c.id).where(
        payments.c.kind == payment.kind.value,
        payments.c.service_code == payment.service_code,
        func.coalesce(payments.c.client_id, payments.c.provider_id) == (payment.client_id or payment.provider_id),
        payments.c.month == payment.month,
        payments.c.state == PaymentState.PAID.value,
    )
    return session.execute(query).first() is not None


def load_payment(session: Session, payment_id: UUID) -> DirectPayment | None:
    """The payment, locked for a change; None when there is none."""
    row = session.execute(select(payments).where(payments.c.id == payment_id).with_for_update()).one_or_none()
    return payment_from(row) if row else None


def save_payment(session: Session, payment: DirectPayment) -> None:
    """Store the state as the version after the one loaded; StaleDataError when another was faster."""
    changed = session.execute(
        update(payments)
        .where(payments.c.id == payment.id, payments.c.version == payment.version)
        .values(
            state=payment.state.value,
            reversal_reason=payment.reversal_reason,
            updated_at=payment.updated_at,
            version=payment.version + 1,
        )
        .returning(payments.c.version)
    ).scalar_one_or_none()
    if changed is None:
        raise StaleDataError
    payment.version = changed


def capitation_due(session: Session, *, kinds: Collection[str], last: date, limit: int) -> list[Due]:
    """What is not paid yet for months up to `last`, a year back, by month and provider."""
    first = last.replace(year=last.year - 1)
    month = cast(
        func.generate_series(
            cast(literal(first), Date), cast(literal(last), Date), literal_column("interval '1 month'")
        ),
        Date,
    ).label("month")
    months = select(month).subquery()
    c = choices.c
    code = func.concat("CAPITATION-", c.kind)
    same = (
        (payments.c.kind == PaymentKind.CAPITATION.value)
        & (payments.c.provider_id == c.provider_id)
        & (payments.c.service_code == code)
        & (payments.c.month == months.c.month)
    )
    paid = select(payments.c.id).where(same, payments.c.state == PaymentState.PAID.value).exists()
    earlier = select(func.count()).select_from(payments).where(same).correlate(choices, months).scalar_subquery()
    in_force = (c.from_date <= months.c.month) & (c.ended_date.is_(None) | (c.ended_date > months.c.month))
    query = (
        select(c.kind, c.provider_id, months.c.month, func.count(c.client_id.distinct()), earlier)
        .join(choices, in_force)
        .select_from(months)
        .where(c.kind.in_(kinds), ~paid)
        .group_by(c.kind, c.provider_id, months.c.month)
        .order_by(months.c.month, c.provider_id, c.kind)
        .limit(limit)
    )
    return [Due(*row) for row in session.execute(query)]


def payment_from(row: TableRow) -> DirectPayment:
    """The payment a row of `payments` holds."""
    return DirectPayment(
        id=row.id,
        county=f"{row.county_scheme}:{row.county_code}",
        kind=PaymentKind(row.kind),
        service_code=row.service_code,
        client_id=row.client_id,
        provider_id=row.provider_id,
        month=row.month,
        units=row.units,
        unit_price=row.unit_price,
        created_at=row.created_at,
        created_by=row.created_by,
        updated_at=row.updated_at,
        state=PaymentState(row.state),
        reversal_reason=row.reversal_reason,
        version=row.version,
    )
