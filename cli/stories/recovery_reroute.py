"""Story 3 from the suspension of a contract to the hand-over (process C): nobody waits, no day is paid twice."""

from collections.abc import Mapping
from datetime import date, timedelta

from cli.stories import acts, planning
from cli.stories.acts import Stage, Visit
from cli.stories.outcome import Outcome
from cli.stories.values import cents_as_euros, day, day_of
from services.chassis.identity import Caller
from sote.careplan.v1 import reroute_pb2, reroute_service_pb2
from sote.client.v1 import guidance_pb2
from sote.provider.v1 import contract_pb2, contract_service_pb2
from sote.type.v1 import care_pb2
from sote.voucher.v1 import redemption_pb2, voucher_pb2
from sote.voucher.v1 import reroute_pb2 as voucher_reroutes
from sote.voucher.v1 import voucher_service_pb2 as voucher

Tickets = Mapping[str, voucher_pb2.Voucher]
SUSPENDED, CHOSEN, CUT_OFF = date(2025, 4, 10), date(2025, 4, 11), date(2025, 4, 14)
DUE = date(2025, 4, 15)
"""Three weekdays after the suspension: care by the day goes on around the clock (PROCESS-C5)."""
OLD, NEW = "P08", "P09"
HANDOVER_DAYS = timedelta(days=14)
PROGRESS = [
    reroute_pb2.REROUTE_CASE_STATE_OPEN,
    reroute_pb2.REROUTE_CASE_STATE_GUIDED,
    reroute_pb2.REROUTE_CASE_STATE_CHOSEN,
    reroute_pb2.REROUTE_CASE_STATE_CONFIRMED,
    reroute_pb2.REROUTE_CASE_STATE_CLOSED,
]


def suspend(stage: Stage, client_id: str, ticket: voucher_pb2.Voucher, outcome: Outcome) -> reroute_pb2.RerouteCase:
    """The county suspends P08's contract: a search opens, its days are held, the client gets support (PROCESS-C1 to
    PROCESS-C5)."""
    stage.play.on(SUSPENDED)
    request = contract_service_pb2.SuspendContractRequest(
        name=_contract(stage), grounds="Staffing is below its condition.", effective_date=day(CUT_OFF)
    )
    stage.play.do(f"suspend {OLD}", _manager(stage), stage.apis.contracts.SuspendContract, request)
    case = stage.play.until("the search for another provider", lambda: _case(stage, client_id))
    outcome.check("search opened on", SUSPENDED, case.create_time.ToDatetime().date())
    outcome.check("search due", DUE, day_of(case.due_date))
    outcome.check("search for", (CUT_OFF, OLD), (day_of(case.cut_off_date), _code(stage, case.old_provider_id)))
    listed = stage.play.ask(
        stage.official,
        stage.apis.voucher.ListVoucherReroutes,
        voucher_reroutes.ListVoucherReroutesRequest(name=ticket.name),
    ).reroutes
    outcome.check(
        "days held for P08", [(4, 21_500)], [(voucher.units_held, voucher.agreed_price.cents) for voucher in listed]
    )
    uncommitted = sum(
        line.sums.uncommitted.cents for line in acts.finance_of(stage, client_id).lines if line.source_id == ticket.uid
    )
    outcome.check("uncommitted", "3 440.00", cents_as_euros(uncommitted))
    acts.guide(stage, client_id, ticket, guidance_pb2.GUIDANCE_KIND_SUPPORT, "another provider, at once")
    come_to(stage, case, reroute_pb2.REROUTE_CASE_STATE_GUIDED)
    return case


