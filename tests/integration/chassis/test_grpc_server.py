"""The guarded server: who gets in, what a bad request is told, and what is never told."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.chassis.clock import Clock
from services.chassis.database import sessions_from
from services.chassis.door import Call
from services.chassis.grpc_server import registered
from services.chassis.policy import Policy, UndeclaredMethod
from services.chassis.sections import publish_section
from sote.type.v1 import section_pb2
from tests import echo_service as echo
from tests.api_server import COUNTY
from tests.builders.chassis.echo import HETU, NoSuchThing, Served, TooLate, refused


def test_a_permitted_caller_is_answered_and_the_correlation_id_comes_back(served: Served) -> None:
    sent = [*served.office.metadata("CSP"), ("x-correlation-id", "abc-1")]
    assert served.call("Read", metadata=sent).text == "CSP"
    assert served.trailing["x-correlation-id"] == "abc-1"


def test_no_token_and_bad_tokens_are_unauthenticated_S1_42(served: Served) -> None:
    good = served.office.metadata("CSW")[0][1]
    for value in ("", "Bearer", "Bearer x.y.z", good[:-2], good.replace("Bearer", "Basic"), "Bearer " + "a" * 9000):
        sent = [("authorization", value)] if value else []
        code, found, _ = refused(served, "Read", metadata=sent)
        assert code is grpc.StatusCode.UNAUTHENTICATED
        assert found["ErrorInfo"].reason in {"TOKEN_MISSING", "TOKEN_INVALID"}


def test_another_county_or_role_is_denied_with_the_declared_reason_S1_42(served: Served) -> None:
    code, found, _ = refused(served, "Read", county="MAAKUNTA_2017:07")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.PERMISSION_DENIED, "COUNTY_MISMATCH")
    code, found, _ = refused(served, "Read", role="PRV")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")
    code, found, _ = refused(served, "Write", role="PRV")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.PERMISSION_DENIED, "SOCIAL_WORKER_REQUIRED")


def test_bytes_that_are_no_message_are_an_invalid_argument_and_never_unknown_AIP_193(served: Served) -> None:
    for raw in (b"\xff\xff\xff", b"\x0a\x02\xff\xfe", b"\x0a\x7f"):
        code, found, _ = refused(served, "Read", raw)
        assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.INVALID_ARGUMENT, "MALFORMED_REQUEST")


def test_every_broken_rule_of_the_proto_is_told_at_once_AIP_193(served: Served) -> None:
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


def test_refusals_carry_reason_rule_legal_basis_and_the_detail_that_fits_REFUSAL_2(served: Served) -> None:
    def fail_with(error: Exception) -> Callable[[Session, Call], Any]:
        def act(session: Session, call: Call) -> Any:
            raise error

        return act

    served.act = fail_with(NoSuchThing("no such thing"))
    code, found, _ = refused(served, "Read")
    assert code is grpc.StatusCode.NOT_FOUND
    info = found["ErrorInfo"]
    assert (info.reason, info.domain, info.metadata["rule"]) == ("NO_SUCH_THING", "echo", "REFUSAL-4")
    assert info.metadata["legal_basis"] == "Act 1/2000, 2 §"
    assert found["ResourceInfo"].resource_type == "thing"
    served.act = fail_with(TooLate("the last day has passed"))
    code, found, _ = refused(served, "Write")
    assert code is grpc.StatusCode.FAILED_PRECONDITION
    assert found["PreconditionFailure"].violations[0].type == "TOO_LATE"


def test_a_known_constraint_is_the_refusal_it_stands_for_AIP_133(served: Served) -> None:
    def insert(session: Session, call: Call) -> Any:
        session.execute(text("insert into thing values ('one'), ('one')"))

    served.act = insert
    code, found, _ = refused(served, "Write")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.ALREADY_EXISTS, "NAME_TAKEN")


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


def test_a_method_without_the_access_option_does_not_start_GUARANTEE_23() -> None:
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

    def ask(role: str, own: UUID = client_id) -> list[str]:
        served.asked = lambda context: answers.append(
            served.door.sections(request, context, lambda session, call, asked: asked == own)
        )
        served.call("Read", role=role)
        return [one.section for one in answers.pop().sections]

    assert ask("CSW") == [f"{echo.PACKAGE}.CountySection"]
    assert ask("CSP") == []
    assert ask("CSW", own=uuid4()) == []
