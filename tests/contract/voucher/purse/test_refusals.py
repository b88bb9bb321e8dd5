"""Every refusal about money has a status, and the protos tell it; every named constraint is in the tables."""

import inspect
import re
from pathlib import Path

import pytest
from grpc import StatusCode
from sqlalchemy import Table

from services.kernel.refusal import IllegalTransition, Refusal
from services.voucher.api.refusals import CONSTRAINTS, REFUSALS
from services.voucher.domain.purse import budget, ledger
from services.voucher.domain.spending import commitment, direct_payment, settlement
from services.voucher.storage.purse.budget import budgets
from services.voucher.storage.spending.direct_payment import payments
from tests.contract.voucher.vouchers.test_refusals import names_in

pytestmark = pytest.mark.contract

PROTOS = Path(__file__).resolve().parents[4] / "protos/sote/voucher/v1"
KINDS = [
    kind
    for module in (budget, commitment, direct_payment, ledger, settlement)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Refusal) and kind.__module__ == module.__name__
]


def told() -> set[tuple[str, str]]:
    """(status, reason) as the comments of the services pair them."""
    statuses = {code.name for code in StatusCode}
    pairs: set[tuple[str, str]] = set()
    for name in ("budget_service", "direct_payment_service", "settlement_service"):
        for comment in re.findall(r"(?:^ *//.*\n)+", (PROTOS / f"{name}.proto").read_text(), re.MULTILINE):
            status = ""
            for word in re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b", comment):
                if word in statuses:
                    status = word
                else:
                    pairs.add((status, word))
    return pairs


@pytest.mark.parametrize("kind", [*KINDS, IllegalTransition], ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_that_the_proto_tells_REFUSAL_2(kind: type[Refusal]) -> None:
    assert (REFUSALS[kind].name, kind.reason) in told()
    assert kind.rule
    assert kind.__doc__


@pytest.mark.parametrize("table", [budgets, payments], ids=lambda table: table.name)
def test_every_constraint_that_is_a_refusal_is_in_its_table_REFUSAL_2(table: Table) -> None:
    names = names_in(table)
    refused = {name for name in CONSTRAINTS if name.partition("_")[2].startswith(f"{table.name}_")}
    assert refused
    assert refused <= names
    assert all(type(CONSTRAINTS[name]()) in REFUSALS for name in refused)
