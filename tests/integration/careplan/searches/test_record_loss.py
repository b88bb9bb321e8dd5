"""Providers that decline and clients who refuse vouchers, counted for the search (process E, VOUCHER-3)."""

import pytest

from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.searches.refusals import NewProviderRequired
from services.careplan.storage.plan_versions import find_version
from services.kernel.care import Arrangement
from sote.careplan.v1 import events_pb2 as facts
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.careplan import acts
from tests.builders.careplan import searches as search_world
from tests.builders.careplan.county import World
from tests.builders.careplan.searches import HOME, cases, only, take_over, tell

pytestmark = pytest.mark.integration


def test_the_second_who_declines_needs_support_and_the_third_the_county_PROCESS_E6(world: World) -> None:
    plan = acts.active_plan(world, [acts.home_help(world)])
    service = acts.service_of(plan, HOME)
    for turn in range(3):
        version = 2 * turn + 1
        tell(world, plan, "Reserved", version, "RESERVED", "P05", code=HOME)
        declined = acts.voucher_of(world, plan, HOME, version + 1, "ISSUED")
        for _ in range(2):
            world.hear(voucher.VoucherDeclined(voucher=declined, provider_id=str(world.id("P05"))))
        assert (service.state.value, service.provider_id) == ("AWAITING_CHOICE", None)
        assert [one.refusals for one in cases(world)] == ([turn + 1] if turn else [])
    case = only(world)
    assert (case.cause.value, case.support_due, case.take_over_offered) == ("DECLINED", True, True)
    tell(world, plan, "Activated", 9, "ACTIVE", "P05", code=HOME)
    acts.acknowledge(world, plan, "P05")
    assert case.state.value == "CONFIRMED"


def test_a_new_provider_who_declines_brings_the_search_back_to_the_start_PROCESS_C8(world: World) -> None:
    plan = search_world.inpatient(world)
    search_world.leave(world, plan)
    search_world.support(world)
    tell(world, plan, "Reserved", 5, "RESERVED", "P09")
    case, service = only(world), acts.service_of(plan, search_world.INPATIENT)
    tell(world, plan, "Declined", 6, "REROUTING", provider_id=str(world.id("P09")))
    assert (service.state.value, case.state.value, case.new_provider_id) == ("REROUTE", "OPEN", None)
    assert (case.refusals, case.support_due) == (1, True)
    assert len(world.announced(facts.RerouteOpened)) == 2


def test_a_refused_voucher_is_on_the_countys_list_until_it_arranges_the_service_VOUCHER_3(world: World) -> None:
    plan = acts.active_plan(world, [acts.wish(world, "HLT-PHYSIO", Arrangement.VOUCHER, units=15)])
    own = contract_pb2.ServiceLineFacts(service_code="HLT-PHYSIO")
    world.hear(provider.ContractLineChanged(contract=world.contract_facts("P01", 2, lines=[own])))
    tell(world, plan, "Issued", 1, "ISSUED", code="HLT-PHYSIO")
    for _ in range(2):
        tell(world, plan, "Refused", 2, "REFUSED", code="HLT-PHYSIO")
    case, service = only(world), acts.service_of(plan, "HLT-PHYSIO")
    assert (case.cause.value, case.take_over_offered, service.voucher_id) == ("VOUCHER_REFUSED", True, None)
    with pytest.raises(NewProviderRequired):
        take_over(world, case, Arrangement.OWN, "")
    with pytest.raises(NoRelationship):
        take_over(world, case, Arrangement.OWN, "P01", by="P10")
    take_over(world, case, Arrangement.OWN, "P01")
    assert (case.state.value, plan.version_number) == ("COUNTY_TAKES_OVER", "1.1")
    assert (service.arrangement, service.state.value) == (Arrangement.OWN, "ASSIGNED")
    version = find_version(world.session, plan.id, 1, 1)
    assert version is not None
    assert version.content.services[0].arrangement is Arrangement.OWN
