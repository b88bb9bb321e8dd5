"""Every refusal about values, incomes and fees has a status that its proto tells; constraints are in the tables."""

import inspect
import re

import pytest
from sqlalchemy import Table

from services.kernel.refusal import Refusal
from services.voucher.api.refusals import CONSTRAINTS, REFUSALS
from services.voucher.domain.choices import quote as quotes
from services.voucher.domain.values import income, parameters
from services.voucher.storage.values.income import income_statements
from services.voucher.storage.values.parameters import parameter_sets
from tests.builders.constraints import names_in
from tests.builders.proto_comments import told

pytestmark = pytest.mark.contract

KINDS = [
    (kind, proto)
    for module, protos in {
        income: ["income_service"],
        parameters: ["value_service", "fee_service"],
        quotes: ["voucher_service"],
    }.items()
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Refusal) and kind is not Refusal and kind.__module__ == module.__name__
    for proto in protos
]


@pytest.mark.parametrize(("kind", "proto"), KINDS, ids=lambda value: getattr(value, "__name__", value))
def test_every_refusal_has_a_status_that_the_proto_tells_REFUSAL_2(kind: type[Refusal], proto: str) -> None:
    assert (REFUSALS[kind].name, kind.reason) in told("voucher", proto)
    assert kind.rule
    assert kind.__doc__
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kind.reason)


@pytest.mark.parametrize("table", [parameter_sets, income_statements], ids=lambda table: table.name)
def test_every_constraint_that_is_a_refusal_is_in_its_table_REFUSAL_2(table: Table) -> None:
    names = names_in(table)
    refused = {name for name in CONSTRAINTS if name.partition("_")[2].startswith(f"{table.name}_")}
    assert refused
    assert refused <= names
    assert all(type(CONSTRAINTS[name]()) in REFUSALS or name == "uq_parameter_set_version" for name in refused)
