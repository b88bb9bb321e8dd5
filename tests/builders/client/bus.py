"""The client service's bus, as a test gives it a fact."""

from datetime import datetime

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.bus import listenings
from services.client.bus import ClientBus

HANDLERS = {listening.topic: listening.method for listening in listenings(ClientBus)}
BUS = ClientBus()


def apply_fact(session: Session, fact: Message, now: datetime, *, bus: ClientBus = BUS) -> None:
    """Apply a neighbour's fact as the bus process does; a bus of other rules may do it."""
    getattr(bus, HANDLERS[fact.DESCRIPTOR.full_name])(session, fact, now)
