"""Every refusal about vouchers has a status, and the protos tell it; every named constraint is in the tables."""

import inspect
import re
from pathlib import Path

import pytest
from grpc import StatusCode
from sqlalchemy import Table

from services.kernel.refusal import IllegalTransition, Refusal
from services.voucher.api.refusals import CONSTRAINTS, REFUSALS
from services.voucher.domain.vouchers import refusals as voucher_refusals
from services.voucher.migrations.tables import METADATA
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


def names_in(table: Table) -> set[str]:
    """Names of the table's indexes and constraints."""
    return {str(index.name) for index in table.indexes} | {str(constraint.name) for constraint in table.constraints}


@pytest.mark.parametrize("table", [vouchers, redemptions], ids=lambda table: table.name)
def test_every_constraint_that_is_a_refusal_is_in_its_table_REFUSAL_2(table: Table) -> None:
    names = names_in(table)
    refused = {name for name in CONSTRAINTS if name.partition("_")[2].startswith(f"{table.name}_")}
    assert refused
    assert refused <= names
    assert all(type(CONSTRAINTS[name]()) in REFUSALS for name in refused)


def test_every_constraint_that_is_a_refusal_is_in_some_table_REFUSAL_2() -> None:
    assert set(CONSTRAINTS) <= {name for table in METADATA.tables.values() for name in names_in(table)}
