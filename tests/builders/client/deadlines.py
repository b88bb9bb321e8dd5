"""The timer of deadlines, and the facts that it told."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.client.bus import ClientBus
from tests.builders.client.county import Hands

BUS = ClientBus()


def told(session: Session) -> list[str]:
    """The facts of deadlines so far, by the last part of their names."""
    query = text("select routing_key from outbox where routing_key like '%.Deadline%' order by id")
    return [key.rsplit(".", 1)[1] for key in session.scalars(query)]


def tick(hands: Hands, session: Session, on: str) -> list[str]:
    """Let the timer run on a day, and tell what was told so far."""
    hands.go_to(on)
    BUS.announce_deadlines(session, hands.at)
    session.commit()
    return told(session)
