"""Plans, vouchers and chain steps as their services tell them, as far as relationships follow from them."""

from typing import Any
from uuid import UUID

from services.chassis.values import id_of
from services.chassis.words import name_of
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.domain.relationships.sources import (
    PlannedService,
    PlanTold,
    ties_of_referral,
    ties_of_search,
    ties_of_voucher,
)
from sote.careplan.v1 import chain_pb2, plan_pb2, reroute_pb2
from sote.careplan.v1 import events_pb2 as careplan
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import voucher_pb2


def plan_told(facts: careplan.PlanFacts) -> dict[str, Any]:
    """A plan, as keyword arguments of `follow_plan`."""
    plan = PlanTold(
        plan_id=UUID(facts.plan_id),
        operator_id=UUID(facts.operator_organisation_id),
        operator_unit_id=id_of(facts.operator_unit_id),
        state=name_of(plan_pb2.PlanState, facts.state),
        services=tuple(
            PlannedService(
                id_of(one.provider_id),
                id_of(one.unit_id),
                name_of(plan_pb2.PlanServiceState, one.state),
            )
            for one in facts.services
        ),
    )
    return {"client_id": UUID(facts.client_id), "plan": plan, "version": facts.version}


def consultation_told(event: careplan.ConsultationRequested) -> dict[str, Any]:
    """A consultation, as keyword arguments of `follow_consultation`."""
    return {
        "client_id": UUID(event.client_id),
        "plan_id": UUID(event.plan_id),
        "provider_id": UUID(event.provider_id),
    }


def voucher_told(facts: voucher.VoucherFacts) -> dict[str, Any]:
    """A voucher, as keyword arguments of `follow_source`."""
    state = name_of(voucher_pb2.VoucherState, facts.state)
    ties = ties_of_voucher(state, id_of(facts.provider_id), id_of(facts.unit_id))
    return _source(facts, facts.voucher_id, ties)


def search_told(facts: careplan.RerouteCaseFacts) -> dict[str, Any]:
    """The search for another provider, as keyword arguments of `follow_source`."""
    state = name_of(reroute_pb2.RerouteCaseState, facts.state)
    cause = name_of(reroute_pb2.RerouteCaseCause, facts.cause)
    kind = RelationshipKind.PLAN_SERVICE if facts.plan_id else RelationshipKind.VOUCHER
    provider = id_of(facts.old_provider_id)
    served = Tie(kind, provider, id_of(facts.old_unit_id)) if provider else None
    return _source(facts, facts.reroute_case_id, ties_of_search(state, cause, facts.handover_days, served))


def chain_told(facts: careplan.ChainStepFacts) -> dict[str, Any]:
    """A step of a chain, as keyword arguments of `follow_source`."""
    state = name_of(chain_pb2.ChainStepState, facts.state)
    return _source(facts, facts.chain_step_id, ties_of_referral(state, UUID(facts.to_organisation_id)))


def _source(
    facts: voucher.VoucherFacts | careplan.ChainStepFacts | careplan.RerouteCaseFacts, source_id: str, ties: Any
) -> dict[str, Any]:
    return {
        "client_id": UUID(facts.client_id),
        "source_id": UUID(source_id),
        "ties": ties,
        "version": facts.version,
    }
