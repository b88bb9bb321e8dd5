"""The guarded server: who gets in, what a bad request is told, and what is never told."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_status import rpc_status
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.chassis.clock import Clock
from services.chassis.database import engine_from, sessions_from
from services.chassis.door import MIN_VERSION_KEY, Call, Door
from services.chassis.etags import check_etag
from services.chassis.grpc_server import Api, RunningServer, registered
from services.chassis.policy import Policy, UndeclaredMethod
from services.chassis.sections import publish_section
from services.chassis.settings import ProcessSettings
from sote.type.v1 import section_pb2
from tests import echo_service as echo
from tests.api_server import COUNTY, TokenOffice, process_settings

HETU = "010199-987K"


class NoSuchThing(Exception):
    reason = "NO_SUCH_THING"
    rule = "S1.1"
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

    def __init__(self, engine: Engine, clock: Clock, office: TokenOffice) -> None:
        self.office = office
        policy = Policy([f"{echo.PACKAGE}.DeclaredService"], county=COUNTY)
        self.asked: Callable[[Any], None] = lambda context: None
        self.door = door = Door(sessions=sessions_from(engine), clock=clock, policy=policy)
        self.act: Callable[[Session, Call], Any] = lambda session, call: echo.EchoReply(text=call.caller.role)
        servicer = {
            "Write": lambda request, context: door.write(request, context, lambda s, c: self.act(s, c)),
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
        settings = process_settings(ProcessSettings, "postgresql://unused", office)
        self.server = RunningServer(api, settings)
        self.channel = grpc.insecure_channel(f"127.0.0.1:{self.server.port}")

    def read(self, request: Any, context: Any) -> Any:
        self.asked(context)
        return self.door.read(request, context, lambda s, c: self.act(s, c))

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


def test_a_permitted_caller_is_answered_and_the_correlation_id_comes_back(served: Served) -> None:
    sent = [*served.office.metadata("CSP"), ("x-correlation-id", "abc-1")]
    assert served.call("Read", metadata=sent).text == "CSP"
    assert served.trailing["x-correlation-id"] == "abc-1"


def test_S1_42_no_token_and_bad_tokens_are_unauthenticated(served: Served) -> None:
    good = served.office.metadata("CSW")[0][1]
    for value in ("", "Bearer", "Bearer x.y.z", good[:-2], good.replace("Bearer", "Basic"), "Bearer " + "a" * 9000):
        sent = [("authorization", value)] if value else []
        code, found, _ = refused(served, "Read", metadata=sent)
        assert code is grpc.StatusCode.UNAUTHENTICATED
        assert found["ErrorInfo"].reason in {"TOKEN_MISSING", "TOKEN_INVALID"}


def test_S1_42_another_county_or_role_is_denied_with_the_declared_reason(served: Served) -> None:
    code, found, _ = refused(served, "Read", county="MAAKUNTA_2017:07")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.PERMISSION_DENIED, "COUNTY_MISMATCH")
    code, found, _ = refused(served, "Read", role="PRV")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    code, found, _ = refused(served, "Write", role="PRV")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.PERMISSION_DENIED, "SOCIAL_WORKER_REQUIRED")


def test_bytes_that_are_no_message_are_an_invalid_argument_and_never_unknown(served: Served) -> None:
    for raw in (b"\xff\xff\xff", b"\x0a\x02\xff\xfe", b"\x0a\x7f"):
        code, found, _ = refused(served, "Read", raw)
        assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.INVALID_ARGUMENT, "MALFORMED_REQUEST")


def test_every_broken_rule_of_the_proto_is_told_at_once(served: Served) -> None:
    code, found, _ = refused(served, "Read", echo.EchoRequest(text="x" * 41, words=["ab", "c"]))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    told = [(one.field, one.reason) for one in found["BadRequest"].field_violations]
    assert told == [("text", "string.max_len"), ("words[1]", "string.min_len")]


def test_an_unforeseen_error_tells_a_reference_and_nothing_of_its_text(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(session: Session, call: Call) -> Any:
        raise KeyError(HETU)

    served.act = fail
    code, found, error = refused(served, "Read")
    assert code is grpc.StatusCode.INTERNAL
    assert HETU not in str(error)
    assert found["ErrorInfo"].metadata["correlation_id"] in str(error.details())


def test_refusals_carry_reason_rule_legal_basis_and_the_detail_that_fits(served: Served) -> None:
    def fail_with(error: Exception) -> Callable[[Session, Call], Any]:
        def act(session: Session, call: Call) -> Any:
            raise error

        return act

    served.act = fail_with(NoSuchThing("no such thing"))
    code, found, _ = refused(served, "Read")
    assert code is grpc.StatusCode.NOT_FOUND
    info = found["ErrorInfo"]
    assert (info.reason, info.domain, info.metadata["rule"]) == ("NO_SUCH_THING", "echo", "S1.1")
    assert info.metadata["legal_basis"] == "Act 1/2000, 2 §"
    assert found["ResourceInfo"].resource_type == "thing"
    served.act = fail_with(TooLate("the last day has passed"))
    code, found, _ = refused(served, "Write")
    assert code is grpc.StatusCode.FAILED_PRECONDITION
    assert found["PreconditionFailure"].violations[0].type == "TOO_LATE"


def test_a_known_constraint_is_the_refusal_it_stands_for(served: Served) -> None:
    def insert(session: Session, call: Call) -> Any:
        session.execute(text("insert into thing values ('one'), ('one')"))

    served.act = insert
    code, found, _ = refused(served, "Write")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.ALREADY_EXISTS, "NAME_TAKEN")


def test_AIP_154_an_old_etag_is_aborted(served: Served) -> None:
    def change(session: Session, call: Call) -> Any:
        check_etag('"1"', 2)

    served.act = change
    code, found, _ = refused(served, "Write")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.ABORTED, "VERSION_CONFLICT")


def test_the_deadline_stops_the_statement_and_rolls_back(served: Served, chassis_engine: Engine) -> None:
    def slow(session: Session, call: Call) -> Any:
        session.execute(text("insert into thing values ('slow')"))
        session.execute(text("select pg_sleep(20)"))

    served.act = slow
    began = time.monotonic()
    with pytest.raises(grpc.RpcError) as caught:
        served.call("Write", timeout=0.5)
    error: Any = caught.value
    assert error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    # Not only the caller has stopped waiting: so has the database, and nothing of it stays.
    with chassis_engine.connect() as connection:
        sleeping = text(
            "select count(*) from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid()"
            " and state = 'active' and datname = current_database()"
        )
        while connection.execute(sleeping).scalar_one():
            assert time.monotonic() - began < 5
            time.sleep(0.05)
            connection.rollback()
        assert not connection.execute(text("select count(*) from thing where name = 'slow'")).scalar_one()


def test_a_read_cannot_write(served: Served) -> None:
    def write(session: Session, call: Call) -> Any:
        session.execute(text("insert into thing values ('from a read')"))

    served.act = write
    assert refused(served, "Read")[0] is grpc.StatusCode.INTERNAL


def test_AIP_155_a_repeated_request_id_gets_the_first_answer_and_another_payload_is_refused(served: Served) -> None:
    count = 0

    def once(session: Session, call: Call) -> Any:
        nonlocal count
        count += 1
        publish_section(session, client_id=CLIENT, section=echo.message("CountySection")(text="a"), now=call.now)
        return echo.EchoReply(text=str(count))

    served.act = once
    request = echo.EchoRequest(text="hello", request_id=str(uuid4()))
    assert served.call("Write", request).text == "1"
    token = served.trailing[MIN_VERSION_KEY]
    assert token == f"{CLIENT}/{echo.PACKAGE}.CountySection=1"
    assert served.call("Write", request).text == "1"
    assert (served.trailing[MIN_VERSION_KEY], count) == (token, 1)
    assert served.call("Write", request, subject="somebody-else").text == "2"
    request.text = "other"
    code, found, _ = refused(served, "Write", request)
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.FAILED_PRECONDITION, "IDEMPOTENCY_KEY_REUSED")


CLIENT = uuid4()


def test_a_write_to_very_many_clients_is_answered_without_a_token(served: Served) -> None:
    def publish(session: Session, call: Call) -> Any:
        for number in range(300):
            section = echo.message("CountySection")(text=str(number))
            publish_section(session, client_id=uuid4(), section=section, now=call.now)
        return echo.EchoReply(text="done")

    served.act = publish
    assert served.call("Write").text == "done"
    assert MIN_VERSION_KEY not in served.trailing


def test_AIP_155_a_refused_command_leaves_its_request_id_free(served: Served) -> None:
    def refuse(session: Session, call: Call) -> Any:
        raise TooLate("not yet")

    request = echo.EchoRequest(request_id=str(uuid4()))
    earlier, served.act = served.act, refuse
    assert refused(served, "Write", request)[0] is grpc.StatusCode.FAILED_PRECONDITION
    served.act = earlier
    assert served.call("Write", request).text == "CSW"


def test_health_is_open_and_tells_readiness(served: Served) -> None:
    stub = health_pb2_grpc.HealthStub(served.channel)
    serving = health_pb2.HealthCheckResponse.SERVING

    def status(name: str) -> Any:
        return stub.Check(health_pb2.HealthCheckRequest(service=name), timeout=5).status

    deadline = time.monotonic() + 5
    while status("") != serving or status("readiness") != serving:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    served.ready = False
    while status("readiness") == serving:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert status("") == serving


def test_a_method_without_the_access_option_does_not_start() -> None:
    with pytest.raises(UndeclaredMethod, match="Undeclared"):
        Policy([echo.SERVICE], county=COUNTY)
    policy = Policy([f"{echo.PACKAGE}.DeclaredService"], county=COUNTY)
    with pytest.raises(UndeclaredMethod, match="not in the policy"):
        registered([(echo.adder("EchoService"), {"Write": print})], policy)


def test_sections_are_given_to_their_readers_only(served: Served, chassis_engine: Engine, clock: Clock) -> None:
    client_id = uuid4()
    with sessions_from(chassis_engine).begin() as session:
        for name in ("CountySection", "OpenSection"):
            publish_section(session, client_id=client_id, section=echo.message(name)(text="a"), now=clock())
    request = section_pb2.GetSectionsRequest(client_ids=[str(client_id)])
    answers: list[section_pb2.GetSectionsResponse] = []

    def ask(role: str) -> list[str]:
        served.asked = lambda context: answers.append(served.door.sections(request, context))
        served.call("Read", role=role)
        return [one.section for one in answers.pop().sections]

    assert ask("CSW") == [f"{echo.PACKAGE}.CountySection"]
    assert ask("CSP") == []
