"""From an exception to a gRPC status with details (REFUSAL-2, AIP-193).

An unexpected error is answered with a reference and nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2 as details
from google.rpc import status_pb2
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.etags import VersionConflict
from services.chassis.identity import Unauthenticated
from services.chassis.inbox import NotYet
from services.chassis.names import InvalidField
from services.chassis.policy import Denied, NoRelationship

RETRY_SECONDS = 1
MOST_VIOLATIONS = 25
"""More are not listed: the details of a status travel in the trailing metadata, which callers bound at 8 KiB."""


class InvalidRequest(Exception):
    """A request that breaks rules of its proto: INVALID_ARGUMENT with every violation (field, description, rule)."""

    reason = "INVALID_REQUEST"
    rule = "AIP-193"

    def __init__(self, violations: Iterable[tuple[str, str, str]]) -> None:
        super().__init__("the request is not valid")
        self.violations = tuple(violations)


class MalformedRequest(Exception):
    """Bytes that are no message of the method's request type: INVALID_ARGUMENT."""

    reason = "MALFORMED_REQUEST"
    rule = "AIP-193"


class IdempotencyKeyReused(Exception):
    """A request_id that came before with another method or payload: FAILED_PRECONDITION."""

    reason = "IDEMPOTENCY_KEY_REUSED"
    rule = "AIP-155"


class DeadlineSpent(Exception):
    """The caller's time is over; the transaction was rolled back: DEADLINE_EXCEEDED."""

    reason = "DEADLINE_SPENT"
    rule = "GUARANTEE-27"


class Unavailable(Exception):
    """Something this process stands on does not answer now; nothing was changed, a retry is safe: UNAVAILABLE."""

    reason = "UPSTREAM_UNAVAILABLE"
    rule = "GUARANTEE-14"


class Relayed(Exception):
    """A peer's refusal that is ours too, passed on in the peer's words and with its details."""

    def __init__(self, status: status_pb2.Status) -> None:
        super().__init__(status.message)
        self.status = status


Code = grpc.StatusCode
_BY_NUMBER = {code.value[0]: code for code in Code}
OWN_REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    Unauthenticated: Code.UNAUTHENTICATED,
    Denied: Code.PERMISSION_DENIED,
    NoRelationship: Code.PERMISSION_DENIED,
    InvalidField: Code.INVALID_ARGUMENT,
    InvalidRequest: Code.INVALID_ARGUMENT,
    MalformedRequest: Code.INVALID_ARGUMENT,
    IdempotencyKeyReused: Code.FAILED_PRECONDITION,
    VersionConflict: Code.ABORTED,
    DeadlineSpent: Code.DEADLINE_EXCEEDED,
    Unavailable: Code.UNAVAILABLE,
    NotYet: Code.UNAVAILABLE,
}


