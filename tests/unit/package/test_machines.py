"""Every (state, command) pair of package, enrolment and item: listed ones move, all others are refused."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from services.kernel.refusal import IllegalTransition
from services.package.domain import enrolment as enrolments
from services.package.domain import package as packages
from services.package.domain.enrolment import Enrolment, EnrolmentState
from services.package.domain.enrolment_item import ITEM_TRANSITIONS, ItemState
from services.package.domain.package import Package, PackageState
from tests.builders.package.enrolments import LATER, content, enrolment, enrolment_item, package

PACKAGE: dict[str, Callable[[Package], object]] = {
    "edit": lambda one: one.edit(replace(content(), name_fi="Toinen"), now=LATER),
    "publish": lambda one: one.publish(now=LATER),
    "new_version": lambda one: one.new_version(now=LATER),
    "degrade": lambda one: one.degrade(["WORK"], now=LATER),
    "retire": lambda one: one.retire(now=LATER),
}
ENROLMENT: dict[str, Callable[[Enrolment], object]] = {
    "accept": lambda one: one.accept([], depends_on={}, now=LATER),
    "decline": lambda one: one.decline(now=LATER),
    "expand": lambda one: one.expand(now=LATER),
    "confirm": lambda one: one.confirm({}, now=LATER),
    "fail": lambda one: one.fail("BUDGET_EXHAUSTED", now=LATER),
    "withdraw": lambda one: one.withdraw(now=LATER),
    "cancel": lambda one: one.cancel("moved", now=LATER),
}


@pytest.mark.parametrize(("state", "command"), list(product(PackageState, PACKAGE)))
def test_package_REFUSAL_1(state: PackageState, command: str) -> None:
    one = package(state, drafting=command != "new_version")
    after = packages.TRANSITIONS.get((state, command))
    if after is None:
        with pytest.raises(IllegalTransition):
            PACKAGE[command](one)
        assert (one.state, one.version) == (state, 1)
    else:
        PACKAGE[command](one)
        assert (one.state, one.version) == (after, 2)


@pytest.mark.parametrize(("state", "command"), list(product(EnrolmentState, ENROLMENT)))
def test_enrolment_REFUSAL_1(state: EnrolmentState, command: str) -> None:
    one = enrolment(state)
    items = [item.state for item in one.items]
    after = enrolments.TRANSITIONS.get((state, command))
    if after is None:
        with pytest.raises(IllegalTransition):
            ENROLMENT[command](one)
        assert (one.state, one.version, [item.state for item in one.items]) == (state, 1, items)
    else:
        ENROLMENT[command](one)
        assert (one.state, one.version) == (after, 2)


@pytest.mark.parametrize("state", list(EnrolmentState))
def test_only_an_enrolment_in_force_completes_ENROLMENT_6(state: EnrolmentState) -> None:
    work = enrolment_item("WORK", ItemState.IN_FORCE, mandatory=True)
    one = enrolment(state, work)
    work.plan_service_id = one.id
    one.item_done(one.id, now=LATER)
    completed = one.complete(now=LATER)
    listed = enrolments.TRANSITIONS.get((state, "complete"))
    assert completed == (listed is not None)
    assert one.state == (listed or state)


@pytest.mark.parametrize(
    ("state", "command"), list(product(ItemState, ["take", "leave", "plan", "fund", "complete", "skip", "cancel"]))
)
def test_item_REFUSAL_1(state: ItemState, command: str) -> None:
    one = enrolment_item("WORK", state)
    after = ITEM_TRANSITIONS.get((state, command))
    if after is None:
        with pytest.raises(IllegalTransition):
            one.move(command)
        assert one.state is state
    else:
        one.move(command)
        assert one.state is after


def test_every_command_of_the_tables_is_tried() -> None:
    assert {command for _, command in packages.TRANSITIONS} == set(PACKAGE)
    assert {command for _, command in enrolments.TRANSITIONS} == {*ENROLMENT, "complete"}
