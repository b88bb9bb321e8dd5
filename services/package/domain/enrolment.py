"""A client's enrolment in a package, its items and its states (3.8, E1 to E7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.package.domain.machine import moved
from services.package.domain.neighbours import PlanCopy
from services.package.domain.refusals import EnvelopeExceeded, InvalidValue
from services.package.domain.words import Arrangement, CareUnit, DeliveryMode


class EnrolmentState(StrEnum):
    """The states of an enrolment."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    EXPANDING = "EXPANDING"
    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"


TRANSITIONS: dict[tuple[EnrolmentState, str], EnrolmentState] = {
    (EnrolmentState.PROPOSED, "accept"): EnrolmentState.ACCEPTED,
    (EnrolmentState.PROPOSED, "decline"): EnrolmentState.WITHDRAWN,
    (EnrolmentState.ACCEPTED, "expand"): EnrolmentState.EXPANDING,
    (EnrolmentState.ACCEPTED, "fail"): EnrolmentState.FAILED,
    (EnrolmentState.EXPANDING, "confirm"): EnrolmentState.ACTIVE,
    (EnrolmentState.EXPANDING, "fail"): EnrolmentState.FAILED,
    (EnrolmentState.ACTIVE, "complete"): EnrolmentState.COMPLETED,
    (EnrolmentState.ACTIVE, "withdraw"): EnrolmentState.WITHDRAWN,
    (EnrolmentState.ACTIVE, "cancel"): EnrolmentState.CANCELLED,
}
"""E2 to E7; an expansion fails before it began when the envelope is refused (B2)."""

OPEN = frozenset({EnrolmentState.PROPOSED, EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING, EnrolmentState.ACTIVE})


class Step(StrEnum):
    """What an expansion waits for (saga B)."""

    NONE = "NONE"
    ENVELOPE = "ENVELOPE"
    PLANNING = "PLANNING"
    PLAN_ACTIVATION = "PLAN_ACTIVATION"
    FUNDING = "FUNDING"
    DONE = "DONE"


class ItemState(StrEnum):
    """How far an item is."""

    OFFERED = "OFFERED"
    NOT_TAKEN = "NOT_TAKEN"
    TAKEN = "TAKEN"
    PLANNED = "PLANNED"
    IN_FORCE = "IN_FORCE"
    COMPLETED = "COMPLETED"
    SKIPPED = "SKIPPED"
    CANCELLED = "CANCELLED"


ITEM_TRANSITIONS: dict[tuple[ItemState, str], ItemState] = {
    (ItemState.OFFERED, "take"): ItemState.TAKEN,
    (ItemState.OFFERED, "leave"): ItemState.NOT_TAKEN,
    (ItemState.TAKEN, "plan"): ItemState.PLANNED,
    (ItemState.PLANNED, "fund"): ItemState.IN_FORCE,
    (ItemState.IN_FORCE, "complete"): ItemState.COMPLETED,
    (ItemState.TAKEN, "skip"): ItemState.SKIPPED,
    (ItemState.PLANNED, "skip"): ItemState.SKIPPED,
    **{
        (state, "cancel"): ItemState.CANCELLED
        for state in (ItemState.OFFERED, ItemState.TAKEN, ItemState.PLANNED, ItemState.IN_FORCE)
    },
}
FINISHED = frozenset({ItemState.COMPLETED, ItemState.CANCELLED})
UNWANTED = frozenset({ItemState.OFFERED, ItemState.NOT_TAKEN, ItemState.SKIPPED})


@dataclass(frozen=True)
class Funding:
    """How an item was funded, or why it was not."""

    voucher_id: UUID | None = None
    commitment_id: UUID | None = None
    skipped_reason: str = ""


