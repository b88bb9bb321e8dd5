"""Domain objects onto tables; each aggregate counts its own versions, the row refuses a stale one."""

from sqlalchemy.orm import registry, relationship

from services.provider.domain.adherence import Breach
from services.provider.domain.catalogue import CatalogueService
from services.provider.domain.centre import CentreServiceDecision
from services.provider.domain.clauses import ClauseTemplate
from services.provider.domain.condition import ConditionSet, Evidence
from services.provider.domain.contract import Contract
from services.provider.domain.provider import Provider, ServiceUnit
from services.provider.domain.sanction import Sanction
from services.provider.storage import tables

_MAPPER = registry(metadata=tables.METADATA)

_MAPPER.map_imperatively(ServiceUnit, tables.service_unit)
_MAPPER.map_imperatively(Breach, tables.breach)
_MAPPER.map_imperatively(
    Provider,
    tables.provider,
    version_id_col=tables.provider.c.version,
    version_id_generator=False,
    properties={"units": relationship(ServiceUnit, order_by=tables.service_unit.c.position, lazy="selectin")},
)
for _kind, _table in (
    (CatalogueService, tables.catalogue_service),
    (ConditionSet, tables.condition_set),
    (Evidence, tables.evidence),
    (Contract, tables.contract),
    (Sanction, tables.sanction),
    (CentreServiceDecision, tables.centre_service_decision),
    (ClauseTemplate, tables.clause_template),
):
    _MAPPER.map_imperatively(_kind, _table, version_id_col=_table.c.version, version_id_generator=False)
