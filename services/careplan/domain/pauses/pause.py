"""A planned service rests while the client is away, in hospital for instance (PLANSERVICE-4, story 6)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.careplan.domain.pauses.refusals import PauseOutsidePeriod, PauseOverlaps, ResumedTooEarly
from services.careplan.domain.plans.plan_service import PlanService, PlanServiceState


@dataclass
class Pause:
    """Days on which a planned service is not to be delivered: from the first until, not on, the day it goes on."""

    id: UUID
    plan_service_id: UUID
    from_date: date
    state_before: PlanServiceState
    created_at: datetime
    created_by: str
    resumed_date: date | None = None

    def end(self, service: PlanService, day: date, *, promised: bool) -> None:
        """The client is back on `day`: the service goes on where it was, as far as the provider's promise holds."""
        if day < self.from_date:
            raise ResumedTooEarly(f"the service rests since {self.from_date} and cannot go on before, on {day}")
        service.take("resume")
        self.resumed_date, service.resting_from = day, None
        if self.state_before is PlanServiceState.IN_DELIVERY:
            service.take("deliver")
        elif promised:
            service.take("acknowledge")


def begin_pause(service: PlanService, last: Pause | None, day: date, *, by: str, now: datetime, new_id: UUID) -> Pause:
    """The client is away from `day` on; `last` is the pause before this one."""
    before = service.state
    service.take("suspend")
    if not service.from_date <= day <= service.to_date:
        raise PauseOutsidePeriod(
            f"the service is planned from {service.from_date} to {service.to_date}, and {day} is not within"
        )
    if last is not None and last.resumed_date is not None and day < last.resumed_date:
        raise PauseOverlaps(f"the service rested until {last.resumed_date} already")
    service.resting_from = day
    return Pause(new_id, service.id, day, before, now, by)
