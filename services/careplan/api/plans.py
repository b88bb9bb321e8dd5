"""CareplanService: plans from draft to end, what others are asked about them, and what is delivered."""

import grpc
from sqlalchemy.orm import Session

from services.careplan.api.acting import is_own
from services.careplan.domain.acknowledgements.acknowledgement import RefusalReason
from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import CloseReason, OperatorKind, ReviewCause
from services.careplan.operations.acknowledgements.acknowledge_plan import acknowledge_plan
from services.careplan.operations.consultations.resolve_objection import resolve_objection
from services.careplan.operations.consultations.respond_to_consultation import respond_to_consultation
from services.careplan.operations.consultations.start_consultation import start_consultation
from services.careplan.operations.deliveries.record_delivery import record_delivery
from services.careplan.operations.lifecycle.activate_plan import activate_plan
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from services.careplan.operations.lifecycle.close_plan import close_plan
from services.careplan.operations.lifecycle.complete_plan_service import complete_plan_service
from services.careplan.operations.lifecycle.discard_review import discard_review
from services.careplan.operations.lifecycle.draft_plan import draft_plan
from services.careplan.operations.lifecycle.edit_draft import edit_draft
from services.careplan.operations.lifecycle.return_to_draft import return_to_draft
from services.careplan.operations.lifecycle.start_review import start_review
from services.careplan.operations.searches.refuse_plan import refuse_plan
from services.careplan.views import lists
from services.careplan.views.plans import get_plan, get_version, list_plans, show_plan
from services.careplan.wire import plans as wire
from services.careplan.wire import requests
from services.careplan.wire.requests import organisation_of
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import id_of
from services.chassis.words import word
from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2, delivery_pb2, plan_pb2
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1.careplan_service_pb2_grpc import CareplanServiceServicer
from sote.type.v1 import care_pb2, section_pb2

PLANS, CONSULTATIONS = "plans", "consultations"


