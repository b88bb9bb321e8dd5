"""The door: one transaction per call, repeats answered as the first time, deadlines kept."""

import time
from typing import Any
from uuid import uuid4

import grpc
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.chassis.door import MIN_VERSION_KEY, Call
from services.chassis.etags import check_etag
from services.chassis.sections import publish_section
from tests import echo_service as echo
from tests.builders.chassis.echo import Served, TooLate, refused


def test_an_old_etag_is_aborted_AIP_154(served: Served) -> None:
    def change(session: Session, call: Call) -> Any:
        check_etag('"1"', 2)

    served.act = change
    code, found, _ = refused(served, "Write")
    assert (code, found["ErrorInfo"].reason) == (grpc.StatusCode.ABORTED, "VERSION_CONFLICT")


def test_the_deadline_stops_the_statement_and_rolls_back_GUARANTEE_27(served: Served, chassis_engine: Engine) -> None:
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


def test_a_repeated_request_id_gets_the_first_answer_and_another_payload_is_refused_AIP_155(served: Served) -> None:
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


def test_a_refused_command_leaves_its_request_id_free_AIP_155(served: Served) -> None:
    def refuse(session: Session, call: Call) -> Any:
        raise TooLate("not yet")

    request = echo.EchoRequest(request_id=str(uuid4()))
    earlier, served.act = served.act, refuse
    assert refused(served, "Write", request)[0] is grpc.StatusCode.FAILED_PRECONDITION
    served.act = earlier
    assert served.call("Write", request).text == "CSW"
