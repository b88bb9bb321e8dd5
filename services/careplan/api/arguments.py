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
from services.chassis.identity import Caller
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import id_of
from services.chassis.words import word, words
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
        "operator_kind": word(OperatorKind, care_pb2.OperatorKind, request.operator_kind, "operator_kind"),
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
        "remove_sections": words(StatutoryKind, statutory_pb2.StatutoryKind, request.remove_statutory_kinds),
    }


def respond(request: rpc.RespondToConsultationRequest) -> Arguments:
    """P4."""
    outcome = word(ConsultationStatus, consultation_pb2.ConsultationOutcome, request.outcome, "outcome")
    return {
        "consultation_id": resource_id(request.name, "consultations"),
        "outcome": outcome,
        "text": request.text,
    }


def resolve(request: rpc.ResolveObjectionRequest) -> Arguments:
    """P6."""
    consultation_id = resource_id(request.name, "consultations")
    return {"consultation_id": consultation_id, "etag": request.etag, "resolution": request.resolution}


def start_review(request: rpc.StartReviewRequest) -> Arguments:
    """P11."""
    cause = word(ReviewCause, plan_pb2.ReviewCause, request.cause, "cause")
    return of_plan(request) | {"cause": cause}


def close_plan(request: rpc.ClosePlanRequest) -> Arguments:
    """P16."""
    return of_plan(request) | {"reason": word(CloseReason, rpc.CloseReason, request.reason, "reason")}


def acknowledge(request: rpc.AcknowledgePlanRequest) -> Arguments:
    """P7."""
    number = request.version_number
    return {"plan_id": plan_id(request.name), "version": requests.version_number(number) if number else None}


def refuse(request: rpc.RefusePlanRequest) -> Arguments:
    """P8."""
    reason = word(RefusalReason, acknowledgement_pb2.RefusalReason, request.reason, "reason")
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
