"""Other providers are asked about a draft (S1.29)."""

from datetime import date

import pytest

from sote.careplan.v1 import events_pb2 as facts
from sote.provider.v1 import clause_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def test_requests_are_due_after_seven_weekdays_or_as_the_contract_says_S1_29(world: World) -> None:
    world.assess()
    clause = clause_pb2.ClauseFacts(code="CONSULT_RESPONSE", parameters={"weekdays": "3"})
    world.hear(provider.ContractActivated(contract=world.contract_facts("P10", version=2, clauses=[clause])))
    plan = acts.edit(world, acts.draft(world), [acts.support(world), acts.doctor(world)])
    due = {request.provider_id: request.due for request in acts.consult(world, plan)}
    assert due == {world.id("P02"): date(2025, 2, 28), world.id("P10"): date(2025, 2, 24)}
    assert [fact.due_date.day for fact in world.announced(facts.ConsultationRequested)].count(24) == 1
