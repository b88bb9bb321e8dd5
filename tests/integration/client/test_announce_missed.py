"""What was announced before anybody listened is announced once more after the upgrade."""

from collections.abc import Callable

from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.chassis.migrations import _config, migrate
from services.client.operations.relationships.announce_missed import announce_missed
from sote.client.v1 import events_pb2, relationship_pb2
from sote.client.v1 import non_disclosure_service_pb2 as nd
from tests.builders.client.county import P02, Hands, day

OPENED, CLOSED, ORDER = (
    f"sote.client.v1.{name}" for name in ("RelationshipOpened", "RelationshipClosed", "ClientNonDisclosureChanged")
)


def older(engine: Engine, url: str) -> None:
    """The database is as before the upgrade, nothing is on its way out, and then it is upgraded."""
    with engine.connect() as connection:
        command.downgrade(_config("services.client", connection), "0018")
        connection.execute(text("delete from outbox"))
        connection.commit()
    migrate("services.client", url)


def told(session: Session) -> dict[str, list[bytes]]:
    rows = session.execute(text("select routing_key, body from outbox where body is not null order by id")).all()
    found: dict[str, list[bytes]] = {}
    for name, body in rows:
        found.setdefault(name, []).append(bytes(body))
    return found


def test_an_older_county_announces_what_holds_once_INV_14(
    hands: Hands, own_engine: Engine, own_session: Session, url: str, new_database: Callable[[str], str]
) -> None:
    client = hands.register()
    hands.meet(client, P02)
    hands.call(nd.SetNonDisclosureRequest(name=client.name, valid_to=day("2030-01-07")))
    gone = hands.register("010190-999W")
    hands.meet(gone, P02)
    own_session.execute(text("update relationship set state = 'CLOSED' where client_id = :one"), {"one": gone.uid})
    own_session.commit()
    older(own_engine, url)
    for _ in range(2):
        announce_missed(own_session)
        own_session.commit()
    facts = told(own_session)
    (closed,) = facts[CLOSED]
    (order,) = facts[ORDER]
    relationship = events_pb2.RelationshipClosed.FromString(closed).relationship
    assert (relationship.client_id, relationship.organisation_id) == (client.uid, str(P02))
    assert relationship.state == relationship_pb2.RELATIONSHIP_STATE_ENDING
    assert events_pb2.ClientNonDisclosureChanged.FromString(order).client_id == client.uid
    assert OPENED not in facts
