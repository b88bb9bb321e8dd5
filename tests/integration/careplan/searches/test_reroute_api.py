"""RerouteService: who may see, start and take over a search, and what is refused (PROCESS-C5, PROCESS-C7,
process E)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import grpc
import pytest

from sote.careplan.v1 import plan_pb2, reroute_pb2
from sote.careplan.v1 import reroute_service_pb2 as rpc
from sote.careplan.v1.reroute_pb2 import RerouteCase
from sote.careplan.v1.reroute_service_pb2_grpc import RerouteServiceStub
from sote.type.v1 import care_pb2 as care
from tests.builders.careplan.api import Town, told

pytestmark = pytest.mark.integration
PRECONDITION, DENIED = "FAILED_PRECONDITION", "PERMISSION_DENIED"
QUIT = reroute_pb2.REROUTE_CASE_CAUSE_PROVIDER_QUIT


class Reroutes:
    """Short ways to call the searches of a town."""

    def __init__(self, town: Town) -> None:
        self.town, self.stub = town, RerouteServiceStub(town.served.channel)

    def call(self, verb: str, request: Any, by: str = "P01", role: str = "CSW") -> Any:
        """Call as a professional of an organisation."""
        who = self.town.served.as_role(role, organisation=self.town.id(by))
        return getattr(self.stub, verb)(request, metadata=who, timeout=20)

    def refused(self, verb: str, request: Any, by: str = "P01", role: str = "CSW") -> tuple[str, str]:
        """The status code and the reason of a refusal."""
        with pytest.raises(grpc.RpcError) as caught:
            self.call(verb, request, by, role)
        return told(caught.value)

    def quit(self, plan: plan_pb2.Plan, **more: Any) -> rpc.StartRerouteRequest:
        """The provider of the plan's first service stops."""
        service_id = plan.services[0].line.plan_service_id
        given: dict[str, Any] = {"name": plan.name, "plan_service_id": service_id, "cause": QUIT}
        return rpc.StartRerouteRequest(**given | more)

    def taking(self, case: RerouteCase, **more: Any) -> rpc.TakeOverRerouteCaseRequest:
        """The same provider by purchase again, unless told otherwise."""
        given: dict[str, Any] = {
            "name": case.name,
            "arrangement": care.ARRANGEMENT_PURCHASE,
            "provider_id": self.town.id("P10"),
        }
        return rpc.TakeOverRerouteCaseRequest(**given | more)


@pytest.fixture
def reroutes(town: Town) -> Reroutes:
    return Reroutes(town)


def test_a_provider_stops_mid_way_and_the_operator_finds_another_arrangement_PROCESS_E5(
    town: Town, reroutes: Reroutes
) -> None:
    plan = town.active("quitter", town.support())
    start = reroutes.quit(plan, request_id=str(uuid4()))
    case = reroutes.call("StartReroute", start)
    assert reroutes.call("StartReroute", start) == case
    assert (case.state, case.old_provider_id) == (reroute_pb2.REROUTE_CASE_STATE_OPEN, town.id("P10"))
    assert reroutes.refused("StartReroute", reroutes.quit(plan)) == (PRECONDITION, "ILLEGAL_TRANSITION")
    listed = reroutes.call("ListRerouteCases", rpc.ListRerouteCasesRequest(client_id=plan.client_id)).reroute_cases
    assert [one.name for one in listed] == [case.name]
    assert not reroutes.call("ListRerouteCases", rpc.ListRerouteCasesRequest(overdue_only=True)).reroute_cases
    assert not reroutes.call("ListRerouteCases", rpc.ListRerouteCasesRequest(take_over_only=True)).reroute_cases
    assert reroutes.call("GetRerouteCase", rpc.GetRerouteCaseRequest(name=case.name)) == case
    taken = reroutes.call("TakeOverRerouteCase", reroutes.taking(case, etag=case.etag))
    assert taken.state == reroute_pb2.REROUTE_CASE_STATE_COUNTY_TAKES_OVER
    assert reroutes.refused("TakeOverRerouteCase", reroutes.taking(case)) == (PRECONDITION, "ILLEGAL_TRANSITION")


def test_only_the_operator_and_the_county_see_and_move_a_search_S1_42(town: Town, reroutes: Reroutes) -> None:
    plan = town.active("watched", town.support())
    denied = (DENIED, "NO_RELATIONSHIP")
    assert reroutes.refused("StartReroute", reroutes.quit(plan), "P02", "HOP") == (DENIED, "NOT_THE_OPERATOR")
    case = reroutes.call("StartReroute", reroutes.quit(plan))
    get, take = rpc.GetRerouteCaseRequest(name=case.name), reroutes.taking(case)
    assert reroutes.refused("GetRerouteCase", get, "P02", "HOP") == denied
    assert reroutes.refused("TakeOverRerouteCase", take, "P02", "HOP") == denied
    missing = rpc.GetRerouteCaseRequest(name=f"rerouteCases/{uuid4()}")
    assert reroutes.refused("GetRerouteCase", missing) == denied
    assert not reroutes.call("ListRerouteCases", rpc.ListRerouteCasesRequest(), "P02", "HOP").reroute_cases


def test_refusals_of_a_take_over_REFUSAL_2(town: Town, reroutes: Reroutes) -> None:
    plan = town.active("taken", town.support())
    case = reroutes.call("StartReroute", reroutes.quit(plan, cause=reroute_pb2.REROUTE_CASE_CAUSE_CLIENT_CHANGE))
    own = {"arrangement": care.ARRANGEMENT_OWN}
    for more, refusal in (
        ({"etag": '"9"'}, ("ABORTED", "VERSION_CONFLICT")),
        ({"provider_id": ""}, ("INVALID_ARGUMENT", "NEW_PROVIDER_REQUIRED")),
        ({"provider_id": str(uuid4())}, (PRECONDITION, "PROVIDER_UNKNOWN")),
        ({"provider_id": town.id("P05")}, (PRECONDITION, "NO_ACTIVE_CONTRACT")),
        ({"unit_id": town.id("U-P05")}, (PRECONDITION, "PROVIDER_UNIT_UNKNOWN")),
        (own, (PRECONDITION, "ARRANGEMENT_NOT_ALLOWED")),
    ):
        assert reroutes.refused("TakeOverRerouteCase", reroutes.taking(case, **more)) == refusal
    assert reroutes.call("GetRerouteCase", rpc.GetRerouteCaseRequest(name=case.name)).etag == case.etag


def test_ten_take_a_search_over_and_one_does_PROCESS_C7(town: Town, reroutes: Reroutes) -> None:
    plan = town.active("contended", town.support())
    case = reroutes.call("StartReroute", reroutes.quit(plan))

    def take_over(_: int) -> str:
        try:
            reroutes.call("TakeOverRerouteCase", reroutes.taking(case))
        except grpc.RpcError as error:
            return told(error)[1]
        return "OK"

    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(take_over, range(10)))
    assert (found.count("OK"), set(found)) == (1, {"OK", "ILLEGAL_TRANSITION"})


def test_a_service_by_voucher_is_re_routed_by_its_voucher_VOUCHER_9(town: Town, reroutes: Reroutes) -> None:
    plan = town.active("chooser", town.line("SOC-FAM-HOME", "VOUCHER", units=40))
    assert reroutes.refused("StartReroute", reroutes.quit(plan)) == (PRECONDITION, "VOUCHER_DECIDES")
