"""Facts on their way out: rows written in the transaction that made them true, sent later by the relay."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from google.protobuf.message import Message
from sqlalchemy import event, func, insert, select
from sqlalchemy.orm import Session

from services.chassis.context import current_cause
from services.chassis.crash import crash_point
from services.chassis.database import outbox

PARTITIONS = 32
"""Order is kept inside a partition; each aggregate belongs to one. Changing it needs an empty outbox."""

CHANNEL = "outbox"
"""The PostgreSQL notification that wakes the relays."""

_WOKEN = "outbox_woken"
_ANNOUNCED = "outbox_announced"


def announce(session: Session, fact: Message, *, aggregate: str, aggregate_id: UUID, version: int) -> None:
    """Announce a fact of the aggregate at this version: it is sent if, and only if, the transaction commits.

    It goes to the exchange "<service>.facts" (service = second part of the proto package) under its full name. Facts
    of one aggregate are sent in the order of their announcement, because the caller holds the aggregate's row lock.
    Facts carry no personal data (INV-25).
    """
    full_name = fact.DESCRIPTOR.full_name
    service = full_name.split(".")[1]
    headers: dict[str, str | int] = {"subject": f"{aggregate}/{aggregate_id}", "aggregateversion": version}
    enqueue(
        session,
        exchange=f"{service}.facts",
        routing_key=full_name,
        aggregate_id=aggregate_id,
        headers=headers,
        body=fact.SerializeToString(deterministic=True),
    )


def enqueue(
    session: Session,
    *,
    exchange: str,
    routing_key: str,
    aggregate_id: UUID,
    headers: dict[str, str | int],
    body: bytes | None,
) -> None:
    """Add a message to the outbox with the CloudEvents attributes every message carries."""
    cause = current_cause()
    message_id = uuid4()
    attributes: dict[str, str | int] = {
        "specversion": "1.0",
        "id": str(message_id),
        "source": f"/{exchange.split('.')[0]}",
        "type": routing_key,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "correlationid": cause.correlation_id or str(message_id),
        "causationid": cause.causation_id,
        "traceparent": cause.traceparent,
        "actorrole": cause.actor_role,
        "actororg": cause.actor_organisation,
        "county": cause.county,
    }
    session.execute(
        insert(outbox).values(
            message_id=message_id,
            partition=aggregate_id.int % PARTITIONS,
            exchange=exchange,
            routing_key=routing_key,
            aggregate_id=aggregate_id,
            headers={key: value for key, value in (attributes | headers).items() if value != ""},
            body=body,
        )
    )
    session.info[_WOKEN] = True


@event.listens_for(Session, "before_commit")
def _wake_relay(session: Session) -> None:
    """One notification a transaction, delivered by PostgreSQL when (and only if) it commits."""
    if session.info.pop(_WOKEN, False):
        session.execute(select(func.pg_notify(CHANNEL, "")))
        session.info[_ANNOUNCED] = True
        crash_point("before-commit")


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_WOKEN, None)


@event.listens_for(Session, "after_commit")
def _after_commit(session: Session) -> None:
    if session.info.pop(_ANNOUNCED, False):
        crash_point("after-commit")
