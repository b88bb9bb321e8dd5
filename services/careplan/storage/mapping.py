"""Which domain class is kept in which table; imported by whoever opens a session."""

from sqlalchemy.orm import registry, relationship

from services.careplan.domain.acknowledgement import Acknowledgement
from services.careplan.domain.chain import ChainStep
from services.careplan.domain.consultation import Consultation
from services.careplan.domain.deadlines import Deadline
from services.careplan.domain.delivery import Delivery, Deviation
from services.careplan.domain.goal_measurement import GoalMeasurement
from services.careplan.domain.operator_transfer import OperatorTransfer
from services.careplan.domain.pause import Pause
from services.careplan.domain.plan import Plan
from services.careplan.domain.plan_service import PlanService
from services.careplan.domain.publication import Publication
from services.careplan.domain.reroute import RerouteCase
from services.careplan.storage import (
    chain_tables,
    deadline_tables,
    pause_tables,
    publication_tables,
    reroute_tables,
    tables,
)

_mapper = registry(metadata=tables.METADATA)

_mapper.map_imperatively(PlanService, tables.plan_service)
_mapper.map_imperatively(
    Plan,
    tables.plan,
    # The domain counts the version itself, so that a change of a service alone also changes the plan's etag.
    version_id_col=tables.plan.c.version,
    version_id_generator=False,
    properties={
        "services": relationship(
            PlanService, order_by=tables.plan_service.c.position, lazy="selectin", cascade="all, delete-orphan"
        )
    },
)
_mapper.map_imperatively(Consultation, tables.consultation)
_mapper.map_imperatively(Acknowledgement, tables.acknowledgement)
_mapper.map_imperatively(Delivery, tables.delivery)
_mapper.map_imperatively(Deviation, tables.deviation)
_mapper.map_imperatively(
    OperatorTransfer,
    tables.operator_transfer,
    version_id_col=tables.operator_transfer.c.version,
    version_id_generator=False,
)
_mapper.map_imperatively(
    ChainStep,
    chain_tables.chain_step,
    version_id_col=chain_tables.chain_step.c.version,
    version_id_generator=False,
)
_mapper.map_imperatively(
    RerouteCase,
    reroute_tables.reroute_case,
    version_id_col=reroute_tables.reroute_case.c.version,
    version_id_generator=False,
)
_mapper.map_imperatively(Pause, pause_tables.plan_service_pause)
_mapper.map_imperatively(GoalMeasurement, tables.goal_measurement)
_mapper.map_imperatively(Deadline, deadline_tables.deadline)
_mapper.map_imperatively(Publication, publication_tables.publication)
