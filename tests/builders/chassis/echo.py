"""The echo service behind the guarded server, with acts that a test sets."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.chassis.clock import Clock
from services.chassis.database import engine_from, sessions_from
from services.chassis.door import Call, Door, reads, writes
from services.chassis.grpc_server import Api, RunningServer
from services.chassis.policy import Policy
from services.chassis.settings import ProcessSettings
from tests import echo_service as echo
from tests.api_server import COUNTY, TokenOffice, process_settings

HETU = "010199-987K"


class NoSuchThing(Exception):
    reason = "NO_SUCH_THING"
    rule = "REFUSAL-4"
    legal_basis = "Act 1/2000, 2 §"
    resource_type = "thing"


class TooLate(Exception):
    reason = "TOO_LATE"
    rule = "INV-07"


class NameTaken(Exception):
    reason = "NAME_TAKEN"
    rule = "INV-01"


@pytest.fixture(scope="module")
def chassis_engine(new_database: Callable[[str], str]) -> Iterator[Engine]:
    engine = engine_from(new_database("chassis"))
    with engine.begin() as connection:
        connection.execute(text("create table thing (name text constraint uq_thing_name unique)"))
    yield engine
    engine.dispose()


class Served:
    """The echo service with acts that a test sets."""

    def __init__(self, engine: Engine, clock: Clock, office: TokenOffice, **more: Any) -> None:
        self.office = office
        policy = Policy([f"{echo.PACKAGE}.DeclaredService"], county=COUNTY)
        self.asked: Callable[[Any], None] = lambda context: None
        self.door = self._door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)
        self.act: Callable[[Session, Call], Message] = lambda session, call: echo.EchoReply(text=call.caller.role)
        servicer = {
            "Write": self.write,
            "Read": self.read,
        }
        refusals = {
            NoSuchThing: grpc.StatusCode.NOT_FOUND,
            TooLate: grpc.StatusCode.FAILED_PRECONDITION,
            NameTaken: grpc.StatusCode.ALREADY_EXISTS,
        }
        self.ready = True
        api = Api(
            "echo", [(echo.adder(), servicer)], policy, refusals, lambda: self.ready, {"uq_thing_name": NameTaken}
        )
        settings = process_settings(ProcessSettings, "postgresql://unused", office, **more)
        self.server = RunningServer(api, settings)
        self.channel = grpc.insecure_channel(f"127.0.0.1:{self.server.port}")

    @writes
    def write(self, request: Message, call: Call, session: Session) -> Message:
        return self.act(session, call)

    def read(self, request: Any, context: Any) -> Any:
        self.asked(context)
        return self.answer(request, context)

    @reads
    def answer(self, request: Message, call: Call, session: Session) -> Message:
        return self.act(session, call)

    def call(
        self,
        method: str,
        request: Any = None,
        *,
        role: str = "CSW",
        timeout: float | None = 10.0,
        metadata: Sequence[tuple[str, str]] | None = None,
        **who: Any,
    ) -> Any:
        sent = self.office.metadata(role, **who) if metadata is None else metadata
        reply, call = echo.caller_of(self.channel, method).with_call(
            request if request is not None else echo.EchoRequest(text="hello"), timeout=timeout, metadata=sent
        )
        self.trailing = dict(call.trailing_metadata())
        return reply


@pytest.fixture
def served(chassis_engine: Engine, clock: Clock, token_office: TokenOffice) -> Iterator[Served]:
    one = Served(chassis_engine, clock, token_office)
    yield one
    one.channel.close()
    one.server.stop(0.0)


def refused(served: Served, *args: Any, **kwargs: Any) -> tuple[grpc.StatusCode, dict[str, Any], grpc.RpcError]:
    """Code and details by type name of a call that must be refused."""
    with pytest.raises(grpc.RpcError) as caught:
        served.call(*args, **kwargs)
    error: Any = caught.value
    status = rpc_status.from_call(error)
    assert status is not None
    found = {}
    for detail in status.details:
        kind = getattr(error_details_pb2, detail.TypeName().rpartition(".")[2])
        found[kind.__name__] = kind.FromString(detail.value)
    return error.code(), found, error
