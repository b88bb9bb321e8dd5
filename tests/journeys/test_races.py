"""Many callers want the same thing at once through the public APIs: exactly one gets it, the rest a typed refusal."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import grpc

from cli.stories import acts, control_case
from cli.stories.acts import Stage, Visit
from cli.stories.control_case import FIRST, PROVIDER, SERVICE
from cli.stories.player import reason_of
from cli.stories.reference import money
from cli.stories.stage import Theatre
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.client.v1 import client_pb2, guidance_pb2
from sote.type.v1 import care_pb2
from sote.voucher.v1 import budget_service_pb2 as budget
from sote.voucher.v1 import voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as voucher
from tests.county import artificial_code

CROWD = 50
YEAR = 2027
AT_UNIT = care_pb2.DELIVERY_MODE_PROVIDER_UNIT
ON_THEIR_WAY = {
    "GUIDANCE_REQUIRED",
    "NO_DELIVERY",
    "ASSESSMENT_MISSING",
    "CLIENT_UNKNOWN",
}
"""What a caller waits out: the neighbour's fact has not arrived yet."""


def at_once(number: int, act: Callable[[int], object]) -> Counter[str]:
    """Let `number` callers act at the same moment; count OK and the reasons of refusal."""
    together = Barrier(number)

    def one(index: int) -> str:
        together.wait()
        end = time.monotonic() + 30
        while True:
            try:
                act(index)
            except grpc.RpcError as refusal:
                reason = reason_of(refusal)
                if reason not in ON_THEIR_WAY or time.monotonic() > end:
                    return f"{refusal.code().name} {reason}"
                time.sleep(0.05)
            else:
                return "OK"

    with ThreadPoolExecutor(number) as pool:
        return Counter(pool.map(one, range(number)))


def assessed(theatre: Theatre, number: int, first: date = FIRST) -> tuple[Stage, str, str]:
    """A stage with a client who has a decision on five sessions: stage, client id, decision id."""
    stage = theatre.stage(f"race-{number}")
    stage.play.on(first - timedelta(days=6))
    who = client_pb2.Person(given_name="Asiakas", family_name="Kilpa", language=client_pb2.LANGUAGE_FI)
    place = client_pb2.ContactData(municipality_code="837")
    client_id = acts.register(stage, artificial_code("090580", number, "-"), who, place)
    _, decision = control_case.assess(stage, client_id, first)
    return stage, client_id, decision


def test_fifty_choose_and_fifty_redeem_the_last_unit_VOUCHER_4_VOUCHER_7(theatre: Theatre) -> None:
    stage, client_id, decision = assessed(theatre, 941)
    apis, provider = stage.apis.voucher, stage.staff(PROVIDER)
    ticket = control_case.issue(stage, control_case.draft(stage, client_id, decision))
    acts.guide(stage, client_id, ticket, guidance_pb2.GUIDANCE_KIND_ADVICE, "choice")
    choice = voucher.ChooseProviderRequest(name=ticket.name, provider_id=stage.world.providers[PROVIDER])
    results = at_once(CROWD, lambda _: stage.play.ask(stage.official, apis.ChooseProvider, choice))
    assert results == {"OK": 1, "FAILED_PRECONDITION ILLEGAL_TRANSITION": CROWD - 1}
    acts.accept(stage, ticket, PROVIDER)
    for number in range(4):
        on = FIRST + timedelta(days=2 + number)
        acts.deliver(stage, client_id, Visit(on, SERVICE, PROVIDER, 1, AT_UNIT, voucher=ticket), provider)
    last = Visit(FIRST + timedelta(days=9), SERVICE, PROVIDER, 1, AT_UNIT, voucher=ticket)
    delivery = acts.record_delivery(stage, client_id, last, provider)
    redeem = voucher.RedeemVoucherRequest(name=ticket.name, delivery_id=delivery.uid)
    results = at_once(CROWD, lambda _: stage.play.ask(provider, apis.RedeemVoucher, redeem))
    assert results.pop("OK") == 1
    assert sum(results.values()) == CROWD - 1
    after = stage.play.ask(stage.official, apis.GetVoucher, voucher.GetVoucherRequest(name=ticket.name))
    assert (after.units_redeemed, after.money.redeemed.cents) == (5, 29_000)


def test_two_plans_for_one_client_at_once_INV_01(theatre: Theatre) -> None:
    stage, client_id, _ = assessed(theatre, 942)
    draft = careplan.DraftPlanRequest(
        client_id=client_id,
        operator_kind=care_pb2.OPERATOR_KIND_COUNTY_ENTERPRISE,
        operator_unit_id=stage.world.units["U02"],
    )
    results = at_once(2, lambda _: stage.play.ask(stage.official, stage.apis.careplan.DraftPlan, draft))
    assert results == {"OK": 1, "ALREADY_EXISTS OPEN_PLAN_EXISTS": 1}


def test_two_issuers_and_the_last_euros_of_the_budget_INV_10(theatre: Theatre) -> None:
    first = date(YEAR, 1, 11)
    tickets: list[tuple[Stage, voucher_pb2.Voucher]] = []
    for number in (943, 944):
        stage, client_id, decision = assessed(theatre, number, first)
        tickets.append((stage, control_case.draft(stage, client_id, decision, first)))
    name = _budget_of(stage, 29_000)

    def issue(index: int) -> object:
        its, ticket = tickets[index]
        request = voucher.IssueVoucherRequest(name=ticket.name)
        return its.play.ask(its.official, its.apis.voucher.IssueVoucher, request)

    assert at_once(2, issue) == {"OK": 1, "FAILED_PRECONDITION BUDGET_EXHAUSTED": 1}
    after = stage.play.ask(stage.finance(1), stage.apis.budget.GetBudget, budget.GetBudgetRequest(name=name))
    assert (after.total.available.cents, after.total.reserved.cents) == (0, 29_000)


def _budget_of(stage: Stage, cents: int) -> str:
    """An approved budget of that year for health care; its name."""
    line = budget.NewBudgetLine(
        code="CARE", title="Health care", service_tasks=[care_pb2.SERVICE_TASK_TERVEYS], planned=money(cents)
    )
    create = budget.CreateBudgetRequest(fiscal_year=YEAR, lines=[line])
    made = stage.play.do("a small budget", stage.finance(1), stage.apis.budget.CreateBudget, create)
    approve = budget.ApproveBudgetRequest(name=made.name)
    return stage.play.do("approve it", stage.finance(1), stage.apis.budget.ApproveBudget, approve).name
