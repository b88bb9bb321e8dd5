"""How long an expansion waits, what depends on what, and how a plan ends what came from an enrolment (PACKAGE-7)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.kernel.refusal import InvalidValue
from services.package.domain.enrolment import WAITING_STEPS, Enrolment, EnrolmentState, Step, patience
from services.package.domain.enrolment_item import ItemState
from services.package.domain.neighbours import PlanCopy
from services.package.domain.package import PackageState
from services.package.domain.proposing import Override, proposed_items
from services.package.domain.rules import Rules
from tests.builders.package.enrolments import LATER, content, enrolment, enrolment_item, market, package, plan

FROM = date(2025, 3, 1)


def ended(of: Enrolment, version: int, *, done: tuple[str, ...] = (), cancelled: tuple[str, ...] = ()) -> PlanCopy:
    """A version of the plan in which these items are done, and these cancelled."""
    told = plan(of, version, *done)
    return replace(
        told,
        services=tuple(replace(one, done=True) for one in told.services),
        cancelled=frozenset(
            one.plan_service_id for one in of.items if one.plan_service_id and one.item_code in cancelled
        ),
    )


def running() -> Enrolment:
    """An enrolment in force with a mandatory and an optional item, both planned."""
    one = enrolment(EnrolmentState.ACTIVE)
    one.follow(plan(one, 1, "WORK", "HOME"), now=LATER)
    return one


def test_people_have_days_and_services_minutes_PROCESS_5() -> None:
    rules = Rules(step_minutes=60, activation_days=21)
    limits = {step: patience(step, rules) for step in WAITING_STEPS}
    assert limits.pop(Step.PLAN_ACTIVATION) == timedelta(days=21)
    assert set(limits.values()) == {timedelta(hours=1)}
    assert {Step.NONE, Step.DONE} == set(Step) - set(WAITING_STEPS)


def test_each_step_tells_since_when_it_is_waited_for_PROCESS_7() -> None:
    one = enrolment()
    moves: list[Callable[[datetime], None]] = [
        lambda now: one.accept([], depends_on={}, now=now),
        lambda now: one.expand(now=now),
        lambda now: one.plan_items(plan(one, 1, "WORK"), now=now),
        lambda now: one.request_funding(plan(one, 2, "WORK"), now=now),
        lambda now: one.fail("BUDGET_EXHAUSTED", now=now),
    ]
    for hours, move in enumerate(moves):
        now = LATER + timedelta(hours=hours)
        move(now)
        assert one.step_since == now


class TestDependence:
    @pytest.mark.parametrize(
        ("overrides", "begins"), [({}, date(2025, 4, 1)), ({"HOME": Override(from_date=FROM)}, FROM)]
    )
    def test_an_item_begins_when_the_one_before_it_ends_PACKAGE_7(
        self, overrides: dict[str, Override], begins: date
    ) -> None:
        work, home, *more = content().items
        told = replace(content(), items=(replace(work, duration_months=1), replace(home, depends_on="WORK"), *more))
        first, second, *_ = proposed_items(
            package(PackageState.PUBLISHED), told, from_date=FROM, overrides=overrides, market=market(), new_id=uuid4
        )
        assert (first.from_date, first.to_date, second.from_date) == (FROM, date(2025, 3, 31), begins)

    def test_an_optional_item_is_not_taken_without_the_one_before_it_PACKAGE_7(self) -> None:
        depends_on = {"HOME": "WORK", "SUPP": "HOME"}
        items = (
            enrolment_item("WORK", mandatory=True),
            enrolment_item("HOME", cents=1),
            enrolment_item("SUPP", cents=1),
        )
        for codes, taken in (([], True), (["HOME"], True), (["HOME", "SUPP"], True), (["SUPP"], False)):
            one = enrolment(EnrolmentState.PROPOSED, *(replace(each) for each in items))
            if taken:
                one.accept(codes, depends_on=depends_on, now=LATER)
            else:
                with pytest.raises(InvalidValue):
                    one.accept(codes, depends_on=depends_on, now=LATER)


class TestEnd:
    def test_a_mandatory_service_the_plan_cancelled_holds_nothing_up_ENROLMENT_6(self) -> None:
        one = running()
        one.follow(ended(one, 2, done=("HOME",), cancelled=("WORK",)), now=LATER)
        work, home = one.items
        assert (work.state, work.reason, home.state) == (
            ItemState.CANCELLED,
            "PLAN_SERVICE_CANCELLED",
            ItemState.COMPLETED,
        )
        assert one.complete(now=LATER)

    def test_a_service_replaced_by_another_is_not_cancelled_PROCESS_C7(self) -> None:
        one = running()
        before = one.items[0].plan_service_id
        assert before is not None
        told = plan(one, 2, "HOME", "WORK")
        one.follow(replace(told, cancelled=frozenset({UUID(int=999)})), now=LATER)
        assert one.items[0].state is ItemState.IN_FORCE
        assert one.items[0].plan_service_id != before

    @pytest.mark.parametrize(
        ("done", "cancelled", "cut"),
        [
            (("WORK", "HOME"), (), False),
            (("WORK",), ("HOME",), False),
            (("HOME",), ("WORK",), True),
            ((), ("WORK", "HOME"), True),
        ],
    )
    def test_a_closed_plan_cuts_what_it_left_undone_ENROLMENT_7(
        self, done: tuple[str, ...], cancelled: tuple[str, ...], cut: bool
    ) -> None:
        one = running()
        assert one.is_cut_by(ended(one, 2, done=done, cancelled=cancelled)) is cut