def choose_anew(
    stage: Stage, plan_name: str, ticket: voucher_pb2.Voucher, case: reroute_pb2.RerouteCase, outcome: Outcome
) -> None:
    """The client chooses P09, which accepts and acknowledges before its first day (PROCESS-C6, PROCESS-C8)."""
    stage.play.on(CHOSEN)
    acts.choose(stage, ticket, NEW)
    stage.play.until("version 1.4", lambda: planning.reached(stage, plan_name, 4))
    come_to(stage, case, reroute_pb2.REROUTE_CASE_STATE_CHOSEN)
    acts.accept(stage, ticket, NEW)
    planning.acknowledge(stage, plan_name, NEW, "1.4")
    confirmed = come_to(stage, case, reroute_pb2.REROUTE_CASE_STATE_CONFIRMED)
    outcome.check("new provider", NEW, _code(stage, confirmed.new_provider_id))
    outcome.check("handed over until", CHOSEN + HANDOVER_DAYS, day_of(confirmed.handover_until_date))
    plan = planning.plan_of(stage, plan_name)
    outcome.check("MINOR versions", "1.4", f"{plan.major}.{plan.minor}")


def claim_too_late(
    stage: Stage, client_id: str, plan_service_id: str, ticket: voucher_pb2.Voucher, outcome: Outcome
) -> None:
    """P08 claims the first day that is not its own any more: rejected (PROCESS-A13)."""
    visit = Visit(CUT_OFF, ticket.service_code, OLD, 1, care_pb2.DELIVERY_MODE_PROVIDER_UNIT, plan_service_id, ticket)
    delivery = acts.record_delivery(stage, client_id, visit, stage.staff(OLD))
    request = voucher.RedeemVoucherRequest(name=ticket.name, delivery_id=delivery.uid)
    claim = stage.play.do(f"redeem {visit.what}", stage.staff(OLD), stage.apis.voucher.RedeemVoucher, request)
    rejected = (redemption_pb2.REDEMPTION_STATE_REJECTED, redemption_pb2.REJECT_CODE_NO_CONTRACT)
    outcome.check("P08's claim for the cut-off day rejected", True, (claim.state, claim.reject_code) == rejected)


def hand_over(stage: Stage, case: reroute_pb2.RerouteCase, outcome: Outcome) -> None:
    """The days of handing over are past: the search is closed (PROCESS-C8)."""
    closed = come_to(stage, case, reroute_pb2.REROUTE_CASE_STATE_CLOSED)
    outcome.check("search never overdue", False, closed.overdue)


def reinstate(stage: Stage) -> None:
    """P08 has staff again; who chose another provider stays there."""
    request = contract_service_pb2.ReinstateContractRequest(name=_contract(stage))
    stage.play.do(f"reinstate {OLD}", _manager(stage), stage.apis.contracts.ReinstateContract, request)


def come_to(
    stage: Stage, case: reroute_pb2.RerouteCase, status: "reroute_pb2.RerouteCaseState.ValueType"
) -> reroute_pb2.RerouteCase:
    """The case once it has come so far, or farther when the story was played before."""

    def look() -> reroute_pb2.RerouteCase | None:
        request = reroute_service_pb2.GetRerouteCaseRequest(name=case.name)
        current = stage.play.ask(stage.official, stage.apis.reroutes.GetRerouteCase, request)
        return current if PROGRESS.index(current.state) >= PROGRESS.index(status) else None

    return stage.play.until(f"the search to be {reroute_pb2.RerouteCaseState.Name(status)}", look)


def _case(stage: Stage, client_id: str) -> reroute_pb2.RerouteCase | None:
    request = reroute_service_pb2.ListRerouteCasesRequest(client_id=client_id)
    cases = stage.play.ask(stage.official, stage.apis.reroutes.ListRerouteCases, request).reroute_cases
    return cases[0] if cases else None


def _contract(stage: Stage) -> str:
    """The name of P08's contract for vouchers."""
    request = contract_service_pb2.ListContractsRequest(provider_id=stage.world.providers[OLD])
    contracts = stage.play.ask(_manager(stage), stage.apis.contracts.ListContracts, request).contracts
    return next(contract.name for contract in contracts if contract.kind == contract_pb2.CONTRACT_KIND_VOUCHER)


def _manager(stage: Stage) -> Caller:
    return stage.play.actor("contract-manager-1", "CON", "county")


def _code(stage: Stage, provider_id: str) -> str:
    return next((code for code, uid in stage.world.providers.items() if uid == provider_id), provider_id)
