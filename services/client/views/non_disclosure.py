"""Whose whereabouts an answer must not tell (INV-15)."""

from typing import TypeVar

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.client.domain.clients.non_disclosure import ENTITLED
from services.client.storage.clients import client as clients
from services.client.wire.non_disclosure import clients_named, withheld

Answer = TypeVar("Answer", bound=Message)


def as_told_to(session: Session, role: str, answer: Answer) -> Answer:
    """The answer as this role gets it: without the whereabouts of clients with a non-disclosure order in force."""
    if role in ENTITLED:
        return answer
    if hidden := clients.protected(session, clients_named(answer)):
        withheld(answer, hidden)
    return answer
