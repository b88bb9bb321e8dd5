"""Rows of quotes: written once, never changed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    select,
)
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, UUIDS, TableQuery, TableRow, code
from services.voucher.domain.choices.quote import FeePer, Quote, QuotedFee
from services.voucher.domain.values.client_fee import FeeState
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.vouchers.voucher import vouchers

quotes = Table(
    "quote",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("voucher_id", Uuid, ForeignKey(vouchers.c.id), nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("contract_id", Uuid, nullable=False),
    Column("line_unit_ids", UUIDS, nullable=False),
    Column("unit_ids", UUIDS, nullable=False),
    Column("position", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("county_share", BigInteger, nullable=False),
    Column("client_share", BigInteger, nullable=False),
    Column("fee_rule", Text, nullable=False),
    Column("fee_state", code(FeeState, "fee_state", length=40), nullable=False),
    Column("fee_per", code(FeePer, "fee_per", length=40), nullable=False),
    Column("fee_amount", BigInteger),
    Column("options_digest", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("valid_until", INSTANT, nullable=False),
    CheckConstraint("county_share + client_share = unit_price", name="shares"),
    CheckConstraint("county_share >= 0 and client_share >= 0", name="not_negative"),
    CheckConstraint("units > 0 and position > 0", name="counts"),
    CheckConstraint("(fee_state = 'CHARGED') = (fee_amount is not null)", name="fee"),
    Index(None, "voucher_id", "created_at", "id"),
    comment="what choosing a provider costs, told before the choice (QUOTE-1); cents a unit",
)


def add_quotes(session: Session, given: Sequence[Quote]) -> None:
    """Store quotes that were given."""
    if given:
        session.execute(quotes.insert(), [_values(quote) for quote in given])


def find_quote(session: Session, quote_id: UUID) -> Quote | None:
    """The quote, if there is one."""
    row = session.execute(select(quotes).where(quotes.c.id == quote_id)).one_or_none()
    return None if row is None else quote_from(row)


def of_voucher(voucher_id: UUID) -> TableQuery:
    """The voucher's quotes, not yet ordered or cut to a page."""
    return select(quotes).where(quotes.c.voucher_id == voucher_id)


def quote_from(row: TableRow) -> Quote:
    """A quote from its row."""
    values = dict(row._mapping)
    fee = QuotedFee(*(values.pop(f"fee_{part}") for part in ("rule", "state", "per", "amount")))
    return Quote(**values, fee=fee)


def _values(quote: Quote) -> dict[str, Any]:
    values = dict(vars(quote))
    fee: QuotedFee = values.pop("fee")
    return values | {f"fee_{name}": value for name, value in vars(fee).items()}
