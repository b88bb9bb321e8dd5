"""A planned service as a process: from planned to done (PLANSERVICE-2)."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.plans.content import ServiceLine
from services.kernel.care import Arrangement, CareUnit, DeliveryMode
from services.kernel.machine import listed, move


class PlanServiceState(StrEnum):
    """The states of a planned service."""

    PLANNED = "PLANNED"
    AWAITING_CHOICE = "AWAITING_CHOICE"
    ASSIGNED = "ASSIGNED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    IN_DELIVERY = "IN_DELIVERY"
    COMPLETED = "COMPLETED"
    REROUTE = "REROUTE"
    SUSPENDED = "SUSPENDED"
    CANCELLED = "CANCELLED"


_S = PlanServiceState
WITH_PROVIDER = (_S.ASSIGNED, _S.ACKNOWLEDGED, _S.IN_DELIVERY)
HELD = (*WITH_PROVIDER, _S.SUSPENDED)
WITHOUT_PROVIDER = (_S.AWAITING_CHOICE, _S.REROUTE)
DONE = (_S.COMPLETED, _S.CANCELLED)
TRANSITIONS: dict[tuple[PlanServiceState, str], PlanServiceState] = {
    **listed("await_choice", ((_S.PLANNED,), _S.AWAITING_CHOICE)),
    **listed("assign", ((_S.PLANNED, _S.AWAITING_CHOICE, _S.REROUTE), _S.ASSIGNED)),
    **listed("unassign", (HELD, _S.AWAITING_CHOICE)),
    **listed("reroute", (HELD, _S.REROUTE)),
    **listed("suspend", (WITH_PROVIDER, _S.SUSPENDED)),
    **listed("resume", ((_S.SUSPENDED,), _S.ASSIGNED)),
    # What was acknowledged is no longer what the plan says; a delivery that has begun goes on.
    **listed(
        "change_terms",
        ((_S.ASSIGNED, _S.ACKNOWLEDGED), _S.ASSIGNED),
        ((_S.IN_DELIVERY,), _S.IN_DELIVERY),
        ((_S.AWAITING_CHOICE,), _S.AWAITING_CHOICE),
        ((_S.REROUTE,), _S.REROUTE),
        ((_S.SUSPENDED,), _S.SUSPENDED),
    ),
    **listed("acknowledge", ((_S.ASSIGNED,), _S.ACKNOWLEDGED)),
    **listed("deliver", (WITH_PROVIDER, _S.IN_DELIVERY)),
    # A voucher may be settled for what was delivered before its provider was lost, or while the client is away.
    **listed("complete", ((*HELD, _S.REROUTE), _S.COMPLETED)),
    **listed("cancel", (tuple(state for state in _S if state not in DONE), _S.CANCELLED)),
}
COMMANDS = tuple(dict.fromkeys(command for _, command in TRANSITIONS))
_TERMS = tuple(field.name for field in fields(ServiceLine) if field.name != "plan_service_id")


@dataclass
class PlanService:
    """One service of a plan in force; its terms change only with a version of the plan."""

    id: UUID
    plan_id: UUID
    position: int
    service_code: str
    arrangement: Arrangement
    units: int
    unit: CareUnit
    from_date: date
    to_date: date
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    contract_id: UUID | None = None
    frequency: str = ""
    modes: tuple[DeliveryMode, ...] = ()
    mode_text: str = ""
    goal_ids: tuple[UUID, ...] = ()
    enrolment_id: UUID | None = None
    item_code: str = ""
    sensitive: bool = False
    state: PlanServiceState = PlanServiceState.PLANNED
    voucher_id: UUID | None = None
    units_delivered: int = 0
    deliveries: int = 0
    last_delivery_date: date | None = None
    resting_from: date | None = None

    @classmethod
    def begin(cls, line: ServiceLine, *, plan_id: UUID, position: int) -> "PlanService":
        """A planned service that comes into force: a voucher awaits the client's choice, others have their provider."""
        terms = {name: getattr(line, name) for name in _TERMS}
        service = cls(id=line.plan_service_id, plan_id=plan_id, position=position, **terms)
        service.take("await_choice" if line.provider_id is None else "assign")
        return service

    def line(self) -> ServiceLine:
        """What the plan says about it."""
        return ServiceLine(plan_service_id=self.id, **{name: getattr(self, name) for name in _TERMS})

    def take(self, command: str) -> None:
        """Move by the table; refuses with `IllegalTransition`."""
        self.state = move(TRANSITIONS, self.state, command, noun="planned service")

    def set_line(self, line: ServiceLine) -> None:
        """Say from now on what `line` says; the caller moves the state."""
        for name in _TERMS:
            setattr(self, name, getattr(line, name))

    def change(self, line: ServiceLine) -> None:
        """Take the terms of a new MAJOR version; a changed promise must be acknowledged again.

        A voucher does not fund what is arranged otherwise from now on: a person says what becomes of it (PLANBOUND-1).
        """
        changed = line.terms() != self.line().terms()
        replaced = line.provider_id != self.provider_id
        if line.arrangement is not self.arrangement:
            self.voucher_id = None
        self.set_line(line)
        if not changed or self.done:
            return
        if replaced and self.state in HELD:
            self.take("unassign")
        if line.provider_id is not None and self.state in WITHOUT_PROVIDER:
            self.take("assign")
        else:
            self.take("change_terms")

    def count(self, units: int, day: date, *, conforms: bool) -> None:
        """Note a delivery of `units`; the first conforming one brings the service into delivery."""
        self.units_delivered += units
        self.deliveries += 1
        self.last_delivery_date = max(day, self.last_delivery_date or day)
        if conforms:
            self.take("deliver")

    def end(self) -> None:
        """The client is gone: what was delivered is completed, what never began is cancelled."""
        if not self.done:
            served = self.deliveries > 0 and (self.state, "complete") in TRANSITIONS
            self.take("complete" if served else "cancel")

    @property
    def done(self) -> bool:
        """Whether it is completed or cancelled."""
        return self.state in DONE

    @property
    def fully_delivered(self) -> bool:
        """Whether all of a counted quantity, not funded by voucher, is delivered: that completes it."""
        counted = self.units > 0 and self.arrangement in (Arrangement.OWN, Arrangement.PURCHASE)
        return counted and self.units_delivered >= self.units and self.state in WITH_PROVIDER
