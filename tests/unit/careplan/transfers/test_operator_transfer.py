"""The transfer of the responsible operator, model-checked: every interleaving of two operators and the county."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from services.careplan.domain.lifecycle.refusals import OperatorKindNotAllowed
from services.careplan.domain.neighbours.copies import ProviderCopy, UnitCopy
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import IN_FORCE, PlanState
from services.careplan.domain.plans.refusals import NoRelationship, NotTheOperator, ProviderUnitUnknown, StaleOperator
from services.careplan.domain.terms import OperatorKind
from services.careplan.domain.transfers.operator_transfer import (
    OperatorTransfer,
    Target,
    TransferState,
    check_target,
    offer,
    order,
)
from services.careplan.domain.transfers.refusals import TransferPending, TransferToItself
from services.kernel.refusal import IllegalTransition, Refusal
from tests.builders.careplan import plans as samples
from tests.builders.careplan.plans import DOCTOR, ENTERPRISE, NOW, RULES, uid

CENTRE = DOCTOR
ACTORS = (ENTERPRISE, CENTRE)
TARGETS = {
    ENTERPRISE: Target(ENTERPRISE, uid(3), OperatorKind.COUNTY_ENTERPRISE),
    CENTRE: Target(CENTRE, uid(5), OperatorKind.DIRECT_CHOICE_HSSC),
}
MOST_TRANSFERS = 3


@dataclass
class World:
    """A plan, every transfer there ever was, and the turn each organisation last read."""

    plan: Plan
    transfers: list[OperatorTransfer] = field(default_factory=list)
    read: dict[UUID, int | None] = field(default_factory=lambda: dict.fromkeys(ACTORS))

    def key(self) -> tuple[object, ...]:
        """What tells one situation from another."""
        plan = self.plan
        made = tuple((t.from_organisation_id, t.state, t.epoch, t.ordered) for t in self.transfers)
        return (plan.operator_organisation_id, plan.operator_kind, plan.operator_epoch, made, tuple(self.read.items()))

    @property
    def pending(self) -> OperatorTransfer | None:
        """The transfer that is under way, as the operations look it up."""
        return next((one for one in self.transfers if one.under_way), None)


Step = Callable[[World], object]


def read(who: UUID) -> Step:
    return lambda world: world.read.update({who: world.plan.operator_epoch})


def write(who: UUID) -> Step:
    return lambda world: world.plan.require_operator(who, world.read[who])


def offered(who: UUID) -> Step:
    def step(world: World) -> None:
        world.plan.require_operator(who, world.read[who])
        (other,) = (one for one in ACTORS if one != who)
        made = offer(world.plan, world.pending, TARGETS[other], reason="moved", by="x", now=NOW, new_id=uid(7))
        world.transfers.append(made)

    return step


def ordered(to: UUID) -> Step:
    def step(world: World) -> None:
        made = order(world.plan, world.pending, TARGETS[to], reason="law", by="x", now=NOW, new_id=uid(7))
        world.transfers.append(made)

    return step


def answered(who: UUID, number: int, command: str) -> Step:
    def step(world: World) -> None:
        transfer = world.transfers[number]
        if command in ("accept", "decline"):
            transfer.require_to(who)
        else:
            transfer.require_from(who)
        if command == "accept":
            transfer.accept(NOW)
        elif command == "commit":
            transfer.commit(world.plan, NOW)
        else:
            (transfer.decline if command == "decline" else transfer.withdraw)("no", NOW)

    return step


def steps(world: World) -> Iterator[tuple[str, UUID, Step]]:
    """Everything anybody may try now, sensible or not."""
    for who in ACTORS:
        yield "read", who, read(who)
        yield "write", who, write(who)
        if len(world.transfers) < MOST_TRANSFERS:
            yield "offer", who, offered(who)
            yield "order", who, ordered(who)
        for number in range(len(world.transfers)):
            for command in ("accept", "decline", "commit", "withdraw"):
                yield command, who, answered(who, number, command)


def check(before: World, after: World, name: str, who: UUID) -> None:
    """What must hold after every step that was let through (INV-02)."""
    was, now = before.plan, after.plan
    assert now.operator_organisation_id in ACTORS
    assert TARGETS[now.operator_organisation_id].kind is now.operator_kind
    assert sum(one.under_way for one in after.transfers) <= 1
    assert all(one.epoch == now.operator_epoch for one in after.transfers if one.under_way)
    done = [one for one in after.transfers if one.state is TransferState.COMMITTED]
    assert sorted(one.epoch for one in done) == list(range(1, now.operator_epoch))
    changed = now.operator_organisation_id != was.operator_organisation_id
    assert now.operator_epoch == was.operator_epoch + changed
    assert changed == (name in ("commit", "order"))
    if name in ("write", "offer"):
        told = before.read[who]
        assert who == was.operator_organisation_id
        assert (told or 1) == was.operator_epoch, "a write of an earlier turn went through"
    if name == "commit":
        assert who == was.operator_organisation_id


def test_never_none_never_two_in_every_interleaving_of_two_operators_and_the_county_PLAN_15() -> None:
    first = World(samples.active())
    seen, todo = {first.key()}, [first]
    refused: set[tuple[str, type[Refusal]]] = set()
    allowed: set[str] = set()
    while todo:
        world = todo.pop()
        for name, who, step in steps(world):
            after = deepcopy(world)
            try:
                step(after)
            except Refusal as refusal:
                assert after.key() == world.key(), "a refused command changed something"
                refused.add((name, type(refusal)))
                continue
            check(world, after, name, who)
            allowed.add(name)
            if after.key() not in seen:
                seen.add(after.key())
                todo.append(after)
    assert allowed == {"read", "write", "offer", "order", "accept", "decline", "commit", "withdraw"}
    assert {("write", StaleOperator), ("write", NotTheOperator), ("offer", StaleOperator)} <= refused
    assert {("offer", TransferPending), ("order", TransferToItself), ("accept", NoRelationship)} <= refused
    assert {("commit", IllegalTransition), ("commit", NoRelationship)} <= refused
    assert max(int(str(key[2])) for key in seen) == MOST_TRANSFERS + 1


@pytest.mark.parametrize("state", [one for one in PlanState if one not in IN_FORCE])
def test_only_a_plan_in_force_changes_hands_PLAN_15(state: PlanState) -> None:
    plan = samples.active()
    plan.state = state
    for begin in (offer, order):
        with pytest.raises(IllegalTransition):
            begin(plan, None, TARGETS[CENTRE], reason="r", by="x", now=NOW, new_id=uid(7))


def test_a_commit_of_an_earlier_turn_is_refused_INV_02() -> None:
    plan = samples.active()
    transfer = offer(plan, None, TARGETS[CENTRE], reason="r", by="x", now=NOW, new_id=uid(7))
    transfer.accept(NOW)
    order(plan, None, TARGETS[CENTRE], reason="county", by="x", now=NOW, new_id=uid(8))
    with pytest.raises(StaleOperator):
        transfer.commit(plan, NOW)
    assert (plan.operator_epoch, transfer.state) == (2, TransferState.ACCEPTED)


def test_only_an_approved_organisation_of_an_allowed_kind_with_that_unit_S1_28() -> None:
    def known(role: str, state: str = "APPROVED") -> ProviderCopy:
        return ProviderCopy(CENTRE, "centre", "", (role,), state, (UnitCopy(uid(5), "unit", ""),), 1)

    target = TARGETS[CENTRE]
    check_target(target, known("DIRECT_CHOICE_HSSC"), RULES)
    for provider in (None, known("VOUCHER"), known("DIRECT_CHOICE_HSSC", "FROZEN")):
        with pytest.raises(OperatorKindNotAllowed):
            check_target(target, provider, RULES)
    with pytest.raises(ProviderUnitUnknown):
        check_target(Target(CENTRE, uid(6), target.kind), known("DIRECT_CHOICE_HSSC"), RULES)
