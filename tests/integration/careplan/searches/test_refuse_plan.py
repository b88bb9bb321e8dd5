"""A provider refuses its part of a plan and another is sought (process E, PLAN-8)."""

from datetime import date

import pytest

from services.careplan.domain.acknowledgements.acknowledgement import RefusalReason
from services.kernel.care import Arrangement
from sote.careplan.v1 import events_pb2 as facts
from tests.builders.careplan import acts
from tests.builders.careplan import searches as search_world
from tests.builders.careplan.county import World
from tests.builders.careplan.searches import HOME, SUPPORT, cases, only, tell

pytestmark = pytest.mark.integration


def test_a_refusal_is_told_and_kept_PLAN_8(world: World) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    refused = acts.refuse(world, plan, "P10", RefusalReason.OTHER)
    assert (refused.state.value, refused.breach) == ("REFUSED", True)
    (fact,) = world.announced(facts.PlanRefusedByProvider)
    assert (fact.reason_code, fact.major, fact.minor) == ("OTHER", refused.major, refused.minor) == ("OTHER", 1, 0)
    assert "rather" not in str(fact)


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_another_provider_is_sought_for_a_purchase_that_is_refused_PLAN_8(world: World, reason: RefusalReason) -> None:
    plan = acts.active_plan(world, [acts.support(world)])
    refused = acts.refuse(world, plan, "P10", reason)
    assert refused.breach is (reason is RefusalReason.OTHER)
    case = only(world)
    assert (case.cause.value, case.old_provider_id, case.refusals) == ("PLAN_REFUSED", world.id("P10"), 1)
    assert acts.service_of(plan, SUPPORT).state.value == "REROUTE"
    (told,) = world.announced(facts.PlanRefusedByProvider)
    assert list(told.contract_ids) == [str(world.id("K-P10"))]


def test_a_centre_may_not_refuse_and_keeps_the_service_PLAN_8(world: World) -> None:
    plan = acts.active_plan(world, [acts.wish(world, "HLT-GP", Arrangement.DIRECT_CHOICE, "P02", 3)])
    refused = acts.refuse(world, plan, "P02")
    service = acts.service_of(plan, "HLT-GP")
    assert (refused.breach, service.state.value, service.provider_id) == (True, "ASSIGNED", world.id("P02"))
    assert cases(world) == []
    (told,) = world.announced(facts.PlanRefusedByProvider)
    assert list(told.contract_ids) == [str(world.id("K-P02"))]


def test_who_refused_does_not_come_back_while_its_voucher_lags_behind_PLAN_8(world: World) -> None:
    plan = acts.active_plan(world, [acts.home_help(world)])
    tell(world, plan, "Reserved", 2, "RESERVED", "P05", code=HOME)
    acts.refuse(world, plan, "P05")
    service, case = acts.service_of(plan, HOME), only(world)
    tell(world, plan, "Activated", 3, "ACTIVE", "P05", code=HOME)
    assert (service.state.value, case.state.value) == ("REROUTE", "OPEN")
    search_world.leave(world, plan, who="P05", code=HOME)
    assert (case.started, case.cut_off, len(cases(world))) == (4, date(2025, 4, 14), 1)


def test_the_next_provider_refuses_too_and_stays_off_as_well_PLAN_8(world: World) -> None:
    plan = search_world.inpatient(world)
    search_world.leave(world, plan)
    tell(world, plan, "Reserved", 5, "RESERVED", "P09")
    acts.refuse(world, plan, "P09")
    tell(world, plan, "Activated", 6, "ACTIVE", "P09")
    case, service = only(world), acts.service_of(plan, search_world.INPATIENT)
    assert (service.state.value, case.state.value, case.refusals) == ("REROUTE", "OPEN", 1)
    search_world.leave(world, plan, 7, "P09")
    tell(world, plan, "Reserved", 8, "RESERVED", "P09")
    assert (service.provider_id, case.state.value) == (world.id("P09"), "CHOSEN")