class CareplanApi(CareplanServiceServicer):
    """The api of care plans."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def DraftPlan(self, request: rpc.DraftPlanRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = draft_plan(
            session,
            client_id=uuid_of(request.client_id, "client_id"),
            assessment_id=id_of(request.assessment_id, "assessment_id"),
            operator_kind=word(OperatorKind, care_pb2.OperatorKind, request.operator_kind, "operator_kind"),
            operator_unit_id=uuid_of(request.operator_unit_id, "operator_unit_id"),
            predecessor_id=id_of(request.predecessor_id, "predecessor_id"),
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return show_plan(session, plan)

    @writes
    def EditDraft(self, request: rpc.EditDraftRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = edit_draft(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            changes=requests.draft_changes(request, call.new_id),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return show_plan(session, plan)

    @writes
    def StartConsultation(self, request: rpc.StartConsultationRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = start_consultation(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return show_plan(session, plan)

    @writes
    def RespondToConsultation(
        self, request: rpc.RespondToConsultationRequest, call: Call, session: Session
    ) -> consultation_pb2.Consultation:
        consultation = respond_to_consultation(
            session,
            consultation_id=resource_id(request.name, CONSULTATIONS),
            outcome=word(ConsultationState, consultation_pb2.ConsultationOutcome, request.outcome, "outcome"),
            text=request.text,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
        )
        return wire.consultation(consultation)

    @writes
    def ResolveObjection(
        self, request: rpc.ResolveObjectionRequest, call: Call, session: Session
    ) -> consultation_pb2.Consultation:
        consultation = resolve_objection(
            session,
            consultation_id=resource_id(request.name, CONSULTATIONS),
            etag=request.etag,
            resolution=request.resolution,
            caller=call.caller,
            now=call.now,
        )
        return wire.consultation(consultation)

    @writes
    def ReturnToDraft(self, request: rpc.ReturnToDraftRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = return_to_draft(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            reason=request.reason,
            caller=call.caller,
            now=call.now,
        )
        return show_plan(session, plan)

    @writes
    def ActivatePlan(self, request: rpc.ActivatePlanRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = activate_plan(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            first=True,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return show_plan(session, plan)

    @writes
    def ActivateVersion(self, request: rpc.ActivateVersionRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = activate_plan(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            first=False,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return show_plan(session, plan)

    @writes
    def StartReview(self, request: rpc.StartReviewRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = start_review(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            cause=word(ReviewCause, plan_pb2.ReviewCause, request.cause, "cause"),
            caller=call.caller,
            now=call.now,
        )
        return show_plan(session, plan)

    @writes
    def DiscardReview(self, request: rpc.DiscardReviewRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = discard_review(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            reason=request.reason,
            caller=call.caller,
            now=call.now,
        )
        return show_plan(session, plan)

    @writes
    def CancelPlan(self, request: rpc.CancelPlanRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = cancel_plan(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            reason=request.reason,
            caller=call.caller,
            now=call.now,
        )
        return show_plan(session, plan)

    @writes
    def ClosePlan(self, request: rpc.ClosePlanRequest, call: Call, session: Session) -> plan_pb2.Plan:
        plan = close_plan(
            session,
            plan_id=resource_id(request.name, PLANS),
            etag=request.etag,
            reason=word(CloseReason, rpc.CloseReason, request.reason, "reason"),
            caller=call.caller,
            now=call.now,
        )
        return show_plan(session, plan)

    @writes
    def AcknowledgePlan(
        self, request: rpc.AcknowledgePlanRequest, call: Call, session: Session
    ) -> acknowledgement_pb2.Acknowledgement:
        acknowledgement = acknowledge_plan(
            session,
            plan_id=resource_id(request.name, PLANS),
            version=requests.version_number(request.version_number) if request.version_number else None,
            caller=call.caller,
            now=call.now,
        )
        return wire.acknowledgement(acknowledgement)

    @writes
    def RefusePlan(
        self, request: rpc.RefusePlanRequest, call: Call, session: Session
    ) -> acknowledgement_pb2.Acknowledgement:
        acknowledgement = refuse_plan(
            session,
            plan_id=resource_id(request.name, PLANS),
            reason=word(RefusalReason, acknowledgement_pb2.RefusalReason, request.reason, "reason"),
            text=request.text,
            rules=self._rules,
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.acknowledgement(acknowledgement)

    @writes
    def RecordDelivery(self, request: rpc.RecordDeliveryRequest, call: Call, session: Session) -> delivery_pb2.Delivery:
        organisation = organisation_of(call.caller)
        if organisation is None:
            raise NoRelationship
        delivery, deviation = record_delivery(
            session,
            given=requests.given(request, organisation),
            plan_service_id=id_of(request.plan_service_id, "plan_service_id"),
            voucher_id=id_of(request.voucher_id, "voucher_id"),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id,
        )
        return wire.delivery(delivery, deviation)

    @writes
    def CompletePlanService(
        self, request: rpc.CompletePlanServiceRequest, call: Call, session: Session
    ) -> plan_pb2.Plan:
        plan = complete_plan_service(
            session,
            plan_id=resource_id(request.name, PLANS),
            plan_service_id=uuid_of(request.plan_service_id, "plan_service_id"),
            etag=request.etag,
            caller=call.caller,
            now=call.now,
        )
        return show_plan(session, plan)

    @reads
    def GetPlan(self, request: rpc.GetPlanRequest, call: Call, session: Session) -> plan_pb2.Plan:
        return get_plan(session, resource_id(request.name, PLANS), call.caller, self._rules)

    @reads
    def ListPlans(self, request: rpc.ListPlansRequest, call: Call, session: Session) -> rpc.ListPlansResponse:
        return list_plans(session, request, call.caller, self._rules)

    @reads
    def GetPlanVersion(self, request: rpc.GetPlanVersionRequest, call: Call, session: Session) -> plan_pb2.PlanVersion:
        plan, _, number = request.name.partition("/versions/")
        major, minor = requests.version_number(number)
        return get_version(session, resource_id(plan, PLANS), major, minor, call.caller, self._rules)

    @reads
    def ListConsultations(
        self, request: rpc.ListConsultationsRequest, call: Call, session: Session
    ) -> rpc.ListConsultationsResponse:
        return lists.list_consultations(session, request, call.caller)

    @reads
    def ListAcknowledgements(
        self, request: rpc.ListAcknowledgementsRequest, call: Call, session: Session
    ) -> rpc.ListAcknowledgementsResponse:
        return lists.list_acknowledgements(session, request, call.caller)

    @reads
    def ListDeliveries(
        self, request: rpc.ListDeliveriesRequest, call: Call, session: Session
    ) -> rpc.ListDeliveriesResponse:
        return lists.list_deliveries(session, request, call.caller)

    def GetSections(
        self, request: section_pb2.GetSectionsRequest, context: grpc.ServicerContext
    ) -> section_pb2.GetSectionsResponse:
        return self._door.sections(request, context, is_own)
