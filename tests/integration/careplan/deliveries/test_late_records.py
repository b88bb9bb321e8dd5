"""Deliveries recorded later than their contract asks (S1.24, INFO_SHARING)."""

from datetime import UTC, date, datetime

import pytest

from services.careplan.domain.deliveries.delivery import DeviationKind
from sote.careplan.v1 import events_pb2 as facts
from sote.provider.v1 import clause_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("hours", "recorded", "kind"),
    [
        # The day of the service, 29 March, ends at 22:00 UTC; the clocks go forward in the night after it.
        ("24", datetime(2025, 3, 30, 22, tzinfo=UTC), None),
        ("24", datetime(2025, 3, 30, 22, 0, 1, tzinfo=UTC), DeviationKind.LATE),
        ("", datetime(2025, 6, 30, tzinfo=UTC), None),
    ],
)
def test_a_delivery_recorded_after_the_hours_of_its_contract_counts_but_deviates_S1_24(
    world: World, hours: str, recorded: datetime, kind: DeviationKind | None
) -> None:
    sharing = [clause_pb2.ClauseFacts(code="INFO_SHARING", parameters={"hours": hours})]
    world.hear(provider.ContractActivated(contract=world.contract_facts("P10", version=2, clauses=sharing)))
    plan = acts.active_plan(world, [acts.support(world)])
    world.now = recorded
    delivery, deviation = acts.deliver(world, acts.given(world, "SOC-FAM-SUPP", "P10", on=date(2025, 3, 29)))
    assert (deviation and (deviation.kind, deviation.contract_id)) == (kind and (kind, world.id("K-P10")))
    assert delivery.conforms is (kind is None)
    assert acts.service_of(plan, "SOC-FAM-SUPP").units_delivered == 1
    (told,) = world.announced(facts.DeliveryRecorded)
    assert (told.delivery_id, told.units) == (str(delivery.id), 1)