@dataclass(frozen=True)
class Refusals:
    """The refusals of one service: exception class to status, and constraint name to the exception it stands for."""

    service: str
    codes: Mapping[type[Exception], grpc.StatusCode]
    constraints: Mapping[str, Callable[[], Exception]]

    def known(self, error: Exception) -> Exception | None:
        """The refusal an exception amounts to, or None when it is unexpected."""
        refusal = self._translated(error)
        return refusal if self.code(refusal) is not None else None

    def code(self, refusal: Exception) -> grpc.StatusCode | None:
        """The status code of a refusal; a class not listed itself takes that of its nearest listed base."""
        if isinstance(refusal, Relayed):
            return _BY_NUMBER[refusal.status.code]
        for kind in type(refusal).__mro__:
            code = self.codes.get(kind) or OWN_REFUSALS.get(kind)
            if code is not None:
                return code
        return None

    def status(self, refusal: Exception, *, correlation_id: str) -> status_pb2.Status:
        """The status of a known refusal, with ErrorInfo and whatever other details fit."""
        if isinstance(refusal, Relayed):
            return refusal.status
        code = self.code(refusal) or Code.INTERNAL
        return _status(code, str(refusal), self._details(refusal, code, correlation_id))

    def unforeseen(self, *, correlation_id: str) -> status_pb2.Status:
        """The status of a fault of ours: its text stays in the log, the caller gets the reference to it."""
        info = self._info("INTERNAL", {"correlation_id": correlation_id})
        return _status(Code.INTERNAL, f"internal error, reference {correlation_id}", [info])

    def _translated(self, error: Exception) -> Exception:
        if isinstance(error, StaleDataError):
            return VersionConflict()
        if isinstance(error, PoolTimeout):
            return Unavailable("the database is busy")
        if isinstance(error, IntegrityError):
            return self._of_constraint(error)
        if isinstance(error, DBAPIError):
            return _of_database(error)
        return error

    def _of_constraint(self, error: IntegrityError) -> Exception:
        diagnosis = getattr(error.orig, "diag", None)
        make = self.constraints.get(getattr(diagnosis, "constraint_name", None) or "")
        return make() if make else error

    def _info(self, reason: str, metadata: dict[str, str]) -> details.ErrorInfo:
        return details.ErrorInfo(reason=reason, domain=self.service, metadata=metadata)

    def _details(self, refusal: Exception, code: grpc.StatusCode, correlation_id: str) -> list[Message]:
        metadata = {"correlation_id": correlation_id, "rule": _text(refusal, "rule")}
        if legal_basis := _text(refusal, "legal_basis"):
            metadata["legal_basis"] = legal_basis
        reason = reason_of(refusal)
        parts: list[Message] = [self._info(reason, metadata)]
        field = _text(refusal, "field")
        if isinstance(refusal, InvalidRequest):
            parts.append(_bad_request(refusal.violations[:MOST_VIOLATIONS]))
        elif code is Code.INVALID_ARGUMENT and field:
            parts.append(_bad_request([(field, str(refusal), reason)]))
        elif code is Code.FAILED_PRECONDITION:
            subject = _text(refusal, "rule") or self.service
            violation = details.PreconditionFailure.Violation(type=reason, subject=subject, description=str(refusal))
            parts.append(details.PreconditionFailure(violations=[violation]))
        elif code in {Code.NOT_FOUND, Code.ALREADY_EXISTS}:
            kind, name = _text(refusal, "resource_type"), _text(refusal, "resource_name")
            parts.append(details.ResourceInfo(resource_type=kind or self.service, resource_name=name))
        elif code is Code.UNAVAILABLE:
            retry = details.RetryInfo()
            retry.retry_delay.FromSeconds(RETRY_SECONDS)
            parts.append(retry)
        return parts


def reason_of(refusal: Exception) -> str:
    """The UPPER_SNAKE reason of a refusal, as docs/errors.md lists it."""
    return (
        _text(refusal, "reason")
        or "".join(
            f"_{letter}" if letter.isupper() and place else letter
            for place, letter in enumerate(type(refusal).__name__)
        ).upper()
    )


def _text(refusal: Exception, name: str) -> str:
    value: object = getattr(refusal, name, "")
    return value if isinstance(value, str) else ""


def _of_database(error: DBAPIError) -> Exception:
    """What a database error that is no constraint means for the caller; by SQLSTATE."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "57014":  # query_canceled: our statement_timeout, which is the caller's deadline
        return DeadlineSpent("the call's time was over before it could be finished")
    if state in {"40001", "40P01", "55P03"}:  # serialization_failure, deadlock_detected, lock_not_available
        return VersionConflict("another change of the same resource was in the way")
    if error.connection_invalidated or state[:2] in {"08", "53", "57"}:
        return Unavailable("the database does not answer")
    # psycopg tells a refused or broken connection as an OperationalError without SQLSTATE.
    return Unavailable("the database does not answer") if not state and _is_operational(error) else error


def _is_operational(error: DBAPIError) -> bool:
    return type(error).__name__ in {"OperationalError", "InterfaceError"}


def _bad_request(violations: Iterable[tuple[str, str, str]]) -> details.BadRequest:
    return details.BadRequest(
        field_violations=[
            details.BadRequest.FieldViolation(field=field, description=description, reason=rule)
            for field, description, rule in violations
        ]
    )


def _status(code: grpc.StatusCode, message: str, parts: Iterable[Message]) -> status_pb2.Status:
    status = status_pb2.Status(code=code.value[0], message=message)
    for part in parts:
        status.details.add().Pack(part)
    return status
