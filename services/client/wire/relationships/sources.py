"""Plans, vouchers, searches and referrals, as far as relationships follow from them."""

from uuid import UUID

from services.chassis.values import id_of
from services.chassis.words import name_of
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.domain.relationships.sources import (
    PlanCopy,
    PlannedService,
    ties_of_referral,
    ties_of_search,
    ties_of_voucher,
)
from sote.careplan.v1 import chain_pb2, plan_pb2, reroute_pb2
from sote.careplan.v1 import events_pb2 as careplan
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import voucher_pb2


def plan_copy(facts: careplan.PlanFacts) -> PlanCopy:
    """A plan, as far as relationships follow from it."""
    return PlanCopy(
        plan_id=UUID(facts.plan_id),
        operator_id=UUID(facts.operator_organisation_id),
        operator_unit_id=id_of(facts.operator_unit_id),
        state=name_of(plan_pb2.PlanState, facts.state),
        services=tuple(
            PlannedService(
                id_of(service.provider_id),
                id_of(service.unit_id),
                name_of(plan_pb2.PlanServiceState, service.state),
            )
            for service in facts.services
        ),
    )


def voucher_ties(facts: voucher.VoucherFacts) -> frozenset[Tie]:
    """The relationship that a voucher asks for."""
    state = name_of(voucher_pb2.VoucherState, facts.state)
    return ties_of_voucher(state, id_of(facts.provider_id), id_of(facts.unit_id))


def search_ties(facts: careplan.RerouteCaseFacts) -> frozenset[Tie]:
    """The relationship that a search for another provider asks for: the former provider's."""
    state = name_of(reroute_pb2.RerouteCaseState, facts.state)
    cause = name_of(reroute_pb2.RerouteCaseCause, facts.cause)
    kind = RelationshipKind.PLAN_SERVICE if facts.plan_id else RelationshipKind.VOUCHER
    provider = id_of(facts.old_provider_id)
    served = Tie(kind, provider, id_of(facts.old_unit_id)) if provider else None
    return ties_of_search(state, cause, facts.handover_days, served)


def referral_ties(facts: careplan.ChainStepFacts) -> frozenset[Tie]:
    """The relationship that a step of a chain asks for."""
    state = name_of(chain_pb2.ChainStepState, facts.state)
    return ties_of_referral(state, UUID(facts.to_organisation_id))
