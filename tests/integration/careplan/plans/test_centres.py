"""The county's own services at centres and by mobile teams, as neighbours' facts allow them (S1.20, S1.21, S1.22)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.careplan.domain.deliveries.refusals import OutsideArea
from services.careplan.domain.plans.line_rules import Wish
from services.careplan.domain.plans.refusals import ModeTextRequired, NoCentreDecision
from services.chassis.sections import read_sections
from services.kernel.care import DeliveryMode
from sote.careplan.v1.section_pb2 import PlanSection
from sote.provider.v1 import centre_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts
from tests.builders.careplan.county import FIRST, LAST, World, day

pytestmark = pytest.mark.integration
WORK = "SOC-FAM-WORK"


def mobile(world: World) -> None:
    """The enterprise's unit is a mobile team for 790."""
    own = world.provider_facts("P01", 2)
    own.units[0].area_municipality_codes.append("790")
    world.hear(provider.ProviderUnitsChanged(provider=own))


def decide(world: World, version: int = 1, last: date | None = None, first: date = FIRST) -> None:
    """The county decides that its family work is given at P02's centre, or ends it on a day."""
    decision = centre_pb2.CentreServiceDecisionFacts(
        centre_service_decision_id=str(world.id("decision")),
        service_code=WORK,
        unit_ids=[str(world.id("U-P02"))],
        from_date=day(first),
        to_date=day(last) if last else None,
        version=version,
    )
    kind = provider.CentreServiceDecisionEnded if last else provider.CentreServiceDecided
    world.hear(kind(decision=decision))


def at_centre(world: World) -> Wish:
    return replace(acts.own_work(world), unit_id=world.id("U-P02"), modes=(DeliveryMode.AT_CENTRE,))


def test_a_service_at_a_centre_needs_a_decision_when_drafted_and_when_it_comes_into_force_S1_20(world: World) -> None:
    world.assess()
    plan = acts.draft(world)
    with pytest.raises(NoCentreDecision):
        acts.edit(world, plan, [at_centre(world)])
    decide(world)
    acts.edit(world, plan, [at_centre(world)])
    acts.consult(world, plan)
    decide(world, 2, LAST.replace(month=5))
    with pytest.raises(NoCentreDecision):
        acts.activate(world, plan)
    decide(world, 3)
    acts.activate(world, plan)
    assert (plan.services[0].unit_id, plan.services[0].provider_id) == (world.id("U-P02"), world.id("P01"))
    (row,) = read_sections(world.session, [world.id("child")])
    (shown,) = PlanSection.FromString(row.body).services
    assert shown.contract_id == str(world.id("K-P01"))


def test_an_older_decision_does_not_undo_its_end_S1_20(world: World) -> None:
    world.assess()
    decide(world, 2, date(2025, 3, 31))
    decide(world, 1)
    with pytest.raises(NoCentreDecision):
        acts.edit(world, acts.draft(world), [at_centre(world)])


def test_a_mobile_visit_outside_the_area_is_refused_and_the_place_is_not_kept_S1_21(world: World) -> None:
    mobile(world)
    team = replace(acts.own_work(world), unit_id=world.id("U-P01"), modes=(DeliveryMode.MOBILE_TEAM,))
    acts.active_plan(world, [team])
    world.at(date(2025, 3, 10))
    visit: dict[str, Any] = {"mode": DeliveryMode.MOBILE_TEAM}
    with pytest.raises(OutsideArea):
        acts.deliver(world, replace(acts.given(world, WORK, "P01"), municipality="837", **visit))
    delivery, deviation = acts.deliver(world, replace(acts.given(world, WORK, "P01"), municipality="790", **visit))
    assert (delivery.conforms, deviation) == (True, None)
    assert "790" not in [value for value in vars(delivery).values() if isinstance(value, str)]


def test_services_as_e_services_or_in_another_way_that_is_described_S1_22(world: World) -> None:
    world.assess()
    plan = acts.edit(world, acts.draft(world), [replace(acts.own_work(world), modes=(DeliveryMode.E_SERVICE,))])
    assert plan.drawn_up().services[0].modes == (DeliveryMode.E_SERVICE,)
    other: dict[str, Any] = {"modes": (DeliveryMode.OTHER,), "plan_service_id": None}
    with pytest.raises(ModeTextRequired):
        acts.edit(world, plan, [replace(acts.own_work(world), **other)])
    acts.edit(world, plan, [replace(acts.own_work(world), mode_text="by telephone", **other)])
    assert [one.mode_text for one in plan.drawn_up().services] == ["", "by telephone"]
