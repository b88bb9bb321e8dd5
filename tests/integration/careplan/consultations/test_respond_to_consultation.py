"""The asked provider answers (PLAN-4)."""

import pytest

from services.careplan.domain.plans.refusals import (
    NoRelationship,
)
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def test_only_the_asked_provider_answers_PLAN_4(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    world.ids["P10"], world.ids["P05"] = world.id("P05"), world.id("P10")
    other = type("Request", (), {"id": request.id, "provider_id": world.id("P10")})()
    with pytest.raises(NoRelationship):
        acts.answer(world, other)
