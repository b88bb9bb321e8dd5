"""No answer in time counts as consulted (PLAN-18)."""

from datetime import date

import pytest

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.plans.refusals import (
    ConsultationPending,
)
from services.careplan.operations.consultations.time_out_consultations import time_out_consultations
from services.kernel.refusal import IllegalTransition
from sote.careplan.v1 import events_pb2 as facts
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def test_no_answer_in_time_counts_as_consulted_PLAN_18(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [acts.support(world)])
    (request,) = acts.consult(world, plan)
    time_out_consultations(world.session, now=world.at(request.due).now)
    with pytest.raises(ConsultationPending):
        acts.activate(world, plan)
    time_out_consultations(world.session, now=world.at(date(2025, 3, 3)).now)
    assert request.state is ConsultationState.TIMED_OUT
    assert len(world.announced(facts.ConsultationTimedOut)) == 1
    with pytest.raises(IllegalTransition):
        acts.answer(world, request)
    assert acts.activate(world, plan).version_number == "1.0"
