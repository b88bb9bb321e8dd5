"""Every refusal about money has a status, and the protos tell it; every named constraint is in the tables."""

import inspect

import pytest
from sqlalchemy import Table

from services.kernel.refusal import IllegalTransition, Refusal
from services.voucher.api.refusals import CONSTRAINTS, REFUSALS
from services.voucher.domain.purse import budget, ledger
from services.voucher.domain.spending import commitment, direct_payment, settlement
from services.voucher.storage.purse.budget import budgets
from services.voucher.storage.spending.direct_payment import payments
from tests.builders.constraints import names_in
from tests.builders.proto_comments import told

pytestmark = pytest.mark.contract

TOLD = told("voucher", "budget_service", "direct_payment_service", "settlement_service")
KINDS = [
    kind
    for module in (budget, commitment, direct_payment, ledger, settlement)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Refusal) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", [*KINDS, IllegalTransition], ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_that_the_proto_tells_REFUSAL_2(kind: type[Refusal]) -> None:
    assert (REFUSALS[kind].name, kind.reason) in TOLD
    assert kind.rule
    assert kind.__doc__


@pytest.mark.parametrize("table", [budgets, payments], ids=lambda table: table.name)
def test_every_constraint_that_is_a_refusal_is_in_its_table_REFUSAL_2(table: Table) -> None:
    names = names_in(table)
    refused = {name for name in CONSTRAINTS if name.partition("_")[2].startswith(f"{table.name}_")}
    assert refused
    assert refused <= names
    assert all(type(CONSTRAINTS[name]()) in REFUSALS for name in refused)
