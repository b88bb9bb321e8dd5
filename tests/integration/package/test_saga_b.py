"""Process B over package, careplan and voucher at once: in force as a whole, or as if nothing had been (INV-19)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan_service import PlanServiceState
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from services.careplan.storage import plans
from services.package.domain.enrolment import Enrolment, EnrolmentState
from services.package.domain.enrolment_item import ItemState
from services.voucher.views.outlook.proof import prove_ledger
from sote.provider.v1 import events_pb2 as provider
from tests.builders.package.contracts import contract_of, later, suspended
from tests.builders.package.saga import Saga
from tests.builders.package.story import Story
from tests.builders.voucher.purse import line_balances

HOUR = timedelta(hours=1)
"""After so long what is waited for is refused (saga.retry_minutes)."""


@pytest.fixture
def saga(story: Story, session: Callable[[str], Session]) -> Saga:
    return Saga(story, session("careplan"), session("voucher"))


def balances(saga: Saga) -> dict[str, tuple[int, int, int, int]]:
    """Available, reserved, committed and spent by line."""
    return {
        code: (line.available, line.reserved, line.committed, line.spent)
        for code, line in line_balances(saga.purse).items()
    }


def without_line(story: Story, code: str, service_code: str) -> provider.ContractLineChanged:
    """The provider's contract has no such line any more."""
    held = contract_of(story, code, service_code)
    contract = later(held, held.state)
    del contract.lines[:]
    contract.lines.extend(line for line in held.lines if line.service_code != service_code)
    return provider.ContractLineChanged(contract=contract, removed_service_codes=[service_code])


def undone(saga: Saga, enrolment: Enrolment, before: object, reason: str) -> None:
    """Failed for this reason, and the purse is as it was."""
    assert (enrolment.state, enrolment.reason) == (EnrolmentState.FAILED, reason)
    assert {item.state for item in enrolment.items} == {ItemState.CANCELLED, ItemState.NOT_TAKEN}
    assert balances(saga) == before
    assert saga.purse.execute(text("select distinct state from voucher")).scalars().all() in ([], ["REVOKED"])
    assert saga.purse.execute(text("select distinct state from commitment")).scalars().all() in ([], ["CANCELLED"])
    assert prove_ledger(saga.purse).holds
    plan = plans.open_of(saga.plans.session, saga.story.client_id)
    if plan is not None:
        left = [one for one in plan.services if one.enrolment_id == enrolment.id]
        assert {one.state for one in left} <= {PlanServiceState.CANCELLED}
        assert not [line for line in plan.drawn_up().services if line.enrolment_id == enrolment.id]


def test_a_whole_enrolment_is_in_force_in_plan_and_purse_PROCESS_B7(saga: Saga) -> None:
    saga.begin()
    enrolment = saga.enrol("SOC-FAM-HOME")
    saga.put_into_force(saga.draft())
    assert (enrolment.state, enrolment.reason) == (EnrolmentState.ACTIVE, "")
    assert {item.state for item in enrolment.items} == {ItemState.IN_FORCE, ItemState.NOT_TAKEN}
    taken = [item for item in enrolment.items if item.state is ItemState.IN_FORCE]
    assert {item.item_code for item in taken if item.voucher_id} == {"SOC-FAM-HOME", "SOC-NEURO-COACH", "HLT-OT"}
    assert sum(reserved + committed for _, reserved, committed, _ in balances(saga).values()) == sum(
        item.cost_cents for item in taken
    )
    assert prove_ledger(saga.purse).holds


class TestFailure:
    """INV-19: a failure at each step leaves the purse, and what is promised to the client, as before."""

    def test_no_money_PROCESS_B2(self, saga: Saga) -> None:
        saga.begin(families=300_000)
        before = balances(saga)
        enrolment = saga.enrol()
        saga.settle()
        undone(saga, enrolment, before, "BUDGET_EXHAUSTED")

    def test_no_plan_PROCESS_B3(self, saga: Saga) -> None:
        saga.begin()
        before = balances(saga)
        enrolment = saga.enrol()
        saga.settle()
        assert enrolment.state is EnrolmentState.EXPANDING
        assert balances(saga) != before
        saga.settle(HOUR)
        undone(saga, enrolment, before, "OPEN_PLAN_MISSING")

    def test_a_plan_that_cannot_take_an_item_PROCESS_B3(self, saga: Saga) -> None:
        saga.begin()
        before = balances(saga)
        enrolment = saga.enrol()
        saga.hear(suspended(saga.story, "P10", "SOC-FAM-SUPP"), "careplan")
        plan = saga.draft()
        undone(saga, enrolment, before, "NO_ACTIVE_CONTRACT")
        assert plan.drawn_up().services == ()

    def test_a_plan_that_is_given_up_PROCESS_B4(self, saga: Saga) -> None:
        saga.begin()
        before = balances(saga)
        enrolment = saga.enrol()
        plan = saga.draft()
        assert enrolment.plan_id == plan.id
        caller = saga.plans.caller("P01")
        cancel_plan(saga.plans.session, plan_id=plan.id, etag="", reason="x", caller=caller, now=saga.now)
        saga.settle()
        undone(saga, enrolment, before, "PLAN_DISCARDED")

    def test_a_plan_that_comes_into_force_without_a_mandatory_item_PROCESS_B4(self, saga: Saga) -> None:
        saga.begin()
        before = balances(saga)
        enrolment = saga.enrol()
        saga.put_into_force(saga.draft(), "HLT-SCHOOL")
        undone(saga, enrolment, before, "MANDATORY_ITEM_NOT_PLANNED")

    def test_a_mandatory_voucher_without_a_decision_PROCESS_B5(self, saga: Saga) -> None:
        saga.begin(granted=["SOC-NEURO-COACH", "HLT-OT"])
        before = balances(saga)
        enrolment = saga.enrol("SOC-FAM-HOME")
        plan = saga.draft()
        saga.later = HOUR
        saga.put_into_force(plan)
        undone(saga, enrolment, before, "DECISION_MISSING")

    def test_own_production_without_an_assignment_PROCESS_B6(self, saga: Saga) -> None:
        saga.begin()
        before = balances(saga)
        enrolment = saga.enrol()
        plan = saga.draft()
        saga.hear(without_line(saga.story, "P01", "SOC-FAM-WORK"), "voucher")
        saga.later = HOUR
        saga.put_into_force(plan)
        undone(saga, enrolment, before, "NO_ACTIVE_CONTRACT")

    def test_an_optional_voucher_that_fails_is_left_out_PROCESS_B5(self, saga: Saga) -> None:
        saga.begin(granted=["SOC-FAM-HOME", "HLT-OT"])
        enrolment = saga.enrol()
        plan = saga.draft()
        saga.later = HOUR
        saga.put_into_force(plan)
        assert enrolment.state is EnrolmentState.ACTIVE
        (skipped,) = [item for item in enrolment.items if item.state is ItemState.SKIPPED]
        assert (skipped.item_code, skipped.reason) == ("SOC-NEURO-COACH", "DECISION_MISSING")
        assert prove_ledger(saga.purse).holds
