"""CareplanService: each method turns the request into one operation or one question."""

from typing import Any

from services.careplan.api import arguments
from services.careplan.api.acting import is_own
from services.careplan.domain.rules import Rules
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
from services.chassis.door import Door
from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2, delivery_pb2, plan_pb2
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1.careplan_service_pb2_grpc import CareplanServiceServicer
from sote.type.v1 import section_pb2


class CareplanApi(CareplanServiceServicer):
    """The api of care plans."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def DraftPlan(self, request: rpc.DraftPlanRequest, context: Any) -> plan_pb2.Plan:
        """P1."""
        told = arguments.draft_plan(request)
        return self._door.write(
            request,
            context,
            lambda s, c: show_plan(
                s, draft_plan(s, **told, rules=self._rules, caller=c.caller, now=c.now, new_id=c.new_id)
            ),
        )

    def EditDraft(self, request: rpc.EditDraftRequest, context: Any) -> plan_pb2.Plan:
        """P2."""
        return self._door.write(
            request,
            context,
            lambda s, c: show_plan(
                s,
                edit_draft(s, **arguments.edit_draft(request, c.new_id), caller=c.caller, now=c.now, new_id=c.new_id),
            ),
        )

    def StartConsultation(self, request: rpc.StartConsultationRequest, context: Any) -> plan_pb2.Plan:
        """P3, PLAN-12."""
        told = arguments.of_plan(request)
        return self._door.write(
            request,
            context,
            lambda s, c: show_plan(
                s, start_consultation(s, **told, rules=self._rules, caller=c.caller, now=c.now, new_id=c.new_id)
            ),
        )

    def RespondToConsultation(
        self, request: rpc.RespondToConsultationRequest, context: Any
    ) -> consultation_pb2.Consultation:
        """P4."""
        told = arguments.respond(request) | {"rules": self._rules}
        return self._door.write(
            request,
            context,
            lambda s, c: wire.consultation(respond_to_consultation(s, **told, caller=c.caller, now=c.now)),
        )

    def ResolveObjection(self, request: rpc.ResolveObjectionRequest, context: Any) -> consultation_pb2.Consultation:
        """P6, S2.13."""
        told = arguments.resolve(request)
        return self._door.write(
            request,
            context,
            lambda s, c: wire.consultation(resolve_objection(s, **told, caller=c.caller, now=c.now)),
        )

    def ReturnToDraft(self, request: rpc.ReturnToDraftRequest, context: Any) -> plan_pb2.Plan:
        """P5."""
        told = arguments.of_plan(request) | {"reason": request.reason}
        return self._door.write(
            request, context, lambda s, c: show_plan(s, return_to_draft(s, **told, caller=c.caller, now=c.now))
        )

    def ActivatePlan(self, request: rpc.ActivatePlanRequest, context: Any) -> plan_pb2.Plan:
        """P6."""
        return self._activate(request, context, first=True)

    def ActivateVersion(self, request: rpc.ActivateVersionRequest, context: Any) -> plan_pb2.Plan:
        """P13."""
        return self._activate(request, context, first=False)

    def _activate(
        self, request: rpc.ActivatePlanRequest | rpc.ActivateVersionRequest, context: Any, *, first: bool
    ) -> plan_pb2.Plan:
        told = arguments.of_plan(request) | {"first": first, "rules": self._rules}
        return self._door.write(
            request,
            context,
            lambda s, c: show_plan(s, activate_plan(s, **told, caller=c.caller, now=c.now, new_id=c.new_id)),
        )

    def StartReview(self, request: rpc.StartReviewRequest, context: Any) -> plan_pb2.Plan:
        """P11."""
        told = arguments.start_review(request)
        return self._door.write(
            request, context, lambda s, c: show_plan(s, start_review(s, **told, caller=c.caller, now=c.now))
        )

    def DiscardReview(self, request: rpc.DiscardReviewRequest, context: Any) -> plan_pb2.Plan:
        """P14."""
        told = arguments.of_plan(request) | {"reason": request.reason}
        return self._door.write(
            request, context, lambda s, c: show_plan(s, discard_review(s, **told, caller=c.caller, now=c.now))
        )

    def CancelPlan(self, request: rpc.CancelPlanRequest, context: Any) -> plan_pb2.Plan:
        """P17."""
        told = arguments.of_plan(request) | {"reason": request.reason}
        return self._door.write(
            request, context, lambda s, c: show_plan(s, cancel_plan(s, **told, caller=c.caller, now=c.now))
        )

    def ClosePlan(self, request: rpc.ClosePlanRequest, context: Any) -> plan_pb2.Plan:
        """P16."""
        told = arguments.close_plan(request)
        return self._door.write(
            request, context, lambda s, c: show_plan(s, close_plan(s, **told, caller=c.caller, now=c.now))
        )

    def AcknowledgePlan(self, request: rpc.AcknowledgePlanRequest, context: Any) -> acknowledgement_pb2.Acknowledgement:
        """P7."""
        told = arguments.acknowledge(request)
        return self._door.write(
            request,
            context,
            lambda s, c: wire.acknowledgement(acknowledge_plan(s, **told, caller=c.caller, now=c.now)),
        )

    def RefusePlan(self, request: rpc.RefusePlanRequest, context: Any) -> acknowledgement_pb2.Acknowledgement:
        """P8."""
        told = arguments.refuse(request) | {"rules": self._rules}
        return self._door.write(
            request,
            context,
            lambda s, c: wire.acknowledgement(refuse_plan(s, **told, caller=c.caller, now=c.now, new_id=c.new_id)),
        )

    def RecordDelivery(self, request: rpc.RecordDeliveryRequest, context: Any) -> delivery_pb2.Delivery:
        """P10."""
        return self._door.write(
            request,
            context,
            lambda s, c: wire.delivery(
                *record_delivery(
                    s, **arguments.record_delivery(request, c.caller), caller=c.caller, now=c.now, new_id=c.new_id
                )
            ),
        )

    def CompletePlanService(self, request: rpc.CompletePlanServiceRequest, context: Any) -> plan_pb2.Plan:
        """3.3.2."""
        told = arguments.complete(request)
        return self._door.write(
            request, context, lambda s, c: show_plan(s, complete_plan_service(s, **told, caller=c.caller, now=c.now))
        )

    def GetPlan(self, request: rpc.GetPlanRequest, context: Any) -> plan_pb2.Plan:
        """A plan."""
        plan_id = arguments.plan_id(request.name)
        return self._door.read(request, context, lambda s, c: get_plan(s, plan_id, c.caller, self._rules))

    def ListPlans(self, request: rpc.ListPlansRequest, context: Any) -> rpc.ListPlansResponse:
        """A client's plans."""
        return self._door.read(request, context, lambda s, c: list_plans(s, request, c.caller, self._rules))

    def GetPlanVersion(self, request: rpc.GetPlanVersionRequest, context: Any) -> plan_pb2.PlanVersion:
        """A version of a plan."""
        plan_id, major, minor = arguments.version_name(request.name)
        return self._door.read(
            request, context, lambda s, c: get_version(s, plan_id, major, minor, c.caller, self._rules)
        )

    def ListConsultations(self, request: rpc.ListConsultationsRequest, context: Any) -> rpc.ListConsultationsResponse:
        """What a provider is consulted about."""
        return self._door.read(request, context, lambda s, c: lists.list_consultations(s, request, c.caller))

    def ListAcknowledgements(
        self, request: rpc.ListAcknowledgementsRequest, context: Any
    ) -> rpc.ListAcknowledgementsResponse:
        """What a provider is asked to acknowledge."""
        return self._door.read(request, context, lambda s, c: lists.list_acknowledgements(s, request, c.caller))

    def ListDeliveries(self, request: rpc.ListDeliveriesRequest, context: Any) -> rpc.ListDeliveriesResponse:
        """What was delivered to a client."""
        return self._door.read(request, context, lambda s, c: lists.list_deliveries(s, request, c.caller))

    def GetSections(self, request: section_pb2.GetSectionsRequest, context: Any) -> section_pb2.GetSectionsResponse:
        """The plan sections of some clients, to a client of those it may act for."""
        return self._door.sections(request, context, is_own)
