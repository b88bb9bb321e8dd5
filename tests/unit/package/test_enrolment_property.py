"""Whatever others tell of an enrolment, in whatever order and however often, it ends where it ends in order
(PROCESS-2)."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.kernel.refusal import Refusal
from services.package.domain.enrolment import OPEN, Enrolment, EnrolmentState, Step
from services.package.domain.enrolment_item import EnrolmentItem, Funding, ItemState
from services.package.domain.neighbours import PlanCopy
from tests.builders.package.enrolments import LATER, enrolment, enrolment_item, plan

CODES = ("WORK", "HOME", "SUPP")
OPTIONAL = frozenset({"HOME", "SUPP"})
ENDED = frozenset(EnrolmentState) - OPEN


def items() -> tuple[EnrolmentItem, ...]:
    """One mandatory item and two optional ones."""
    return tuple(enrolment_item(code, mandatory=code not in OPTIONAL, cents=1_000) for code in CODES)


def values(item: EnrolmentItem) -> list[object]:
    """What it holds, without what a mapper may have hung on it."""
    return [getattr(item, each.name) for each in fields(item)]


def funded(*skipped: str) -> dict[str, Funding]:
    """Every item has its commitment but these."""
    return {
        code: Funding(skipped_reason="BUDGET_EXHAUSTED") if code in skipped else Funding(commitment_id=UUID(int=7))
        for code in CODES
    }


class AnyEnrolment(RuleBasedStateMachine):
    """Random commands and plans; a refused command must leave the enrolment as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.one = enrolment(EnrolmentState.PROPOSED, *items())
        self.now = LATER
        self.seen = 0
        self.ended: EnrolmentState | None = None

    def _try(self, command: Callable[[Enrolment], object]) -> None:
        before = dict(vars(self.one))
        items_before = [values(item) for item in self.one.items]
        self.now += timedelta(minutes=1)
        try:
            command(self.one)
        except Refusal:
            assert vars(self.one) == before
            assert [values(item) for item in self.one.items] == items_before

    def _plan(self, version: int, codes: set[str], done: set[str], cancelled: set[str]) -> PlanCopy:
        told = plan(self.one, version, *(code for code in CODES if code in codes - cancelled))
        services = tuple(replace(each, done=each.item_code in done) for each in told.services)
        gone = [each.plan_service_id for each in self.one.items if each.item_code in cancelled]
        return replace(told, services=services, cancelled=frozenset(uid for uid in gone if uid))

    @rule(codes=st.sets(st.sampled_from(["HOME", "SUPP", "OTHER"])))
    def accept(self, codes: set[str]) -> None:
        self._try(lambda one: one.accept(codes, depends_on={"SUPP": "HOME"}, now=self.now))

    @rule()
    def the_envelope_is_reserved(self) -> None:
        self._try(lambda one: one.expand(now=self.now))

    @rule(
        version=st.integers(1, 12),
        codes=st.sets(st.sampled_from(CODES)),
        done=st.sets(st.sampled_from(CODES)),
        cancelled=st.sets(st.sampled_from(CODES)),
    )
    def the_plan_tells(self, version: int, codes: set[str], done: set[str], cancelled: set[str]) -> None:
        told = self._plan(version, codes, done, cancelled)
        newest = max(self.seen, version)
        if self.one.state is EnrolmentState.EXPANDING and self.one.awaits_activation(told):
            if not self.one.missing_mandatory(told):
                self._try(lambda one: one.request_funding(told, now=self.now))
        else:
            self._try(lambda one: one.follow(told, now=self.now))
        assert self.one.plan_version <= newest
        self.seen = self.one.plan_version

    @rule(skipped=st.sets(st.sampled_from(CODES)))
    def the_money_is_there(self, skipped: set[str]) -> None:
        told = funded(*skipped)
        if self.one.awaits_funding and not self.one.unfunded_mandatory(told):
            self._try(lambda one: one.confirm(told, now=self.now))

    @rule()
    def complete(self) -> None:
        self._try(lambda one: one.complete(now=self.now))

    @rule(command=st.sampled_from(["decline", "withdraw", "cancel", "fail"]), rarely=st.integers(0, 4))
    def end(self, command: str, rarely: int) -> None:
        commands: dict[str, Callable[[Enrolment], object]] = {
            "decline": lambda one: one.decline(now=self.now),
            "withdraw": lambda one: one.withdraw(now=self.now),
            "cancel": lambda one: one.cancel("moved", now=self.now),
            "fail": lambda one: one.fail("BUDGET_EXHAUSTED", now=self.now),
        }
        if rarely == 0:
            self._try(commands[command])

    @invariant()
    def what_ended_stays_ended(self) -> None:
        assert self.ended in {None, self.one.state}
        self.ended = self.one.state if self.one.state in ENDED else None

    @invariant()
    def INV_19_in_force_means_every_mandatory_item_is_or_was(self) -> None:
        if self.one.state in {EnrolmentState.ACTIVE, EnrolmentState.COMPLETED}:
            mandatory = {item.state for item in self.one.items if item.mandatory}
            assert mandatory <= {ItemState.IN_FORCE, ItemState.COMPLETED, ItemState.CANCELLED}
            assert self.one.step is Step.DONE

    @invariant()
    def INV_19_given_up_means_nothing_is_in_force(self) -> None:
        if self.one.state in ENDED - {EnrolmentState.COMPLETED}:
            left = {item.state for item in self.one.items}
            assert left <= {ItemState.CANCELLED, ItemState.COMPLETED, ItemState.NOT_TAKEN, ItemState.SKIPPED}
            assert self.one.step is Step.NONE

    @invariant()
    def a_mandatory_item_is_never_left_out(self) -> None:
        assert all(
            item.state not in {ItemState.NOT_TAKEN, ItemState.SKIPPED} for item in self.one.items if item.mandatory
        )


TestAnyEnrolment = AnyEnrolment.TestCase
TestAnyEnrolment.settings = settings(max_examples=100, stateful_step_count=25, derandomize=True, deadline=None)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    order=st.permutations([*range(1, 6), *range(1, 6)]),
    chosen=st.sets(st.sampled_from(["HOME", "SUPP"])),
    assigned=st.lists(st.sampled_from([None, 8, 9]), min_size=5, max_size=5),
)
def test_plans_told_twice_and_in_any_order_end_the_same_PROCESS_2(
    order: list[int], chosen: set[str], assigned: list[int | None]
) -> None:
    def after(versions: list[int]) -> list[tuple[str, ItemState, UUID | None, UUID | None]]:
        one = enrolment(EnrolmentState.PROPOSED, *items())
        one.accept(chosen, depends_on={}, now=LATER)
        one.expand(now=LATER)
        for version in versions:
            who = assigned[version - 1]
            told = plan(one, version, "WORK", *sorted(chosen), provider_id=UUID(int=who) if who else None)
            one.follow(told, now=LATER)
        return [(item.item_code, item.state, item.provider_id, item.plan_service_id) for item in one.items]

    assert after(order) == after(list(range(1, 6)))
