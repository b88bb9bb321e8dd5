"""From exceptions to statuses: what the database's errors mean for a caller, and what the log may say of an error."""

from typing import Any

import grpc
import psycopg
import pytest
from google.rpc import error_details_pb2, status_pb2
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.inbox import NotYet
from services.chassis.names import InvalidField
from services.chassis.refusals import Refusals, Relayed, reason_of
from services.chassis.telemetry import described

Code = grpc.StatusCode


class Closed(Exception):
    reason = "CLIENT_CLOSED"
    rule = "INV-16"


class MovedOut(Closed):
    reason = "CLIENT_MOVED_OUT"


class Unnamed(Exception):
    pass


REFUSALS = Refusals("client", {Closed: Code.FAILED_PRECONDITION, Unnamed: Code.FAILED_PRECONDITION}, {})


def database_error(kind: type[psycopg.Error], *, wrapped: Any = OperationalError, lost: bool = False) -> Exception:
    error: Exception = wrapped("select 1", {}, kind("Key (name)=(Aino) exists"), connection_invalidated=lost)
    return error


@pytest.mark.parametrize(
    ("error", "code", "reason"),
    [
        (StaleDataError("row"), Code.ABORTED, "VERSION_CONFLICT"),
        (database_error(psycopg.errors.SerializationFailure), Code.ABORTED, "VERSION_CONFLICT"),
        (database_error(psycopg.errors.DeadlockDetected), Code.ABORTED, "VERSION_CONFLICT"),
        (database_error(psycopg.errors.LockNotAvailable), Code.ABORTED, "VERSION_CONFLICT"),
        (database_error(psycopg.errors.QueryCanceled), Code.DEADLINE_EXCEEDED, "DEADLINE_SPENT"),
        (database_error(psycopg.errors.AdminShutdown), Code.UNAVAILABLE, "UPSTREAM_UNAVAILABLE"),
        (database_error(psycopg.errors.TooManyConnections), Code.UNAVAILABLE, "UPSTREAM_UNAVAILABLE"),
        (database_error(psycopg.OperationalError), Code.UNAVAILABLE, "UPSTREAM_UNAVAILABLE"),
        (database_error(psycopg.InterfaceError, wrapped=InterfaceError), Code.UNAVAILABLE, "UPSTREAM_UNAVAILABLE"),
        (database_error(psycopg.Error, wrapped=ProgrammingError, lost=True), Code.UNAVAILABLE, "UPSTREAM_UNAVAILABLE"),
        (PoolTimeout("pool"), Code.UNAVAILABLE, "UPSTREAM_UNAVAILABLE"),
        (NotYet(), Code.UNAVAILABLE, "NOT_YET"),
        (InvalidField("name", "must"), Code.INVALID_ARGUMENT, "INVALID_FIELD"),
        (MovedOut("gone"), Code.FAILED_PRECONDITION, "CLIENT_MOVED_OUT"),
        (Unnamed("gone"), Code.FAILED_PRECONDITION, "UNNAMED"),
    ],
)
def test_what_can_go_wrong_has_its_status_and_reason(error: Exception, code: grpc.StatusCode, reason: str) -> None:
    refusal = REFUSALS.known(error)
    assert refusal is not None
    status = REFUSALS.status(refusal, correlation_id="c-1")
    assert (status.code, reason_of(refusal)) == (code.value[0], reason)
    assert "Aino" not in str(status)
    info = error_details_pb2.ErrorInfo.FromString(status.details[0].value)
    assert (info.reason, info.domain, info.metadata["correlation_id"]) == (reason, "client", "c-1")
    retry = any(detail.Is(error_details_pb2.RetryInfo.DESCRIPTOR) for detail in status.details)
    assert retry == (code is Code.UNAVAILABLE)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("Aino"),
        database_error(psycopg.errors.UniqueViolation, wrapped=IntegrityError),
        database_error(psycopg.errors.UndefinedTable, wrapped=ProgrammingError),
    ],
)
def test_what_nobody_foresaw_is_internal_and_says_nothing(error: Exception) -> None:
    assert REFUSALS.known(error) is None
    status = REFUSALS.unforeseen(correlation_id="c-1")
    assert status.code == Code.INTERNAL.value[0]
    assert status.message == "internal error, reference c-1"


def test_a_peers_refusal_goes_through_as_it_is() -> None:
    theirs = status_pb2.Status(code=Code.NOT_FOUND.value[0], message="no such client")
    theirs.details.add().Pack(error_details_pb2.ErrorInfo(reason="CLIENT_UNKNOWN", domain="client"))
    refusal = REFUSALS.known(Relayed(theirs))
    assert refusal is not None
    assert REFUSALS.status(refusal, correlation_id="c-1") == theirs


def test_an_error_in_the_log_names_no_person_INV_25() -> None:
    try:
        try:
            raise KeyError("010199-987K")
        except KeyError as missing:
            raise database_error(psycopg.errors.UniqueViolation, wrapped=IntegrityError) from missing
    except IntegrityError as error:
        told = described(error)
    assert told["error"] == "IntegrityError from KeyError"
    assert told["frames"][0].endswith("test_an_error_in_the_log_names_no_person_INV_25")
    assert "Aino" not in str(told)
    assert "010199-987K" not in str(told)
    told = described(psycopg.errors.UniqueViolation("Key (name)=(Aino)"))
    assert told["sqlstate"] == "23505"
    assert "Aino" not in str(told)
