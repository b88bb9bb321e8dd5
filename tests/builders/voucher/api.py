"""VoucherService as served over a committed county, and its callers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import grpc
import pytest

from services.chassis.database import engine_from, sessions_from
from sote.voucher.v1 import voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as pb
from sote.voucher.v1.voucher_service_pb2_grpc import VoucherServiceStub
from tests.api_server import ServedApi
from tests.builders.refusals import refusal_of
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import World

Act = Callable[[World], Any]


class Town:
    """A served api over a committed world, and its callers."""

    def __init__(self, served: ServedApi, url: str, now: datetime) -> None:
        self.served = served
        self.stub = VoucherServiceStub(served.channel)
        self.engine = engine_from(url, pool_size=2)
        self.now = now
        with sessions_from(self.engine).begin() as session:
            self.world = World(session, now=now).told()

    def tell(self, act: Act) -> Any:
        """Facts arrive and are committed."""
        with sessions_from(self.engine).begin() as session:
            names = ("client_id", "assessment_id", "decision_id", "enterprise", "coach", "now")
            return act(World(session, **{name: getattr(self.world, name) for name in names}))

    def call(self, method: str, request: Any, role: str = "CSW", **who: str) -> Any:
        """Call as a social worker of the enterprise, or as the role told."""
        if role in {"CSW", "CSP"}:
            who.setdefault("organisation", str(self.world.enterprise))
        if role == "PRV":
            who.setdefault("organisation", str(self.world.coach))
        if role == "CLI":
            who.setdefault("subject", str(self.world.client_id))
        return getattr(self.stub, method)(request, metadata=self.served.as_role(role, **who), timeout=10)

    def refused(self, method: str, request: Any, role: str = "CSW", **who: str) -> tuple[str, str]:
        """The status code and reason of a refusal."""
        with pytest.raises(grpc.RpcError) as caught:
            self.call(method, request, role, **who)
        code, info = refusal_of(caught.value)
        assert info.domain == "voucher"
        return code.name, info.reason

    def draft(self, **more: Any) -> voucher_pb2.Voucher:
        """VOUCHER-1."""
        client_id, decision_id = str(self.world.client_id), str(self.world.decision_id)
        request = pb.DraftVoucherRequest(client_id=client_id, decision_id=decision_id, **more)
        drafted: voucher_pb2.Voucher = self.call("DraftVoucher", request)
        return drafted

    def issued(self) -> voucher_pb2.Voucher:
        """An issued voucher whose client was given advice."""
        voucher: voucher_pb2.Voucher = self.call("IssueVoucher", pb.IssueVoucherRequest(name=self.draft().name))

        self.tell(lambda world: world.guide(samples.voucher(id=UUID(voucher.uid))))
        return voucher

    def active(self) -> voucher_pb2.Voucher:
        """A voucher the coach accepted."""
        voucher = self.issued()
        self.call("ChooseProvider", pb.ChooseProviderRequest(name=voucher.name, provider_id=str(self.world.coach)))
        accept = pb.AcceptVoucherRequest(name=voucher.name, content_version=voucher.content_spec.version)
        accepted: voucher_pb2.Voucher = self.call("AcceptVoucher", accept, "PRV")
        return accepted

    def delivery(self, voucher: voucher_pb2.Voucher, units: int = 1) -> str:
        """A recorded delivery; its id."""
        return str(self.tell(lambda world: world.deliver(samples.voucher(id=UUID(voucher.uid)), units=units)))
