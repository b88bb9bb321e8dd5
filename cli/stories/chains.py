"""A step of a service chain as its two parties take it: asked, answered, begun, done and told about."""

from dataclasses import dataclass
from datetime import date

from cli.stories.acts import Stage
from cli.stories.values import day
from services.chassis.identity import Caller
from sote.careplan.v1 import chain_pb2, chain_service_pb2
from sote.type.v1 import care_pb2


@dataclass(frozen=True)
class Referral:
    """Who is asked for what; `step` names it in its story."""

    step: str
    to: str
    service: str
    need: "care_pb2.NeedDomain.ValueType"
    urgency: "chain_pb2.ChainUrgency.ValueType"
    question: str


def refer(
    stage: Stage, client_id: str, by: Caller, asked: Referral, *, first: date, chain_id: str = ""
) -> chain_pb2.ChainStep:
    """Ask a provider, who takes the client on the same day to begin on `first`."""
    apis, target = stage.apis.chains, stage.staff(asked.to)
    draft = chain_service_pb2.DraftChainStepRequest(
        client_id=client_id,
        chain_id=chain_id,
        to_organisation_id=stage.world.providers[asked.to],
        service_code=asked.service,
        need=asked.need,
        urgency=asked.urgency,
        question=asked.question,
    )
    name = stage.play.do(f"draft {asked.step}", by, apis.DraftChainStep, draft).name
    stage.play.do(f"send {asked.step}", by, apis.SendChainStep, chain_service_pb2.SendChainStepRequest(name=name))
    received = chain_service_pb2.ReceiveChainStepRequest(name=name)
    stage.play.do(f"receive {asked.step}", target, apis.ReceiveChainStep, received)
    accepted = chain_service_pb2.AcceptChainStepRequest(name=name, planned_date=day(first))
    stage.play.do(f"accept {asked.step}", target, apis.AcceptChainStep, accepted)
    fixed = chain_service_pb2.ScheduleChainStepRequest(name=name, planned_date=day(first))
    return stage.play.do(f"schedule {asked.step}", target, apis.ScheduleChainStep, fixed)


def begin(stage: Stage, asked: Referral, name: str) -> None:
    """The target begins."""
    started = chain_service_pb2.StartChainStepRequest(name=name)
    stage.play.do(f"start {asked.step}", stage.staff(asked.to), stage.apis.chains.StartChainStep, started)


def tell_back(stage: Stage, asked: Referral, name: str, feedback: str) -> chain_pb2.ChainStep:
    """The target is done and tells the one who asked: the loop is closed (CHAIN-7)."""
    target = stage.staff(asked.to)
    complete = chain_service_pb2.CompleteChainStepRequest(name=name)
    stage.play.do(f"complete {asked.step}", target, stage.apis.chains.CompleteChainStep, complete)
    answer = chain_service_pb2.GiveChainFeedbackRequest(name=name, feedback=feedback)
    return stage.play.do(f"feedback on {asked.step}", target, stage.apis.chains.GiveChainFeedback, answer)


def steps_of(stage: Stage, client_id: str) -> list[chain_pb2.ChainStep]:
    """The client's steps, oldest first."""
    request = chain_service_pb2.ListChainStepsRequest(client_id=client_id, page_size=100)
    return list(stage.play.ask(stage.official, stage.apis.chains.ListChainSteps, request).chain_steps)
