"""A client's section is stored as its service published it."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.gateway import wire
from services.gateway.domain.record import BY_MESSAGE
from services.gateway.storage.findings import check_on
from services.gateway.storage.records import store_section
from sote.type.v1 import section_pb2


def keep_section(session: Session, *, section: section_pb2.Section, now: datetime) -> bool:
    """Store the section unless the same or a later version is there; whether the record changed.

    A record that changed is looked through soon. A section that no field of the record is for is passed over: its
    service may be newer than this gateway.
    """
    kind = BY_MESSAGE.get(section.section)
    if kind is None:
        return False
    client_id = wire.client_of(section)
    changed = store_section(session, client_id, kind, wire.copy_of(section))
    if changed:
        check_on(session, client_id, helsinki_date(now))
    return changed
