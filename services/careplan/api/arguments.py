"""Requests as keyword arguments of operations, those the call itself does not bring."""

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from services.careplan.domain.acknowledgements.acknowledgement import RefusalReason
from services.careplan.domain.consultations.consultation import ConsultationStatus
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.terms import CloseReason, OperatorKind, ReviewCause, StatutoryKind
from services.careplan.wire import requests
from services.careplan.wire.statutory import section_from
from services.careplan.wire.values import name_of, words
from services.chassis.identity import Caller
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import id_of
from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2, plan_pb2, statutory_pb2
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.type.v1 import care_pb2

Arguments = dict[str, Any]


class OfPlan(Protocol):
    """A request about a plan that was read."""

    name: str
    etag: str


def plan_id(name: str) -> UUID:
    """The plan a request names."""
    return resource_id(name, "plans")


def version_name(name: str) -> tuple[UUID, int, int]:
    """The plan and the number that `plans/{uuid}/versions/{major}.{minor}` names."""
    plan, _, number = name.partition("/versions/")
    return (plan_id(plan), *requests.version_number(number))


def of_plan(request: OfPlan) -> Arguments:
    """The plan and the etag that was read."""
    return {"plan_id": plan_id(request.name), "etag": request.etag}


def draft_plan(request: rpc.DraftPlanRequest) -> Arguments:
    """P1."""
    return {
        "client_id": uuid_of(request.client_id, "client_id"),
        "assessment_id": id_of(request.assessment_id, "assessment_id"),
        "operator_kind": OperatorKind(name_of(care_pb2.OperatorKind, "OPERATOR_KIND_", request.operator_kind)),
        "operator_unit_id": uuid_of(request.operator_unit_id, "operator_unit_id"),
        "predecessor_id": id_of(request.predecessor_id, "predecessor_id"),
    }


def edit_draft(request: rpc.EditDraftRequest, new_id: Callable[[], UUID]) -> Arguments:
    """P2."""
    return of_plan(request) | {
        "put_goals": [requests.goal(one, new_id) for one in request.put_goals],
        "remove_goals": [uuid_of(one, "remove_goal_ids") for one in request.remove_goal_ids],
        "put_services": [requests.wish(one) for one in request.put_services],
        "remove_services": [uuid_of(one, "remove_service_ids") for one in request.remove_service_ids],
        "client_view": request.client_view if request.HasField("client_view") else None,
        "put_sections": [section_from(one) for one in request.put_statutory_sections],
        "remove_sections": words(
            StatutoryKind, statutory_pb2.StatutoryKind, "STATUTORY_KIND_", request.remove_statutory_kinds
        ),
    }


def respond(request: rpc.RespondToConsultationRequest) -> Arguments:
    """P4."""
    outcome = name_of(consultation_pb2.ConsultationOutcome, "CONSULTATION_OUTCOME_", request.outcome)
    return {
        "consultation_id": resource_id(request.name, "consultations"),
        "outcome": ConsultationStatus(outcome),
        "text": request.text,
    }


def resolve(request: rpc.ResolveObjectionRequest) -> Arguments:
    """P6."""
    consultation_id = resource_id(request.name, "consultations")
    return {"consultation_id": consultation_id, "etag": request.etag, "resolution": request.resolution}


def start_review(request: rpc.StartReviewRequest) -> Arguments:
    """P11."""
    cause = ReviewCause(name_of(plan_pb2.ReviewCause, "REVIEW_CAUSE_", request.cause))
    return of_plan(request) | {"cause": cause}


def close_plan(request: rpc.ClosePlanRequest) -> Arguments:
    """P16."""
    return of_plan(request) | {"reason": CloseReason(name_of(rpc.CloseReason, "CLOSE_REASON_", request.reason))}


def acknowledge(request: rpc.AcknowledgePlanRequest) -> Arguments:
    """P7."""
    number = request.version_number
    return {"plan_id": plan_id(request.name), "version": requests.version_number(number) if number else None}


def refuse(request: rpc.RefusePlanRequest) -> Arguments:
    """P8."""
    reason = RefusalReason(name_of(acknowledgement_pb2.RefusalReason, "REFUSAL_REASON_", request.reason))
    return {"plan_id": plan_id(request.name), "reason": reason, "text": request.text}


def record_delivery(request: rpc.RecordDeliveryRequest, caller: Caller) -> Arguments:
    """P10; refuses with `NoRelationship` a caller who works for no provider."""
    organisation = requests.organisation_of(caller)
    if organisation is None:
        raise NoRelationship
    return {
        "given": requests.given(request, organisation),
        "plan_service_id": id_of(request.plan_service_id, "plan_service_id"),
        "voucher_id": id_of(request.voucher_id, "voucher_id"),
    }


def complete(request: rpc.CompletePlanServiceRequest) -> Arguments:
    """3.3.2."""
    return of_plan(request) | {"plan_service_id": uuid_of(request.plan_service_id, "plan_service_id")}
