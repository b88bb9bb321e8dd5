"""Every refusal about vouchers has a status, and the protos tell it; every named constraint is in the tables."""

import inspect
import re
from pathlib import Path

import pytest
from grpc import StatusCode

from services.kernel.refusal import IllegalTransition, Refusal
from services.voucher.api.vouchers.vouchers import CONSTRAINTS, REFUSALS
from services.voucher.domain.vouchers import refusals as voucher_refusals
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.vouchers.voucher import vouchers

pytestmark = pytest.mark.contract

PROTO = Path(__file__).resolve().parents[4] / "protos/sote/voucher/v1/voucher_service.proto"
KINDS = [
    kind
    for _, kind in inspect.getmembers(voucher_refusals, inspect.isclass)
    if issubclass(kind, Refusal) and kind is not Refusal
]


def told(proto: Path = PROTO) -> set[tuple[str, str]]:
    """(status, reason) as the comments pair them: a status holds for every reason up to the next status."""
    statuses = {code.name for code in StatusCode}
    pairs: set[tuple[str, str]] = set()
    for comment in re.findall(r"(?:^ *//.*\n)+", proto.read_text(), re.MULTILINE):
        status = ""
        for word in re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\bDUPLICATE\b", comment):
            if word in statuses:
                status = word
            else:
                pairs.add((status, word))
    return pairs


@pytest.mark.parametrize("kind", [*KINDS, IllegalTransition], ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_that_the_proto_tells_REFUSAL_2(kind: type[Refusal]) -> None:
    assert (REFUSALS[kind].name, kind.reason) in told()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_names_its_rule_and_says_why_REFUSAL_2(kind: type[Refusal]) -> None:
    assert kind.rule
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kind.reason)
    assert kind.__doc__


def test_every_constraint_that_is_a_refusal_is_in_the_tables_REFUSAL_2() -> None:
    names = {str(index.name) for table in (vouchers, redemptions) for index in table.indexes}
    names |= {str(constraint.name) for table in (vouchers, redemptions) for constraint in table.constraints}
    assert set(CONSTRAINTS) <= names
    assert all(type(make()) in REFUSALS for make in CONSTRAINTS.values())
