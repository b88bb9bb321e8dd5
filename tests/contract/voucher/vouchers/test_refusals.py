"""Every refusal about vouchers has a status, and the protos tell it; every named constraint is in the tables."""

import inspect
import re

import pytest
from sqlalchemy import Table

from services.kernel.refusal import IllegalTransition, Refusal
from services.voucher.api.refusals import CONSTRAINTS, REFUSALS
from services.voucher.domain.vouchers import refusals as voucher_refusals
from services.voucher.migrations.tables import METADATA
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.vouchers.voucher import vouchers
from tests.builders.constraints import names_in
from tests.builders.proto_comments import told

pytestmark = pytest.mark.contract

TOLD = told("voucher", "voucher_service")
KINDS = [
    kind
    for _, kind in inspect.getmembers(voucher_refusals, inspect.isclass)
    if issubclass(kind, Refusal) and kind is not Refusal
]


@pytest.mark.parametrize("kind", [*KINDS, IllegalTransition], ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_that_the_proto_tells_REFUSAL_2(kind: type[Refusal]) -> None:
    assert (REFUSALS[kind].name, kind.reason) in TOLD


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_names_its_rule_and_says_why_REFUSAL_2(kind: type[Refusal]) -> None:
    assert kind.rule
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kind.reason)
    assert kind.__doc__


@pytest.mark.parametrize("table", [vouchers, redemptions], ids=lambda table: table.name)
def test_every_constraint_that_is_a_refusal_is_in_its_table_REFUSAL_2(table: Table) -> None:
    names = names_in(table)
    refused = {name for name in CONSTRAINTS if name.partition("_")[2].startswith(f"{table.name}_")}
    assert refused
    assert refused <= names
    assert all(type(CONSTRAINTS[name]()) in REFUSALS for name in refused)


def test_every_constraint_that_is_a_refusal_is_in_some_table_REFUSAL_2() -> None:
    assert set(CONSTRAINTS) <= {name for table in METADATA.tables.values() for name in names_in(table)}
