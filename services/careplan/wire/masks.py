"""Masking resources for a provider that may not see sensitive services of others (DESIGN-6, ACCESS-4)."""

from collections.abc import Collection, Iterable

from services.careplan.domain.plans.masking import Mask
from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2, plan_pb2, statutory_pb2

_KEPT = {"plan_service_id", "from_date", "to_date", "sensitive"}


_Contents = plan_pb2.Plan | plan_pb2.PlanDraft | plan_pb2.PlanVersion


def mask_plan(plan: plan_pb2.Plan, mask: Mask) -> plan_pb2.Plan:
    """The plan as the reader may see it; of others' consultations and promises only how they stand."""
    hidden = {str(uid) for uid in mask.services}
    _mask_contents(plan, [service.line for service in plan.services], hidden)
    for service in plan.services:
        if service.line.masked:
            for name in ("voucher_id", "units_delivered", "deliveries", "last_delivery_date"):
                service.ClearField(name)
    if plan.HasField("draft"):
        _mask_contents(plan.draft, plan.draft.services, hidden)
    for consultation in plan.consultations:
        _mask_consultation(consultation, mask)
    for acknowledgement in plan.acknowledgements:
        _mask_acknowledgement(acknowledgement, mask)
    return plan


def mask_version(version: plan_pb2.PlanVersion, mask: Mask) -> plan_pb2.PlanVersion:
    """The version as the reader may see it."""
    _mask_contents(version, version.services, {str(uid) for uid in mask.services})
    return version


def _mask_contents(it: _Contents, lines: Iterable[plan_pb2.ServiceLine], hidden: Collection[str]) -> None:
    """Services by their days alone, goals that only they serve without words, sections of statutes without contents."""
    lines = list(lines)
    serving = [(set(line.goal_ids), line.plan_service_id in hidden) for line in lines]
    for goal in it.goals:
        whose = [masked for goals, masked in serving if goal.goal_id in goals]
        if whose and all(whose):
            goal.ClearField("text")
            goal.ClearField("needs")
    for section in it.statutory_sections:
        if not section.plan_service_ids or any(uid in hidden for uid in section.plan_service_ids):
            _empty(section)
    for line in lines:
        if line.plan_service_id in hidden:
            for field, _ in line.ListFields():
                if field.name not in _KEPT:
                    line.ClearField(field.name)  # type: ignore[arg-type]
            line.masked = True


def _empty(section: statutory_pb2.StatutorySection) -> None:
    """Only which section it is stays."""
    kind = section.WhichOneof("section")
    if kind is not None:
        inner = getattr(section, kind)
        inner.Clear()
        inner.SetInParent()


def _mask_consultation(consultation: consultation_pb2.Consultation, mask: Mask) -> None:
    if consultation.provider_id == str(mask.reader):
        return
    for name in ("text", "resolution", "plan_service_ids"):
        consultation.ClearField(name)
    if consultation.provider_id in {str(uid) for uid in mask.providers}:
        consultation.ClearField("provider_id")


def _mask_acknowledgement(acknowledgement: acknowledgement_pb2.Acknowledgement, mask: Mask) -> None:
    if acknowledgement.provider_id == str(mask.reader):
        return
    acknowledgement.ClearField("refusal_reason")
    if acknowledgement.provider_id in {str(uid) for uid in mask.providers}:
        acknowledgement.ClearField("provider_id")
