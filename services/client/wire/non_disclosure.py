"""Answers about clients without the clients' whereabouts."""

from collections.abc import Collection, Iterator
from uuid import UUID

from google.protobuf.message import Message

from services.chassis.policy import hides_from, withhold_from, withhold_whereabouts
from sote.client.v1 import client_pb2, section_pb2
from sote.type.v1.section_pb2 import GetSectionsResponse

SECTION = section_pb2.ClientSection


def clients_named(answer: Message) -> set[UUID]:
    """The clients that an answer is about."""
    return {UUID(text) for text in _named(answer) if text}


def withheld(answer: Message, clients: Collection[UUID]) -> None:
    """Take the whereabouts of these clients out of an answer; a list is of one client, sections may be of several."""
    if not isinstance(answer, GetSectionsResponse):
        withhold_whereabouts(answer)
        return
    for one in answer.sections:
        if UUID(one.client_id) in clients and one.section == SECTION.DESCRIPTOR.full_name:
            section = SECTION.FromString(one.body)
            withhold_whereabouts(section)
            one.body = section.SerializeToString(deterministic=True)


def section_for(role: str, body: bytes) -> bytes:
    """A client's section without what is not shown to the role (ACCESS-3)."""
    if not hides_from(SECTION.DESCRIPTOR.full_name, role):
        return body
    section = SECTION.FromString(body)
    withhold_from(section, role)
    return section.SerializeToString(deterministic=True)


def _named(message: Message) -> Iterator[str]:
    if isinstance(message, client_pb2.Client):
        yield message.uid
    for field, value in message.ListFields():
        if field.name == "client_id":
            yield value
        elif field.type == field.TYPE_MESSAGE:
            for inner in value if field.is_repeated else (value,):
                yield from _named(inner)
