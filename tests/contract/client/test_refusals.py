"""Every refusal of the client service has a status, and the protos tell its reason."""

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from services.client import domain
from services.client.api import CONSTRAINTS, REFUSALS
from services.client.domain.refusals import Unknown
from services.client.storage import METADATA
from services.kernel.refusal import IllegalTransition, Refusal

PROTOS = sorted((Path(__file__).resolve().parents[3] / "protos/sote/client/v1").glob("*_service.proto"))
TOLD = " ".join(" ".join(path.read_text() for path in PROTOS).replace("//", " ").split())
ROOMS = [import_module(found.name) for found in pkgutil.walk_packages(domain.__path__, prefix=f"{domain.__name__}.")]
KINDS = [
    kind
    for module in ROOMS
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Refusal) and kind.__module__ == module.__name__ and kind is not Refusal
]
UNKNOWN = [
    *("CLIENT", "CONTACT", "TEAM", "MEMBER", "ASSESSMENT", "DECISION", "GUIDANCE", "CHOICE"),
    *("CONSENT", "REPRESENTATIVE"),
]


def test_every_refusal_has_a_status_and_nothing_else_has_REFUSAL_2() -> None:
    assert set(REFUSALS) == {*KINDS, IllegalTransition}


@pytest.mark.parametrize(
    "kind", [kind for kind in (*KINDS, IllegalTransition) if kind is not Unknown], ids=lambda kind: kind.__name__
)
def test_the_proto_tells_the_status_and_the_reason_together_REFUSAL_2(kind: type[Refusal]) -> None:
    assert f"{REFUSALS[kind].name} {kind.reason}" in TOLD


@pytest.mark.parametrize("what", UNKNOWN)
def test_the_proto_tells_what_is_unknown_REFUSAL_2(what: str) -> None:
    assert f"{what}_UNKNOWN" in TOLD


def test_every_constraint_that_is_a_refusal_is_in_the_tables_REFUSAL_2() -> None:
    names = {index.name for table in METADATA.tables.values() for index in table.indexes}
    assert set(CONSTRAINTS) <= names
    assert all(type(make()) in REFUSALS for make in CONSTRAINTS.values())
