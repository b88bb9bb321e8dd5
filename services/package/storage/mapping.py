"""Domain objects onto tables; each aggregate counts its own versions, the row refuses a stale one."""

from sqlalchemy.orm import registry, relationship

from services.package.domain.enrolment import Enrolment
from services.package.domain.enrolment_item import EnrolmentItem
from services.package.domain.package import Package
from services.package.storage import tables

_MAPPER = registry(metadata=tables.METADATA)

_MAPPER.map_imperatively(Package, tables.package, version_id_col=tables.package.c.version, version_id_generator=False)
_MAPPER.map_imperatively(EnrolmentItem, tables.enrolment_item)
_MAPPER.map_imperatively(
    Enrolment,
    tables.enrolment,
    version_id_col=tables.enrolment.c.version,
    version_id_generator=False,
    properties={"items": relationship(EnrolmentItem, order_by=tables.enrolment_item.c.position, lazy="selectin")},
)
