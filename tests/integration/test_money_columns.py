"""Money is whole cents from the proto to the row: no column of any service holds a fraction or a narrow amount."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from sote.type.v1.money_pb2 import Money
from tests.builders.methods import SERVICES

FRACTIONS = {"real", "double precision", "numeric", "money"}
AMOUNT = (
    r"(^|_)(cents|price|amount|share|value|fee|available|reserved|committed|spent|appropriated|envelope|capitation)$"
)
_COLUMNS = text(
    "select table_name || '.' || column_name, data_type, column_name ~ :amount"
    " from information_schema.columns where table_schema = 'public'"
)


@pytest.mark.parametrize("service", SERVICES)
def test_amounts_are_bigint_and_nothing_is_a_fraction_INV_22(engine: Callable[[str], Engine], service: str) -> None:
    with engine(service).connect() as connection:
        columns = connection.execute(_COLUMNS, {"amount": AMOUNT}).all()
    assert columns
    assert [name for name, kind, _ in columns if kind in FRACTIONS] == []
    assert [name for name, kind, amount in columns if amount and kind in {"integer", "smallint"}] == []


def test_the_wire_says_whole_cents_INV_22() -> None:
    cents = Money.DESCRIPTOR.fields_by_name["cents"]
    assert cents.type == cents.TYPE_INT64
