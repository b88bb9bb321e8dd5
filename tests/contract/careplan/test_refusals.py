"""What the protos promise about refusals is what the api does: every domain refusal has a status and is documented."""

import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import grpc
import pytest
from google.rpc import error_details_pb2

from services.careplan import domain
from services.careplan.api.refusals import CONSTRAINTS, REFUSALS
from services.careplan.storage.columns import METADATA
from services.chassis.refusals import Refusals
from services.kernel.refusal import IllegalTransition, Refusal

pytestmark = pytest.mark.contract
PROTOS = Path(__file__).resolve().parents[3] / "protos" / "sote" / "careplan" / "v1"
CODES = {code.name for code in grpc.StatusCode}
OF_THE_CHASSIS = {"VERSION_CONFLICT": "ABORTED", "INVALID_FIELD": "INVALID_ARGUMENT", "NOT_YET": "UNAVAILABLE"}
OF_FACTS = {"OPEN_PLAN_MISSING"}
MODULES = tuple(
    import_module(module.name)
    for module in walk_packages(domain.__path__, f"{domain.__name__}.")
    if module.name.endswith(".refusals")
)


def promised() -> dict[str, set[str]]:
    """reason -> statuses, as the comments of the service's rpcs tell."""
    found: dict[str, set[str]] = {}
    lines = [line for file in PROTOS.glob("*_service.proto") for line in file.read_text().splitlines()]
    for line in lines:
        told = re.match(r"\s*// - ([A-Z_]+) ([A-Z_]+(?:, [A-Z_]+)*): ", line)
        if told and told[1] in CODES:
            for reason in told[2].split(", "):
                found.setdefault(reason, set()).add(told[1])
    return found


def domain_refusals() -> list[type[Refusal]]:
    """Every refusal the domain defines."""
    kinds = [kind for module in MODULES for _, kind in inspect.getmembers(module, inspect.isclass)]
    return [IllegalTransition, *(kind for kind in kinds if issubclass(kind, Refusal) and kind is not Refusal)]


@pytest.mark.parametrize("kind", domain_refusals(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_a_reason_a_rule_and_a_sentence_REFUSAL_2(kind: type[Refusal]) -> None:
    assert kind in REFUSALS
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kind.reason)
    assert kind.rule
    assert kind.__doc__


def test_the_protos_name_every_refusal_with_its_status_REFUSAL_2() -> None:
    expected = {kind.reason: {REFUSALS[kind].name} for kind in domain_refusals() if kind.reason not in OF_FACTS}
    expected |= {reason: {status} for reason, status in OF_THE_CHASSIS.items()}
    assert promised() == expected


def test_reasons_told_by_facts_are_named_there() -> None:
    text = (PROTOS / "events.proto").read_text()
    assert all(reason in text for reason in OF_FACTS)


def test_the_constraints_that_stand_for_refusals_exist() -> None:
    names = {index.name for table in METADATA.tables.values() for index in table.indexes}
    assert set(CONSTRAINTS) <= names


def test_reasons_are_told_apart() -> None:
    reasons = [kind.reason for kind in domain_refusals()]
    assert len(reasons) == len(set(reasons))


REGULATED = ("S1.23", "S1.28", "S1.29", "S1.42", "S1.43b", "S2.09", "S2.13", "S2.15", "INV-01")


@pytest.mark.parametrize("kind", [kind for kind in domain_refusals() if kind.rule in REGULATED])
def test_a_refusal_of_what_the_law_regulates_tells_its_legal_basis_S2_03(kind: type[Refusal]) -> None:
    basis = getattr(kind, "legal_basis", "")
    assert re.search(r"\(\d+/\d{4}\)|draft 2017|\d+/\d{4} \d+ §", basis)
    status = Refusals("careplan", REFUSALS, CONSTRAINTS).status(kind.__new__(kind), correlation_id="c")
    info = error_details_pb2.ErrorInfo()
    status.details[0].Unpack(info)
    assert info.metadata["legal_basis"] == basis
