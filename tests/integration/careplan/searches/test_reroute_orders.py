"""Facts of a voucher that loses its provider end the same in whatever order, and however often, they are heard
(GUARANTEE-6)."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from services.careplan.domain.plans.plan import Plan
from services.careplan.storage.searches import reroute_cases
from services.careplan.storage.searches.reroute_cases import reroute_case_table
from services.kernel.care import Arrangement
from tests.builders.careplan import acts
from tests.builders.careplan import searches as search_world
from tests.builders.careplan.county import World
from tests.builders.careplan.searches import INPATIENT

pytestmark = pytest.mark.integration

HISTORY: list[tuple[str, int, str, str]] = [
    ("Issued", 1, "ISSUED", ""),
    ("Reserved", 2, "RESERVED", "P08"),
    ("Activated", 3, "ACTIVE", "P08"),
    ("RerouteStarted", 4, "REROUTING", ""),
    ("Reserved", 5, "RESERVED", "P09"),
    ("Declined", 6, "REROUTING", ""),
    ("Reserved", 7, "RESERVED", "P09"),
    ("Activated", 8, "ACTIVE", "P09"),
]
ORDERS = some.permutations(range(len(HISTORY))).flatmap(
    lambda order: some.lists(some.sampled_from(order), max_size=4).map(lambda again: [*order, *again])
)


def hear(world: World, plan: Plan, which: int) -> None:
    fact, version, state, who = HISTORY[which]
    if fact == "RerouteStarted":
        search_world.leave(world, plan, version)
        return
    more: dict[str, Any] = {"provider_id": str(world.id("P09"))} if fact == "Declined" else {}
    search_world.tell(world, plan, fact, version, state, who, **more)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=ORDERS)
def test_the_end_does_not_depend_on_the_order_GUARANTEE_6(world: World, order: list[int]) -> None:
    """The service is with the provider chosen last, one search found it, and one provider declined."""
    savepoint = world.session.begin_nested()
    try:
        plan = acts.active_plan(world, [acts.wish(world, INPATIENT, Arrangement.VOUCHER, units=28)])
        for which in order:
            hear(world, plan, which)
        service = acts.service_of(plan, INPATIENT)
        assert (service.state.value, service.provider_id) == ("ASSIGNED", world.id("P09"))
        assert service.voucher_id == world.id(f"voucher {INPATIENT}")
        found = world.session.execute(
            select(reroute_case_table.c.state, reroute_case_table.c.started, reroute_case_table.c.refusals)
        )
        assert [(row.state.value, row.started, row.refusals) for row in found] == [("CHOSEN", 4, 1)]
        assert reroute_cases.refusals_of(world.session, service.id) == 1
    finally:
        savepoint.rollback()
