"""What facts say about the lines of a plan's version and about absences, in the words of the copies."""

from datetime import date
from uuid import UUID

from services.chassis.values import day_of, id_of
from services.chassis.words import name_of
from services.voucher.domain.neighbours.plan_line import LineVersion, Pause
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.type.v1 import care_pb2

LEFT_OUT = plan_pb2.PLAN_SERVICE_STATE_CANCELLED


def line_versions(plan: careplan.PlanFacts, *, heard_on: date) -> list[LineVersion]:
    """Every line of the MAJOR version just come into force; cancelled ones as those it leaves out.

    It is in force since the day the plan tells, however late it is heard; a fact of before plans told it, since then.
    """
    since = day_of(plan.in_force_from, "in_force_from") if plan.HasField("in_force_from") else heard_on
    return [_line(plan, service, since) for service in plan.services]


def _line(plan: careplan.PlanFacts, service: careplan.PlanServiceFacts, since: date) -> LineVersion:
    return LineVersion(
        plan_service_id=UUID(service.plan_service_id),
        major=plan.major,
        since=since,
        planned=service.state != LEFT_OUT,
        service_code=service.service_code,
        arrangement=name_of(care_pb2.Arrangement, service.arrangement),
        provider_id=id_of(service.provider_id),
        from_date=day_of(service.from_date, "from_date"),
        to_date=day_of(service.to_date, "to_date"),
        units=service.units,
        modes=tuple(sorted(name_of(care_pb2.DeliveryMode, mode) for mode in service.modes)),
    )


def pause(fact: careplan.PlanServiceSuspended | careplan.PlanServiceResumed) -> Pause:
    """An absence, with its end once it is told."""
    ended = fact.resumed_date if isinstance(fact, careplan.PlanServiceResumed) else None
    return Pause(
        plan_service_id=UUID(fact.plan_service_id),
        first=day_of(fact.from_date, "from_date"),
        resumed=None if ended is None else day_of(ended, "resumed_date"),
    )
