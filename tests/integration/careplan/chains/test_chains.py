"""A client is handed on from provider to provider, and the one who asked hears the end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest

from services.careplan.operations.chains.pass_chain_steps_due import pass_chain_steps_due
from sote.careplan.v1 import chain_pb2, events_pb2
from sote.careplan.v1 import chain_service_pb2 as rpc
from sote.careplan.v1.chain_service_pb2_grpc import ChainServiceStub
from sote.careplan.v1.section_pb2 import ChainSection
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import clause_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2 as care
from sote.type.v1 import section_pb2
from tests.builders.careplan.api import Town, told
from tests.builders.careplan.county import World, day

pytestmark = pytest.mark.integration
PRECONDITION, DENIED = "FAILED_PRECONDITION", "PERMISSION_DENIED"
ROLES = {"P01": "CSW", "P02": "HSP"}
SOON = day(date(2027, 1, 4))
REFERRAL = [clause_pb2.ClauseFacts(code="REFERRAL", parameters={"weekdays": "5"})]


def agree(world: World, *names: str) -> None:
    """The contracts of these providers get the clause REFERRAL."""
    for name in names:
        world.hear(provider.ContractActivated(contract=world.contract_facts(name, 2, clauses=REFERRAL)))


class Chains:
    """Short ways to call the chains of a town in which P01, P02, P07 and P10 agreed to refer, P04 and P05 did not."""

    def __init__(self, town: Town) -> None:
        self.town, self.stub = town, ChainServiceStub(town.served.channel)
        town.tell(lambda world: agree(world, "P01", "P02", "P07", "P10"))

    def draft(self, name: str, to: str = "P07", by: str = "P01", **more: Any) -> Any:
        asked: dict[str, Any] = {
            "service_code": "HLT-OT",
            "need": care.NEED_DOMAIN_FUNCTIONAL_CAPACITY,
            "urgency": chain_pb2.CHAIN_URGENCY_ROUTINE,
            "question": "Can you see the child?",
        }
        ids = {"client_id": self.town.id(name), "to_organisation_id": self.town.id(to)}
        return self.call("DraftChainStep", rpc.DraftChainStepRequest(**ids | asked | more), by)

    def sent(self, name: str, to: str = "P07", by: str = "P01", **more: Any) -> Any:
        return self.act("SendChainStep", self.draft(name, to, by, **more), by)

    def act(self, method: str, step: chain_pb2.ChainStep, by: str = "P07", **more: Any) -> Any:
        return self.call(method, getattr(rpc, f"{method}Request")(name=step.name, **more), by)

    def call(self, method: str, request: Any, by: str) -> Any:
        metadata = self.town.served.as_role(ROLES.get(by, "PRV"), organisation=self.town.id(by))
        return getattr(self.stub, method)(request, metadata=metadata, timeout=20)

    def refused(self, act: str, *arguments: Any, **more: Any) -> tuple[str, str]:
        with pytest.raises(grpc.RpcError) as caught:
            getattr(self, act)(*arguments, **more)
        return told(caught.value)

    def section(self, name: str) -> ChainSection:
        found = self.town.call("GetSections", section_pb2.GetSectionsRequest(client_ids=[self.town.id(name)])).sections
        (body,) = [one.body for one in found if one.section == "sote.careplan.v1.ChainSection"]
        return ChainSection.FromString(body)

    def broken(self) -> set[str]:
        return {one.name for one in self.call("ListBrokenChains", rpc.ListBrokenChainsRequest(), "P01").chain_steps}


@pytest.fixture
def chains(town: Town) -> Chains:
    return Chains(town)


def test_the_loop_is_closed_S1_43a(town: Town, chains: Chains) -> None:
    plan = town.active("ann", town.support())
    step = chains.sent("ann", "P02", "P10", service_code="HLT-GP", attachments=["doc-1"])
    assert (step.seq, step.plan_id, step.operator_organisation_id) == (1, plan.uid, town.id("P01"))
    chains.act("ReceiveChainStep", step, "P02")
    chains.act("AcceptChainStep", step, "P02", planned_date=SOON)
    for method, more in (
        ("ScheduleChainStep", {"planned_date": SOON}),
        ("StartChainStep", {}),
        ("CompleteChainStep", {}),
    ):
        chains.act(method, step, "P02", **more)
    chains.act("GiveChainFeedback", step, "P02", feedback="all is well")
    seen = chains.act("GetChainStep", step, "P10")
    assert (seen.state, seen.feedback) == (chain_pb2.CHAIN_STEP_STATE_CLOSED, "all is well")
    assert chains.act("GetChainStep", step, "P01").name == step.name
    assert chains.refused("act", "GetChainStep", step, "P07") == (DENIED, "NO_RELATIONSHIP")
    section = chains.section("ann")
    assert (section.hand_offs, section.returned, section.steps[0].to_name) == (1, 0, "provider P02")
    facts = [one for one in town.tell(lambda world: world.facts()) if one.startswith("Chain")]
    names = ["Sent", "Received", "Accepted", "Scheduled", "Started", "Completed", "Closed"]
    assert facts[-7:] == [f"Chain{name}" for name in names]
    assert town.tell(lambda world: world.announced(events_pb2.ChainClosed))[-1].step.version == 7


def test_the_centre_the_client_chose_refers_before_there_is_a_plan_S1_42_RELATIONSHIP_8(
    town: Town, chains: Chains
) -> None:
    town.tell(lambda world: world.assess("dan"))
    town.tell(lambda world: world.choose("P02", client_id=str(world.id("dan"))))
    assert chains.sent("dan", by="P02").state == chain_pb2.CHAIN_STEP_STATE_SENT
    gone = date(2026, 12, 1)
    town.tell(lambda world: world.choose("P02", version=2, ended=gone, client_id=str(world.id("dan"))))
    assert chains.refused("draft", "dan", "P10", "P02") == (DENIED, "NO_RELATIONSHIP")


def test_a_returned_step_is_broken_until_the_chain_is_taken_up_S1_02(town: Town, chains: Chains) -> None:
    town.active("bea", town.support())
    step = chains.sent("bea")
    wrong = {"reason": "not ours", "suggestion": "the centre"}
    assert chains.refused("act", "ReturnChainStep", step, "P01", **wrong) == (DENIED, "NO_RELATIONSHIP")
    back = chains.act("ReturnChainStep", step, **wrong)
    assert (back.state, back.suggestion) == (chain_pb2.CHAIN_STEP_STATE_RETURNED, "the centre")
    assert step.name in chains.broken()
    again = chains.sent("bea", "P02", chain_id=step.chain_id, service_code="HLT-GP")
    assert (again.chain_id, again.seq) == (step.chain_id, 2)
    assert step.name not in chains.broken()
    section = chains.section("bea")
    assert (section.hand_offs, section.returned) == (1, 1)
    assert [(one.hand_offs, one.returned, one.before_service) for one in section.needs] == [(1, 1, 1)]
    assert not any(one.broken for one in section.steps)
    listing = rpc.ListBrokenChainsRequest()
    assert chains.refused("call", "ListBrokenChains", listing, "P02")[0] == DENIED


def test_what_is_not_answered_in_time_is_overdue_and_broken_CHAIN_9(town: Town, chains: Chains) -> None:
    town.active("cid", town.support())
    step = chains.sent("cid", urgency=chain_pb2.CHAIN_URGENCY_SOON)
    due = date(step.response_due.year, step.response_due.month, step.response_due.day)

    def pass_due(on: date) -> None:
        town.tell(lambda world: pass_chain_steps_due(world.session, now=world.at(on).now))

    pass_due(due)
    assert step.name not in chains.broken()
    pass_due(due + timedelta(days=1))
    pass_due(due + timedelta(days=1))
    assert step.name in chains.broken()
    overdue = town.tell(lambda world: world.announced(events_pb2.ChainOverdue))
    assert [one.step.chain_step_id for one in overdue].count(step.uid) == 1
    chains.act("ReceiveChainStep", step)
    chains.act("AcceptChainStep", step, planned_date=SOON)
    assert step.name not in chains.broken()


def test_an_open_step_blocks_a_duplicate_also_at_once_S1_09_CHAIN_8(town: Town, chains: Chains) -> None:
    town.active("dan", town.support())
    drafts = [chains.draft("dan", by=by) for by in ("P01", "P10", "P01", "P10")]

    def send(number: int) -> str:
        try:
            chains.act("SendChainStep", drafts[number], "P10" if number % 2 else "P01")
        except grpc.RpcError as error:
            return told(error)[1]
        return "OK"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(4))) == ["DUPLICATE_CHAIN_STEP"] * 3 + ["OK"]
    other = chains.sent("dan", need=care.NEED_DOMAIN_HOUSING)
    chains.act("CancelChainStep", other, "P01", reason="no longer")
    assert chains.sent("dan", need=care.NEED_DOMAIN_HOUSING).state == chain_pb2.CHAIN_STEP_STATE_SENT


def test_what_is_not_sent_CHAIN_2_CHAIN_1(town: Town, chains: Chains) -> None:
    town.active("eve", town.support())
    missing = chains.draft("eve", "P05", service_code="SOC-FAM-HOME")
    assert chains.refused("act", "SendChainStep", missing, "P01") == (PRECONDITION, "CLAUSE_MISSING")
    wrong = chains.draft("eve", "P07", service_code="HLT-GP")
    assert chains.refused("act", "SendChainStep", wrong, "P01") == (PRECONDITION, "NO_SERVICE_LINE")
    assert chains.refused("act", "SendChainStep", wrong, "P10") == (DENIED, "NO_RELATIONSHIP")
    assert chains.refused("act", "ReceiveChainStep", wrong, "P07") == (DENIED, "NO_RELATIONSHIP")
    assert chains.refused("act", "SendChainStep", wrong, "P01", etag='"9"') == ("ABORTED", "VERSION_CONFLICT")
    assert chains.refused("draft", "eve", "P01") == (PRECONDITION, "STEP_TO_ITSELF")
    assert chains.refused("draft", "eve", "P10", "P07") == (DENIED, "NO_RELATIONSHIP")
    assert chains.refused("draft", "eve", chain_id=str(uuid4())) == (DENIED, "NO_RELATIONSHIP")
    step = chains.sent("eve")
    assert chains.refused("act", "SendChainStep", step, "P01") == (PRECONDITION, "ILLEGAL_TRANSITION")
    chains.act("ReceiveChainStep", step)
    past = {"planned_date": day(date(2025, 1, 1))}
    assert chains.refused("act", "AcceptChainStep", step, **past) == ("INVALID_ARGUMENT", "PLANNED_DATE_IN_PAST")


def test_no_step_for_a_client_who_is_gone_INV_16(town: Town, chains: Chains) -> None:
    town.active("fay", town.support())
    step = chains.draft("fay")
    gone = client.ClientFacts(client_id=town.id("fay"), state=client_pb2.CLIENT_STATE_DECEASED, version=9)
    town.tell(lambda world: world.hear(client.ClientActivated(client=gone)))
    assert chains.refused("act", "SendChainStep", step, "P01") == (PRECONDITION, "CLIENT_CLOSED")
    assert chains.refused("draft", "fay") == (PRECONDITION, "CLIENT_CLOSED")


def test_lists_show_each_organisation_its_own_S1_42(town: Town, chains: Chains) -> None:
    town.active("gus", town.support())
    draft, sent = chains.draft("gus"), chains.sent("gus", need=care.NEED_DOMAIN_MEDICINES)
    listing = rpc.ListChainStepsRequest(client_id=town.id("gus"))

    def names(by: str) -> set[str]:
        return {one.name for one in chains.call("ListChainSteps", listing, by).chain_steps}

    assert names("P01") == {draft.name, sent.name}
    assert names("P07") == {sent.name}
    assert names("P02") == set()
    listing.state = chain_pb2.CHAIN_STEP_STATE_DRAFT
    assert names("P01") == {draft.name}
