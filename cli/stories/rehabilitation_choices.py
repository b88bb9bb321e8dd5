"""Story 5, refusals: the client wants no voucher for physiotherapy, and a provider has no room for speech therapy."""

from datetime import date

from cli.stories import acts, planning
from cli.stories.acts import Stage
from cli.stories.outcome import Outcome
from cli.stories.rehabilitation_start import BY_VOUCHER
from sote.careplan.v1 import plan_pb2, reroute_pb2
from sote.careplan.v1 import reroute_service_pb2 as reroute
from sote.client.v1 import guidance_pb2
from sote.type.v1 import care_pb2
from sote.voucher.v1 import voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as voucher

PHYSIO, SPEECH = BY_VOUCHER
OWN_COST, VOUCHER_VALUE = 91_500, 87_000
SUPPORT = guidance_pb2.GUIDANCE_KIND_SUPPORT


def refuse_physiotherapy(stage: Stage, client_id: str, plan_name: str, outcome: Outcome) -> None:
    """The client refuses the voucher; the county arranges its own production instead, in version 1.1
    (PROCESS-A7, VOUCHER-3)."""
    stage.play.on(date(2025, 3, 3))
    ticket = acts.vouchers_of(stage, client_id)[PHYSIO]
    acts.guide(stage, client_id, ticket, SUPPORT, "choice of a physiotherapist")
    himself = stage.play.actor(client_id, "CLI", client_id)
    request = voucher.RefuseVoucherRequest(name=ticket.name)
    stage.play.do("refuse the voucher", himself, stage.apis.voucher.RefuseVoucher, request)
    case = stage.play.until("the search after the refusal", lambda: _case(stage, client_id))
    stage.play.on(date(2025, 3, 4))
    take_over = reroute.TakeOverRerouteCaseRequest(
        name=case.name,
        arrangement=care_pb2.ARRANGEMENT_OWN,
        provider_id=stage.world.providers["P01"],
        unit_id=stage.world.units["U01"],
    )
    stage.play.do("the county takes over", stage.official, stage.apis.reroutes.TakeOverRerouteCase, take_over)
    stage.play.until("version 1.1", lambda: planning.reached(stage, plan_name, 1))
    planning.acknowledge(stage, plan_name, "P01", "1.1")
    stage.play.until("money for own production", lambda: _ordered(stage, client_id))
    service = _service(stage, plan_name, PHYSIO)
    arranged = care_pb2.Arrangement.Name(service.line.arrangement), stage.world.code_of(service.line.provider_id)
    outcome.check("physiotherapy", ("ARRANGEMENT_OWN", "P01"), arranged)
    state = voucher_pb2.VoucherState.Name(acts.vouchers_of(stage, client_id)[PHYSIO].state)
    outcome.check("its voucher", "VOUCHER_STATE_REFUSED", state)


def choose_speech_therapy(stage: Stage, client_id: str, plan_name: str, outcome: Outcome) -> None:
    """P07 declines within five weekdays, guidance shows who is left, the client chooses P13 (process E)."""
    ticket = acts.vouchers_of(stage, client_id)[SPEECH]
    if not planning.reached(stage, plan_name, 3):  # Played before, the lists shown then are not those of now.
        _declined(stage, client_id, plan_name, ticket, outcome)
    stage.play.on(date(2025, 3, 10))
    acts.guide(stage, client_id, ticket, SUPPORT, "choice of another speech therapist", again=" after the decline")
    acts.choose(stage, ticket, "P13")
    stage.play.until("version 1.4", lambda: planning.reached(stage, plan_name, 4))
    stage.play.on(date(2025, 3, 11))
    acts.accept(stage, ticket, "P13")
    planning.acknowledge(stage, plan_name, "P13")
    outcome.check("shown before and after the decline", [["P07", "P13"], ["P13"]], _shown(stage, client_id, ticket))
    provider_id = _service(stage, plan_name, SPEECH).line.provider_id
    outcome.check("speech therapy", "P13", stage.world.code_of(provider_id))


def _declined(stage: Stage, client_id: str, plan_name: str, ticket: voucher_pb2.Voucher, outcome: Outcome) -> None:
    """The client chooses P07 in version 1.2; it has no room, and version 1.3 is without a provider."""
    acts.guide(stage, client_id, ticket, SUPPORT, "choice of a speech therapist")
    acts.choose(stage, ticket, "P07")
    stage.play.until("version 1.2", lambda: planning.reached(stage, plan_name, 2))
    stage.play.on(date(2025, 3, 7))
    decline = voucher.DeclineVoucherRequest(name=ticket.name, reason=voucher_pb2.DECLINE_REASON_CAPACITY)
    declined = stage.play.do("P07 declines", stage.staff("P07"), stage.apis.voucher.DeclineVoucher, decline)
    state = voucher_pb2.VoucherState.Name(declined.state)
    outcome.check("after the decline", "VOUCHER_STATE_ISSUED", state)
    stage.play.until("version 1.3", lambda: planning.reached(stage, plan_name, 3))


def _case(stage: Stage, client_id: str) -> reroute_pb2.RerouteCase | None:
    """The search that the refused voucher opened."""
    request = reroute.ListRerouteCasesRequest(client_id=client_id)
    cases = stage.play.ask(stage.official, stage.apis.reroutes.ListRerouteCases, request).reroute_cases
    refused = reroute_pb2.REROUTE_CASE_CAUSE_VOUCHER_REFUSED
    return next((case for case in cases if case.cause == refused), None)


def _ordered(stage: Stage, client_id: str) -> bool | None:
    """The refused voucher's money is free, and fifteen sessions of own production are bound."""
    reserved, released, _ = acts.sums_of(stage, client_id)[PHYSIO]
    return (reserved, released) == (VOUCHER_VALUE + OWN_COST, VOUCHER_VALUE) or None


def _service(stage: Stage, plan_name: str, code: str) -> plan_pb2.PlannedService:
    return next(service for service in planning.plan_of(stage, plan_name).services if service.line.service_code == code)


def _shown(stage: Stage, client_id: str, ticket: voucher_pb2.Voucher) -> list[list[str]]:
    """The providers that guidance on the voucher showed, oldest guidance first."""
    given = [
        guidance for guidance in acts.record_of(stage, client_id).client.guidance if guidance.voucher_id == ticket.uid
    ]
    given.sort(key=lambda guidance: guidance.create_time.ToNanoseconds())
    return [sorted(map(stage.world.code_of, guidance.option_provider_ids)) for guidance in given]
