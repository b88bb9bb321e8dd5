"""Facts of a plan hold no free text (INV-25)."""

from dataclasses import replace
from datetime import date

import pytest

from services.careplan.domain.plans.plan import Plan
from sote.careplan.v1 import events_pb2 as facts
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan.county import FIRST, World

pytestmark = pytest.mark.integration
HOME = "SOC-FAM-HOME"


def chosen(world: World) -> Plan:
    """A plan with home help at P05 and a support family at P10."""
    plan = acts.active_plan(world, [acts.home_help(world), acts.support(world)])
    world.hear(voucher.VoucherIssued(voucher=acts.voucher_of(world, plan, HOME, 1, "ISSUED")))
    world.hear(voucher.VoucherReserved(voucher=acts.voucher_of(world, plan, HOME, 2, "RESERVED", "P05")))
    world.at(date(2025, 3, 10))
    return plan


def test_no_fact_holds_free_text_INV_25(world: World) -> None:
    plan = chosen(world)
    what = replace(acts.given(world, HOME, "P05", FIRST), place="the red house", performer_title="carer")
    acts.deliver(world, what)
    rows = [str(one) for one in world.announced(facts.DeliveryRecorded) + world.announced(facts.PlanActivated)]
    assert all(text not in row for row in rows for text in ("red house", acts.VIEW, "School days"))
    assert plan.client_view == acts.VIEW
