"""Keep a client's section as its service told it."""

from sqlalchemy.orm import Session

from services.gateway import wire
from services.gateway.domain.record import BY_MESSAGE
from services.gateway.storage.records import store_section
from sote.type.v1 import section_pb2


def fold_section(session: Session, *, section: section_pb2.Section) -> bool:
    """Store the section unless the same or a later version is there; whether the record changed.

    A section that no field of the record is for is left alone: its service may be newer than this gateway.
    """
    kind = BY_MESSAGE.get(section.section)
    if kind is None:
        return False
    return store_section(session, wire.client_of(section), kind, wire.copy_of(section))
