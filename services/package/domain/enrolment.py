"""A client's enrolment in a package, its items and its states (ENROLMENT-1 to ENROLMENT-7)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.kernel.care import Arrangement
from services.kernel.machine import move
from services.kernel.refusal import InvalidValue
from services.package.domain.enrolment_item import (
    FINISHED,
    ITEM_TRANSITIONS,
    UNWANTED,
    EnrolmentItem,
    Funding,
    ItemState,
)
from services.package.domain.neighbours import PlanCopy, PlanServiceCopy
from services.package.domain.refusals import EnvelopeExceeded
from services.package.domain.rules import Rules


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


ACCEPTED_ON = (EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING, EnrolmentState.ACTIVE)

TRANSITIONS: dict[tuple[EnrolmentState, str], EnrolmentState] = {
    (EnrolmentState.PROPOSED, "accept"): EnrolmentState.ACCEPTED,
    (EnrolmentState.PROPOSED, "decline"): EnrolmentState.WITHDRAWN,
    (EnrolmentState.ACCEPTED, "expand"): EnrolmentState.EXPANDING,
    (EnrolmentState.ACCEPTED, "fail"): EnrolmentState.FAILED,
    (EnrolmentState.EXPANDING, "confirm"): EnrolmentState.ACTIVE,
    (EnrolmentState.EXPANDING, "fail"): EnrolmentState.FAILED,
    (EnrolmentState.ACTIVE, "complete"): EnrolmentState.COMPLETED,
    **{(state, "withdraw"): EnrolmentState.WITHDRAWN for state in ACCEPTED_ON},
    **{(state, "cancel"): EnrolmentState.CANCELLED for state in (EnrolmentState.PROPOSED, *ACCEPTED_ON)},
}
"""An expansion may also fail before it began, when the envelope is refused (ENROLMENT-2 to ENROLMENT-7, PROCESS-B2)."""

SERVICE_CANCELLED = "PLAN_SERVICE_CANCELLED"
OPEN = frozenset({EnrolmentState.PROPOSED, EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING, EnrolmentState.ACTIVE})


class Step(StrEnum):
    """What an expansion waits for (process B); the plan for people, the other steps for other services only."""

    NONE = "NONE"
    ENVELOPE = "ENVELOPE"
    PLANNING = "PLANNING"
    PLAN_ACTIVATION = "PLAN_ACTIVATION"
    FUNDING = "FUNDING"
    DONE = "DONE"


WAITING_STEPS = (Step.ENVELOPE, Step.PLANNING, Step.PLAN_ACTIVATION, Step.FUNDING)
PLAN_STEPS = (Step.PLANNING, Step.PLAN_ACTIVATION)


def patience(step: Step, rules: Rules) -> timedelta:
    """How long an expansion may wait at a step before a person should look why."""
    if step is Step.PLAN_ACTIVATION:
        return timedelta(days=rules.activation_days)
    return timedelta(minutes=rules.step_minutes)


@dataclass(eq=False, kw_only=True)
class Enrolment:
    """A client's place in a version of a package.

    `version` counts facts, `plan_version` is the plan's last seen, `step_since` is when the step began.
    """

    id: UUID
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
    step_since: datetime
    plan_id: UUID | None
    plan_version: int
    reason: str
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    items: list[EnrolmentItem] = field(default_factory=list)

    def accept(self, optional_codes: Collection[str], *, depends_on: Mapping[str, str], now: datetime) -> None:
        """The client takes the mandatory items and these optional ones; together within the envelope (ENROLMENT-2).

        `depends_on` names for an item the one before it (PACKAGE-7): a client cannot take the second alone.
        """
        after = move(TRANSITIONS, self.state, "accept", noun="an enrolment")
        optional = {item.item_code for item in self.items if not item.mandatory and item.state is ItemState.OFFERED}
        if not set(optional_codes) <= optional:
            raise InvalidValue("optional_item_codes", "a code is not an optional item on offer")
        if any(depends_on.get(code) in optional - set(optional_codes) for code in optional_codes):
            raise InvalidValue("optional_item_codes", "an item depends on one that is not taken")
        taken = [item for item in self.items if item.mandatory or item.item_code in optional_codes]
        if sum(item.cost_cents for item in taken) > self.envelope_cents:
            raise EnvelopeExceeded("the items chosen cost more than the envelope")
        for item in self.items:
            if item.state is ItemState.OFFERED:
                item.move("take" if item in taken else "leave")
        self._wait_for(Step.ENVELOPE, now)
        self._become(after, now)

    def decline(self, *, now: datetime) -> None:
        """The client does not want it (ENROLMENT-2)."""
        after = move(TRANSITIONS, self.state, "decline", noun="an enrolment")
        self._cancel_items("DECLINED")
        self._become(after, now)

    def expand(self, *, now: datetime) -> None:
        """The envelope is reserved; the plan takes the items next (ENROLMENT-3)."""
        after = move(TRANSITIONS, self.state, "expand", noun="an enrolment")
        self._wait_for(Step.PLANNING, now)
        self._become(after, now)

    def plan_items(self, plan: PlanCopy, *, now: datetime) -> None:
        """These items stand in the plan; no fact of its own (PROCESS-B3)."""
        if self.step is Step.PLANNING:
            self._wait_for(Step.PLAN_ACTIVATION, now)
        self.follow(plan, now=now)

    def follow(self, plan: PlanCopy, *, now: datetime) -> None:
        """Take over what a newer version of the plan says of the items: their planned services, providers and ends."""
        if plan.version <= self.plan_version:
            return
        self.plan_id, self.plan_version, self.updated_at = plan.plan_id, plan.version, now
        services = plan.of_enrolment(self.id)
        for item in self.items:
            if item.state not in UNWANTED:
                self._follow_item(item, services.get(item.item_code), plan)

    def _follow_item(self, item: EnrolmentItem, planned: PlanServiceCopy | None, plan: PlanCopy) -> None:
        if planned is None:
            if item.state in {ItemState.PLANNED, ItemState.IN_FORCE} and item.plan_service_id in plan.cancelled:
                item.move("cancel", reason=SERVICE_CANCELLED)
            return
        item.plan_service_id, item.provider_id = planned.plan_service_id, planned.provider_id
        if item.state is ItemState.TAKEN:
            item.move("plan")
        if item.state is ItemState.IN_FORCE and planned.done:
            item.move("complete")

    def awaits_activation(self, plan: PlanCopy) -> bool:
        """Whether this version of the plan, now in force, decides on the items: has some, or is newer."""
        waiting = self.state is EnrolmentState.EXPANDING and self.step in {Step.PLANNING, Step.PLAN_ACTIVATION}
        same_plan_later = self.plan_id == plan.plan_id and plan.version > self.plan_version
        return waiting and (bool(plan.of_enrolment(self.id)) or same_plan_later)

    def missing_mandatory(self, plan: PlanCopy) -> list[str]:
        """The mandatory items the plan lacks."""
        services = plan.of_enrolment(self.id)
        return [item.item_code for item in self.items if item.mandatory and item.item_code not in services]

    def request_funding(self, plan: PlanCopy, *, now: datetime) -> None:
        """PROCESS-B4 done: the plan is in force; what was optional and is not in it is skipped."""
        self.follow(plan, now=now)
        services = plan.of_enrolment(self.id)
        for item in self.items:
            if item.state in {ItemState.TAKEN, ItemState.PLANNED} and item.item_code not in services:
                item.move("skip", reason="NOT_PLANNED")
        self._wait_for(Step.FUNDING, now)
        self._become(self.state, now)

    @property
    def awaits_funding(self) -> bool:
        """Vouchers and commitments were asked for."""
        return self.state is EnrolmentState.EXPANDING and self.step is Step.FUNDING

    def unfunded_mandatory(self, funding: Mapping[str, Funding]) -> list[str]:
        """The mandatory items without what ENROLMENT-4 asks: a planned service, and its voucher or commitment."""
        missing = []
        for item in self.items:
            given = funding.get(item.item_code, Funding())
            by_voucher = item.arrangement is Arrangement.VOUCHER
            funded = given.voucher_id if by_voucher else given.commitment_id or not item.units
            if item.mandatory and (item.state is not ItemState.PLANNED or given.skipped_reason or not funded):
                missing.append(item.item_code)
        return missing

    def confirm(self, funding: Mapping[str, Funding], *, now: datetime) -> None:
        """Every mandatory item is planned and funded; optional ones that are not funded are skipped (ENROLMENT-4)."""
        after = move(TRANSITIONS, self.state, "confirm", noun="an enrolment")
        for item in self.items:
            if item.state is not ItemState.PLANNED:
                continue
            given = funding.get(item.item_code, Funding())
            if given.skipped_reason and not item.mandatory:
                item.move("skip", reason=given.skipped_reason)
            else:
                item.voucher_id, item.commitment_id = given.voucher_id, given.commitment_id
                item.move("fund")
        self._wait_for(Step.DONE, now)
        self._become(after, now)

    def fail(self, reason: str, *, now: datetime) -> None:
        """The expansion could not be done; the others undo their part on the fact (ENROLMENT-5)."""
        after = move(TRANSITIONS, self.state, "fail", noun="an enrolment")
        self._cancel_items(reason)
        self.reason = reason
        self._wait_for(Step.NONE, now)
        self._become(after, now)

    def is_cut_by(self, plan: PlanCopy) -> bool:
        """Whether a mandatory item would end undone with this closed plan."""
        services = plan.of_enrolment(self.id)
        undone = [item for item in self.items if item.mandatory and item.state is ItemState.IN_FORCE]
        return any(item.item_code not in services or not services[item.item_code].done for item in undone)

    def item_done(self, plan_service_id: UUID, *, now: datetime) -> None:
        """A planned service is done (ENROLMENT-6)."""
        for item in self.items:
            if item.plan_service_id == plan_service_id and item.state is ItemState.IN_FORCE:
                item.move("complete")
                self.updated_at = now

    def complete(self, *, now: datetime) -> bool:
        """In force, and every mandatory item is done or cancelled; whether that completes it (ENROLMENT-6)."""
        done = all(item.state in FINISHED for item in self.items if item.mandatory)
        if self.state is not EnrolmentState.ACTIVE or not done:
            return False
        self._become(move(TRANSITIONS, self.state, "complete", noun="an enrolment"), now)
        return True

    def withdraw(self, *, now: datetime) -> None:
        """The client withdraws; what is not done is cancelled (ENROLMENT-7)."""
        after = move(TRANSITIONS, self.state, "withdraw", noun="an enrolment")
        self._cancel_items("WITHDRAWN")
        self._wait_for(Step.NONE, now)
        self._become(after, now)

    def cancel(self, reason: str, *, now: datetime) -> None:
        """The county cancels it, or the client is gone; what is not done is cancelled (ENROLMENT-7)."""
        after = move(TRANSITIONS, self.state, "cancel", noun="an enrolment")
        self._cancel_items("CANCELLED")
        self._wait_for(Step.NONE, now)
        self.reason = reason
        self._become(after, now)

    def count_deliveries(self, units: Mapping[UUID, int]) -> None:
        """What was delivered of each planned service is what its item has got."""
        for item in self.items:
            if item.plan_service_id is not None:
                item.units_delivered = units.get(item.plan_service_id, 0)

    def taken(self) -> list[EnrolmentItem]:
        """The items the client takes, in the package's order; all that are on offer before the client chose."""
        if self.state is EnrolmentState.PROPOSED:
            return [item for item in self.items if item.state is ItemState.OFFERED]
        return [item for item in self.items if item.state not in UNWANTED]

    def _cancel_items(self, reason: str) -> None:
        for item in self.items:
            if (item.state, "cancel") in ITEM_TRANSITIONS:
                item.move("cancel", reason=reason)

    def _wait_for(self, step: Step, now: datetime) -> None:
        self.step, self.step_since = step, now

    def _become(self, state: EnrolmentState, now: datetime) -> None:
        self.state = state
        self.version += 1
        self.updated_at = now
