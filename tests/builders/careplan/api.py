"""A served api of care plans over a committed county, and its callers."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest

from services.chassis.database import engine_from, sessions_from
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import consultation_pb2, plan_pb2
from sote.careplan.v1.careplan_service_pb2_grpc import CareplanServiceStub
from sote.type.v1 import care_pb2 as care
from tests.api_server import ServedApi
from tests.builders.careplan.county import FIRST, LAST, World, day
from tests.builders.refusals import refusal_of


class Town:
    """The api, the committed world behind it, and short ways to call."""

    def __init__(self, served: ServedApi, url: str) -> None:
        self.served = served
        self.stub = CareplanServiceStub(served.channel)
        self.engine = engine_from(url, pool_size=2)
        self.ids: dict[str, Any] = {}
        self.tell(lambda world: world.settle_county())

    def tell(self, act: Callable[[World], Any]) -> Any:
        """Facts arrive and are committed."""
        with sessions_from(self.engine).begin() as session:
            return act(World(session, ids=self.ids))

    def id(self, name: str) -> str:
        """The uuid of a provider, unit or person of the world, as text."""
        return str(self.tell(lambda world: world.id(name)))

    def call(self, method: str, request: Any, who: str = "P01", role: str = "CSW", **more: str) -> Any:
        """Call as somebody who works for `who`."""
        metadata = self.served.as_role(role, organisation=self.id(who) if who != "county" else who, **more)
        return getattr(self.stub, method)(request, metadata=metadata, timeout=20)

    def refused(self, method: str, request: Any, who: str = "P01", role: str = "CSW", **more: str) -> tuple[str, str]:
        """The status code and the reason of a refusal."""
        with pytest.raises(grpc.RpcError) as caught:
            self.call(method, request, who, role, **more)
        return told(caught.value)

    def client(self, name: str) -> str:
        """An assessed client of that name."""
        self.tell(lambda world: world.assess(name))
        return self.id(name)

    def drafting(self, client_id: str, **more: Any) -> rpc.DraftPlanRequest:
        """A request of the county enterprise to draft a plan."""
        return rpc.DraftPlanRequest(
            client_id=client_id,
            operator_kind=care.OPERATOR_KIND_COUNTY_ENTERPRISE,
            operator_unit_id=self.id("U-P01"),
            **more,
        )

    def line(self, code: str, how: str, who: str = "", units: int = 0, **more: Any) -> plan_pb2.ServiceLine:
        """A service to put in a draft."""
        told_of: dict[str, Any] = {"from_date": day(FIRST), "to_date": day(LAST)}
        return plan_pb2.ServiceLine(
            service_code=code,
            arrangement=care.Arrangement.Value(f"ARRANGEMENT_{how}"),
            provider_id=self.id(who) if who else "",
            units=units,
            **told_of | more,
        )

    def support(self, units: int = 6, **more: Any) -> plan_pb2.ServiceLine:
        """The purchased support family."""
        return self.line("SOC-FAM-SUPP", "PURCHASE", "P10", units, **more)

    def drafted(self, client_name: str, *lines: plan_pb2.ServiceLine) -> plan_pb2.Plan:
        """A draft with these services."""
        plan = self.call("DraftPlan", self.drafting(self.client(client_name)))
        goal = plan_pb2.Goal(text="School goes well.", needs=[care.NEED_DOMAIN_MENTAL_HEALTH], baseline=-2, target=1)
        edit = rpc.EditDraftRequest(name=plan.name, put_goals=[goal], put_services=lines, client_view="My view.")
        edited: plan_pb2.Plan = self.call("EditDraft", edit)
        return edited

    def active(self, client_name: str, *lines: plan_pb2.ServiceLine) -> plan_pb2.Plan:
        """A plan in force, agreed by P10 if it was asked."""
        plan = self.drafted(client_name, *lines)
        asked = self.call("StartConsultation", rpc.StartConsultationRequest(name=plan.name)).consultations
        for one in asked:
            agree = rpc.RespondToConsultationRequest(
                name=one.name, outcome=consultation_pb2.CONSULTATION_OUTCOME_AGREED
            )
            self.call("RespondToConsultation", agree, "P10", "PRV")
        activated: plan_pb2.Plan = self.call("ActivatePlan", rpc.ActivatePlanRequest(name=plan.name))
        return activated


def delivering(town: Town, client: str, **more: Any) -> rpc.RecordDeliveryRequest:
    """A month of the support family for a client, as P10 tells it."""
    request: dict[str, Any] = {
        "client_id": town.id(client),
        "service_code": "SOC-FAM-SUPP",
        "service_date": day(FIRST),
        "units": 1,
        "mode": care.DELIVERY_MODE_AT_HOME,
    }
    return rpc.RecordDeliveryRequest(**request | more)


def told(error: grpc.RpcError) -> tuple[str, str]:
    """The status code and the reason of an error."""
    code, info = refusal_of(error)
    assert info.domain == "careplan"
    return code.name, info.reason
