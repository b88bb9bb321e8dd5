"""Refusals of CareplanService: each has its status and its reason (REFUSAL-2)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import consultation_pb2
from sote.type.v1 import care_pb2 as care
from tests.builders.careplan.api import Town, delivering

pytestmark = pytest.mark.integration
AGREED = consultation_pb2.CONSULTATION_OUTCOME_AGREED
PRECONDITION, DENIED, INVALID = "FAILED_PRECONDITION", "PERMISSION_DENIED", "INVALID_ARGUMENT"

REFUSED = [
    ("DraftPlan", lambda t, p: t.drafting(str(uuid4())), (PRECONDITION, "CLIENT_UNKNOWN")),
    (
        "DraftPlan",
        lambda t, p: t.drafting(t.client("new"), assessment_id=str(uuid4())),
        (PRECONDITION, "ASSESSMENT_MISSING"),
    ),
    ("DraftPlan", lambda t, p: t.drafting(p.client_id), ("ALREADY_EXISTS", "OPEN_PLAN_EXISTS")),
    (
        "DraftPlan",
        lambda t, p: t.drafting(t.client("follower"), predecessor_id=p.uid),
        (INVALID, "PREDECESSOR_NOT_ALLOWED"),
    ),
    (
        "EditDraft",
        lambda t, p: put(
            t, p, "SOC-FAM-WORK", "OWN", "P01", unit_id=t.id("U-P02"), modes=[care.DELIVERY_MODE_AT_CENTRE]
        ),
        (PRECONDITION, "NO_CENTRE_DECISION"),
    ),
    ("DraftPlan", lambda t, p: rpc.DraftPlanRequest(client_id="x"), (INVALID, "INVALID_REQUEST")),
    (
        "EditDraft",
        lambda t, p: rpc.EditDraftRequest(name=f"plans/{uuid4()}"),
        (DENIED, "NOT_THE_OPERATOR"),
    ),
    (
        "EditDraft",
        lambda t, p: rpc.EditDraftRequest(name=p.name, etag='"0"'),
        ("ABORTED", "VERSION_CONFLICT"),
    ),
    (
        "EditDraft",
        lambda t, p: put(t, p, "SOC-UNHEARD", "OWN", "P01"),
        (PRECONDITION, "SERVICE_NOT_IN_CATALOGUE"),
    ),
    (
        "EditDraft",
        lambda t, p: put(t, p, "HLT-GP", "OWN", "P01"),
        (PRECONDITION, "ARRANGEMENT_NOT_ALLOWED"),
    ),
    (
        "EditDraft",
        lambda t, p: put(t, p, "SOC-FAM-WORK", "OWN", "P01", unit=care.CARE_UNIT_DAY),
        (PRECONDITION, "UNIT_MISMATCH"),
    ),
    ("EditDraft", lambda t, p: put(t, p, "SOC-FAM-WORK", "OWN"), (INVALID, "PROVIDER_REQUIRED")),
    ("EditDraft", lambda t, p: put(t, p, "HLT-OT", "VOUCHER", "P07"), (INVALID, "PROVIDER_NOT_ALLOWED")),
    ("EditDraft", lambda t, p: put(t, p, "SOC-FAM-WORK", "OWN", "P99"), (PRECONDITION, "PROVIDER_UNKNOWN")),
    (
        "EditDraft",
        lambda t, p: put(t, p, "SOC-FAM-WORK", "OWN", "P10"),
        (PRECONDITION, "NO_ACTIVE_CONTRACT"),
    ),
    (
        "EditDraft",
        lambda t, p: put(t, p, "SOC-FAM-WORK", "OWN", "P01", unit_id=t.id("U-P10")),
        (PRECONDITION, "PROVIDER_UNIT_UNKNOWN"),
    ),
    (
        "EditDraft",
        lambda t, p: put(t, p, "SOC-FAM-WORK", "OWN", "P01", modes=[care.DELIVERY_MODE_OTHER]),
        (INVALID, "MODE_TEXT_REQUIRED"),
    ),
    (
        "EditDraft",
        lambda t, p: put(t, p, "SOC-FAM-WORK", "OWN", "P01", goal_ids=[str(uuid4())]),
        ("NOT_FOUND", "GOAL_UNKNOWN"),
    ),
    (
        "EditDraft",
        lambda t, p: rpc.EditDraftRequest(name=p.name, remove_service_ids=[str(uuid4())]),
        ("NOT_FOUND", "PLAN_SERVICE_UNKNOWN"),
    ),
    ("ActivatePlan", lambda t, p: rpc.ActivatePlanRequest(name=p.name), (PRECONDITION, "ILLEGAL_TRANSITION")),
    ("StartReview", lambda t, p: rpc.StartReviewRequest(name=p.name), (INVALID, "INVALID_REQUEST")),
    (
        "RespondToConsultation",
        lambda t, p: rpc.RespondToConsultationRequest(
            name=f"consultations/{uuid4()}", outcome=consultation_pb2.CONSULTATION_OUTCOME_AGREED
        ),
        (DENIED, "NO_RELATIONSHIP"),
    ),
    (
        "AcknowledgePlan",
        lambda t, p: rpc.AcknowledgePlanRequest(name=p.name),
        (DENIED, "NO_RELATIONSHIP"),
    ),
    (
        "RecordDelivery",
        lambda t, p: delivering(t, "nobody"),
        (DENIED, "NO_RELATIONSHIP"),
    ),
    (
        "RecordDelivery",
        lambda t, p: delivering(t, "nobody", voucher_id=str(uuid4())),
        ("UNAVAILABLE", "NOT_YET"),
    ),
]


NAMES = [f"{method} {expected[1]}" for method, _, expected in REFUSED]


def put(town: Town, plan: Any, code: str, how: str, who: str = "", **more: Any) -> rpc.EditDraftRequest:
    return rpc.EditDraftRequest(name=plan.name, put_services=[town.line(code, how, who, **more)])


@pytest.fixture(scope="module")
def shared() -> dict[str, Any]:
    """The one draft that the refusals of this module are tried on; none of them changes it."""
    return {}


@pytest.mark.parametrize(("method", "request_of", "expected"), REFUSED, ids=NAMES)
def test_refusals_are_typed_REFUSAL_2(
    town: Town, shared: dict[str, Any], method: str, request_of: Callable[..., Any], expected: tuple[str, str]
) -> None:
    if not shared:
        shared["plan"], shared["ids"] = town.drafted("lea", town.support()), town.ids
    town.ids = shared["ids"]
    assert town.refused(method, request_of(town, shared["plan"])) == expected
