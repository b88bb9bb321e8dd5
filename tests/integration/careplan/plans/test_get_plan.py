"""Who reads a plan: those who have a part in it, as long as they have it (S1.42)."""

import pytest

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.operations.lifecycle.return_to_draft import return_to_draft
from services.careplan.views.plans import get_plan
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def number_read_by(world: World, plan: Plan, who: str) -> str:
    return get_plan(world.session, plan.id, world.caller(who, "PRV"), world.rules).number


def test_who_was_asked_about_a_part_since_removed_reads_the_plan_no_more_S1_42(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world), acts.doctor(world)])
    with pytest.raises(NoRelationship):
        number_read_by(world, plan, "P10")
    acts.consult(world, plan)
    assert number_read_by(world, plan, "P10") == plan.number
    operator = world.caller("P01")
    return_to_draft(world.session, plan_id=plan.id, etag="", reason="without support", caller=operator, now=world.now)
    support = next(line for line in plan.drawn_up().services if line.service_code == "SOC-FAM-SUPP")
    acts.edit(world, plan, remove_services=[support.plan_service_id])
    acts.consult(world, plan)
    with pytest.raises(NoRelationship):
        number_read_by(world, plan, "P10")
    assert number_read_by(world, plan, "P02") == plan.number
