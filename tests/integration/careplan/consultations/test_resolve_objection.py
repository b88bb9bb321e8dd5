"""An objection is resolved by the operator or the county (S2.13)."""

from typing import Any

import pytest

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import (
    NotTheOperator,
    ObjectionUnresolved,
)
from services.careplan.operations.consultations.resolve_objection import resolve_objection
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def resolve(world: World, consultation_id: Any, by: str) -> None:
    resolve_objection(
        world.session,
        consultation_id=consultation_id,
        etag="",
        resolution="more in autumn",
        caller=world.caller(by),
        now=world.now,
    )


@pytest.mark.parametrize("by", ["P01"])
def test_an_objection_is_resolved_with_a_text_S2_13(world: World, by: str) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    acts.answer(world, request, ConsultationState.OBJECTED, "too little")
    with pytest.raises(ObjectionUnresolved):
        acts.activate(world, plan)
    with pytest.raises(NotTheOperator):
        resolve(world, request.id, "P10")
    resolve(world, request.id, by)
    assert acts.activate(world, plan).state is PlanState.ACTIVE


def test_the_county_resolves_an_objection_to_a_plan_that_a_centre_operates_S2_13(world: World) -> None:
    plan = acts.plan_of_centre(world, [acts.support(world)])
    (request,) = acts.consult(world, plan, "P02")
    acts.answer(world, request, ConsultationState.OBJECTED, "too little")
    with pytest.raises(NotTheOperator):
        resolve(world, request.id, "P10")
    with pytest.raises(ObjectionUnresolved):
        acts.activate(world, plan, caller="P02")
    resolve(world, request.id, "P01")
    assert acts.activate(world, plan, caller="P02").state is PlanState.ACTIVE
