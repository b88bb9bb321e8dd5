"""Acknowledgements that do not come in time are overdue (PLAN-18)."""

from datetime import date

import pytest

from services.careplan.operations.acknowledgements.pass_acknowledgements_due import pass_acknowledgements_due
from sote.careplan.v1 import events_pb2 as facts
from tests.builders.careplan import acts
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration


def test_an_overdue_promise_names_the_contracts_S1_30(world: World) -> None:
    acts.active_plan(world, [acts.support(world)])
    pass_acknowledgements_due(world.session, now=world.at(date(2025, 6, 1)).now)
    (told,) = world.announced(facts.AcknowledgementOverdue)
    assert list(told.contract_ids) == [str(world.id("K-P10"))]
