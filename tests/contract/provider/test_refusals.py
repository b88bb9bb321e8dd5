"""Every refusal of the provider service has a status, and its protos tell status and reason together."""

import inspect
from pathlib import Path

import pytest

from services.kernel.refusal import IllegalTransition, InvalidValue, NotFound, Refusal
from services.provider.api import CONSTRAINTS, REFUSALS
from services.provider.domain import contract_refusals, refusals
from services.provider.storage.tables import METADATA

PROTOS = sorted((Path(__file__).resolve().parents[3] / "protos/sote/provider/v1").glob("*_service.proto"))
BASES = {Refusal, NotFound, InvalidValue, refusals.AlreadyExists}
KINDS = [
    IllegalTransition,
    *(
        kind
        for room in (refusals, contract_refusals)
        for _, kind in inspect.getmembers(room, inspect.isclass)
        if issubclass(kind, Refusal) and kind not in BASES
    ),
]


def test_every_refusal_has_a_status_REFUSAL_2() -> None:
    assert set(KINDS) <= set(REFUSALS)
    assert all(issubclass(kind, Refusal) for kind in REFUSALS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_tells_its_reason_and_rule_REFUSAL_2(kind: type[Refusal]) -> None:
    assert kind.reason == kind.reason.upper() != "REFUSED"
    assert kind.rule
    assert kind.__doc__


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_proto_tells_the_reason_and_its_status_REFUSAL_2(kind: type[Refusal]) -> None:
    told = " ".join(" ".join(path.read_text() for path in PROTOS).replace("//", " ").split())
    if issubclass(kind, NotFound):
        assert "NOT_FOUND with the reason" in told
    else:
        assert kind.reason in told
    assert REFUSALS[kind].name in told


def test_every_constraint_that_is_a_refusal_is_in_the_tables_REFUSAL_2() -> None:
    tables = METADATA.tables.values()
    names = {str(index.name) for table in tables for index in table.indexes}
    names |= {str(constraint.name) for table in tables for constraint in table.constraints}
    assert set(CONSTRAINTS) <= names
    assert all(type(make()) in REFUSALS for make in CONSTRAINTS.values())
