"""Every refusal about money has a status, and the protos tell it; every named constraint is in the tables."""

import inspect
import re
from pathlib import Path

import pytest
from grpc import StatusCode

from services.kernel.refusal import IllegalTransition, Refusal
from services.voucher.api.purse import budgets as budget_api
from services.voucher.api.spending import commitments as commitments_api
from services.voucher.api.spending import direct_payments as direct_payment_api
from services.voucher.api.spending import settlements as settlement_api
from services.voucher.domain.purse import budget, ledger
from services.voucher.domain.spending import commitment, direct_payment, settlement
from services.voucher.storage.purse.budget import budgets
from services.voucher.storage.spending.direct_payment import payments

pytestmark = pytest.mark.contract

PROTOS = Path(__file__).resolve().parents[4] / "protos/sote/voucher/v1"
REFUSALS = {**budget_api.REFUSALS, **commitments_api.REFUSALS, **direct_payment_api.REFUSALS, **settlement_api.REFUSALS}
CONSTRAINTS = {**budget_api.CONSTRAINTS, **direct_payment_api.CONSTRAINTS}
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


def test_every_constraint_that_is_a_refusal_is_in_the_tables_REFUSAL_2() -> None:
    names = {str(constraint.name) for constraint in budgets.constraints}
    names |= {str(index.name) for index in payments.indexes}
    assert set(CONSTRAINTS) <= names
    assert all(type(make()) in REFUSALS for make in CONSTRAINTS.values())