@dataclass(eq=False, kw_only=True)
class EnrolmentItem:
    """One service of an enrolment; `provider_id` None while a voucher's choice is awaited."""

    uid: UUID
    position: int
    item_code: str
    service_code: str
    arrangement: Arrangement
    provider_id: UUID | None
    units: int
    unit: CareUnit
    from_date: date
    to_date: date
    modes: tuple[DeliveryMode, ...]
    mandatory: bool
    unit_cost_cents: int
    state: ItemState = ItemState.OFFERED
    plan_service_id: UUID | None = None
    voucher_id: UUID | None = None
    commitment_id: UUID | None = None
    units_delivered: int = 0
    reason: str = ""

    def move(self, command: str, *, reason: str = "") -> None:
        """Take the command; refuses with IllegalTransition."""
        self.state = moved(ITEM_TRANSITIONS, self.state, command, what="an item")
        self.reason = reason

    @property
    def cost_cents(self) -> int:
        """What the item costs."""
        return self.units * self.unit_cost_cents


@dataclass(eq=False, kw_only=True)
class Enrolment:
    """A client's place in a version of a package; `version` counts facts, `plan_version` is the plan's last seen."""

    uid: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    package_id: UUID
    package_code: str
    package_number: int
    assessment_id: UUID
    exception_reason: str
    envelope_cents: int
    proposing_organisation_id: UUID
    state: EnrolmentState
    step: Step
    plan_id: UUID | None
    plan_version: int
    reason: str
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    items: list[EnrolmentItem] = field(default_factory=list)

    def accept(self, optional_codes: Collection[str], *, now: datetime) -> None:
        """E2: the client takes the mandatory items and these optional ones; together within the envelope."""
        after = moved(TRANSITIONS, self.state, "accept", what="an enrolment")
        optional = {one.item_code for one in self.items if not one.mandatory and one.state is ItemState.OFFERED}
        if not set(optional_codes) <= optional:
            raise InvalidValue("optional_item_codes", "a code is not an optional item on offer")
        taken = [one for one in self.items if one.mandatory or one.item_code in optional_codes]
        if sum(one.cost_cents for one in taken) > self.envelope_cents:
            raise EnvelopeExceeded("the items chosen cost more than the envelope")
        for one in self.items:
            if one.state is ItemState.OFFERED:
                one.move("take" if one in taken else "leave")
        self.step = Step.ENVELOPE
        self._become(after, now)

    def decline(self, *, now: datetime) -> None:
        """E2: the client does not want it."""
        after = moved(TRANSITIONS, self.state, "decline", what="an enrolment")
        self._cancel_items("DECLINED")
        self._become(after, now)

    def expand(self, *, now: datetime) -> None:
        """E3: the envelope is reserved; the plan takes the items next."""
        after = moved(TRANSITIONS, self.state, "expand", what="an enrolment")
        self.step = Step.PLANNING
        self._become(after, now)

    def plan_items(self, plan: PlanCopy, *, now: datetime) -> None:
        """B3: these items stand in the plan; no fact of its own."""
        if self.step is Step.PLANNING:
            self.step = Step.PLAN_ACTIVATION
        self.follow(plan, now=now)

    def follow(self, plan: PlanCopy, *, now: datetime) -> None:
        """Take over what a newer version of the plan says of the items: their planned services and providers."""
        if plan.version <= self.plan_version:
            return
        self.plan_id, self.plan_version, self.updated_at = plan.plan_id, plan.version, now
        services = plan.of_enrolment(self.uid)
        for one in self.items:
            planned = services.get(one.item_code)
            if planned is None or one.state in UNWANTED:
                continue
            one.plan_service_id, one.provider_id = planned.plan_service_id, planned.provider_id
            if one.state is ItemState.TAKEN:
                one.move("plan")

    def awaits_activation(self, plan: PlanCopy) -> bool:
        """Whether this version of the plan, now in force, decides on the items: has some, or is newer."""
        waiting = self.state is EnrolmentState.EXPANDING and self.step in {Step.PLANNING, Step.PLAN_ACTIVATION}
        same_plan_later = self.plan_id == plan.plan_id and plan.version > self.plan_version
        return waiting and (bool(plan.of_enrolment(self.uid)) or same_plan_later)

    def missing_mandatory(self, plan: PlanCopy) -> list[str]:
        """The mandatory items the plan lacks."""
        services = plan.of_enrolment(self.uid)
        return [one.item_code for one in self.items if one.mandatory and one.item_code not in services]

    def request_funding(self, plan: PlanCopy, *, now: datetime) -> None:
        """B4 done: the plan is in force; what was optional and is not in it is skipped."""
        self.follow(plan, now=now)
        services = plan.of_enrolment(self.uid)
        for one in self.items:
            if one.state in {ItemState.TAKEN, ItemState.PLANNED} and one.item_code not in services:
                one.move("skip", reason="NOT_PLANNED")
        self.step = Step.FUNDING
        self._become(self.state, now)

    def unfunded_mandatory(self, funding: Mapping[str, Funding]) -> list[str]:
        """The mandatory items without what E4 asks: a voucher, or a commitment where units are counted."""
        missing = []
        for one in self.items:
            told = funding.get(one.item_code, Funding())
            by_voucher = one.arrangement is Arrangement.VOUCHER
            funded = told.voucher_id if by_voucher else told.commitment_id or not one.units
            if one.mandatory and (told.skipped_reason or not funded):
                missing.append(one.item_code)
        return missing

    def confirm(self, funding: Mapping[str, Funding], *, now: datetime) -> None:
        """E4: every mandatory item is planned and funded; optional ones that could not be funded are skipped."""
        after = moved(TRANSITIONS, self.state, "confirm", what="an enrolment")
        for one in self.items:
            if one.state is not ItemState.PLANNED:
                continue
            told = funding.get(one.item_code, Funding())
            if told.skipped_reason and not one.mandatory:
                one.move("skip", reason=told.skipped_reason)
            else:
                one.voucher_id, one.commitment_id = told.voucher_id, told.commitment_id
                one.move("fund")
        self.step = Step.DONE
        self._become(after, now)

    def fail(self, reason: str, *, now: datetime) -> None:
        """E5: the expansion could not be done; the others undo their part on the fact."""
        after = moved(TRANSITIONS, self.state, "fail", what="an enrolment")
        self._cancel_items(reason)
        self.reason, self.step = reason, Step.NONE
        self._become(after, now)

    def item_done(self, plan_service_id: UUID, *, now: datetime) -> bool:
        """E6: a planned service is done; True when with it every mandatory item is, which completes the enrolment."""
        for one in self.items:
            if one.plan_service_id == plan_service_id and one.state is ItemState.IN_FORCE:
                one.move("complete")
                self.updated_at = now
        done = all(one.state in FINISHED for one in self.items if one.mandatory)
        if self.state is not EnrolmentState.ACTIVE or not done:
            return False
        self._become(moved(TRANSITIONS, self.state, "complete", what="an enrolment"), now)
        return True

    def withdraw(self, *, now: datetime) -> None:
        """E7: the client withdraws; what is not done is cancelled."""
        after = moved(TRANSITIONS, self.state, "withdraw", what="an enrolment")
        self._cancel_items("WITHDRAWN")
        self._become(after, now)

    def cancel(self, reason: str, *, now: datetime) -> None:
        """E7: the county cancels it; what is not done is cancelled."""
        after = moved(TRANSITIONS, self.state, "cancel", what="an enrolment")
        self._cancel_items("CANCELLED")
        self.reason = reason
        self._become(after, now)

    def taken(self) -> list[EnrolmentItem]:
        """The items the client takes, in the package's order; all that are on offer before the client chose."""
        if self.state is EnrolmentState.PROPOSED:
            return [one for one in self.items if one.state is ItemState.OFFERED]
        return [one for one in self.items if one.state not in UNWANTED]

    def _cancel_items(self, reason: str) -> None:
        for one in self.items:
            if (one.state, "cancel") in ITEM_TRANSITIONS:
                one.move("cancel", reason=reason)

    def _become(self, state: EnrolmentState, now: datetime) -> None:
        self.state = state
        self.version += 1
        self.updated_at = now
