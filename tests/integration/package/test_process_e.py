"""Process E over careplan and voucher at once: who refuses the plan is left, and another takes the service on."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan_service import PlanServiceState
from services.careplan.operations.searches.pass_reroutes_due import close_handed_over
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.choose_provider import choose_provider
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from services.voucher.storage.vouchers.voucher import vouchers
from services.voucher.views.outlook.proof import prove_ledger
from sote.client.v1 import events_pb2 as client
from sote.client.v1 import guidance_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.careplan import acts
from tests.builders.careplan.searches import HOME, only
from tests.builders.package.contracts import contract_of
from tests.builders.package.saga import Saga
from tests.builders.package.story import Story


@pytest.fixture
def saga(story: Story, session: Callable[[str], Session]) -> Saga:
    return Saga(story, session("careplan"), session("voucher"))


def second_provider(saga: Saga, who: str) -> None:
    """This provider has a contract for home help too, at the price of the first."""
    contract = provider.ContractFacts()
    contract.CopyFrom(contract_of(saga.story, "P05", HOME))
    contract.contract_id, contract.provider_id = str(uuid4()), saga.story.provider(who)
    for line in contract.lines:
        del line.unit_ids[:]
    saga.hear(provider.ContractActivated(contract=contract))


def guide(saga: Saga, voucher: Voucher) -> None:
    """The client is given support in this choice."""
    given = Timestamp()
    given.FromDatetime(saga.now)
    told = client.GuidanceGiven(
        guidance_id=str(uuid4()),
        client_id=str(voucher.client_id),
        kind=guidance_pb2.GUIDANCE_KIND_SUPPORT,
        voucher_id=str(voucher.id),
        given_time=given,
    )
    saga.hear(told, "careplan", "voucher")


def take_on(saga: Saga, voucher: Voucher, who: str) -> None:
    """The client chooses, the provider accepts."""
    provider_id, now = UUID(saga.story.provider(who)), saga.now
    told = {"voucher_id": voucher.id, "provider_id": provider_id, "now": now}
    choose_provider(saga.purse, **told, unit_id=None, by_client=None, rules=Rules())  # type: ignore[arg-type]
    saga.settle()
    accept_voucher(saga.purse, **told, content_version=voucher.content_spec.version)  # type: ignore[arg-type]
    saga.settle()


def test_a_refused_plan_finds_another_provider_by_one_search_PROCESS_E3_PROCESS_C5_PROCESS_C8_INV_20(
    saga: Saga,
) -> None:
    saga.begin()
    second_provider(saga, "P06")
    saga.enrol(HOME)
    plan = saga.draft()
    saga.put_into_force(plan)
    voucher = saga.purse.scalars(select(Voucher).where(vouchers.c.service_code == HOME)).one()
    guide(saga, voucher)
    take_on(saga, voucher, "P05")
    acts.refuse(saga.plans, plan, "P05")
    saga.settle()
    case, service = only(saga.plans), acts.service_of(plan, HOME)
    assert (voucher.state, voucher.provider_id) == (State.REROUTING, None)
    assert service.state is PlanServiceState.REROUTE
    assert (case.voucher_id, case.barred_provider_id, case.cut_off) == (voucher.id, None, saga.now.date())
    assert prove_ledger(saga.purse).holds
    guide(saga, voucher)
    assert case.state.value == "GUIDED"
    listed = list_eligible_providers(saga.purse, voucher_id=voucher.id, by_client=None, now=saga.now)
    assert [one.provider_id for one in listed.providers] == [saga.story.provider("P06")]
    take_on(saga, voucher, "P06")
    assert (voucher.state, case.state.value) == (State.ACTIVE, "CHOSEN")
    acts.acknowledge(saga.plans, plan, "P06")
    saga.settle()
    assert (case.state.value, service.state.value) == ("CONFIRMED", "ACKNOWLEDGED")
    close_handed_over(saga.plans.session, now=saga.now + timedelta(days=366))
    assert only(saga.plans).state.value == "CLOSED"
    assert prove_ledger(saga.purse).holds
