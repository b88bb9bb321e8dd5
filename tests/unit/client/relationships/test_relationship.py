"""Relationships: their machine, and what every source asks for in every state it can be in (RELATIONSHIP-1)."""

from datetime import date, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.client.domain.relationships.relationship import (
    TRANSITIONS,
    Relationship,
    RelationshipKind,
    RelationshipState,
    Tie,
    grace_days,
    reconcile,
)
from services.client.domain.relationships.sources import (
    AT_PROVIDER,
    REFERRED,
    SERVED,
    PlanCopy,
    PlannedService,
    ties_of_plan,
    ties_of_referral,
    ties_of_voucher,
)
from services.kernel.refusal import IllegalTransition
from sote.careplan.v1 import chain_pb2, plan_pb2
from sote.voucher.v1 import voucher_pb2
from tests.builders.client.people import NOW, TODAY

Kind = RelationshipKind
Status = RelationshipState
OPERATOR, FIRST, SECOND, UNIT = (UUID(int=number) for number in range(1, 5))
COMMANDS = {
    "let_end": lambda one: one.let_end(30, today=TODAY, now=NOW),
    "close": lambda one: one.close(today=TODAY, now=NOW),
}
OPERATES = Tie(Kind.PLAN_OPERATOR, OPERATOR, UNIT)


def relationship(status: Status = Status.OPEN, tie: Tie = OPERATES) -> Relationship:
    return Relationship(
        id=uuid4(),
        county_scheme="MAAKUNTA_2017",
        county_code="06",
        client_id=uuid4(),
        kind=tie.kind,
        organisation_id=tie.organisation_id,
        unit_id=tie.unit_id,
        source_id=uuid4(),
        from_date=date(2025, 1, 7),
        created_at=NOW,
        created_by="system",
        updated_at=NOW,
        state=status,
    )


def plan(status: str, *services: tuple[UUID | None, str]) -> PlanCopy:
    lines = tuple(PlannedService(provider, None, state) for provider, state in services)
    return PlanCopy(uuid4(), OPERATOR, UNIT, status, lines)


def words(wrapper: object, prefix: str) -> list[str]:
    return [name.removeprefix(prefix) for name in wrapper.keys()]  # type: ignore[attr-defined]  # noqa: SIM118


@pytest.mark.parametrize(
    ("state", "command"), list(product(Status, COMMANDS)), ids=lambda one: getattr(one, "value", one)
)
def test_every_state_with_every_command_REFUSAL_1(state: Status, command: str) -> None:
    one = relationship(state)
    after = TRANSITIONS.get((state, command))
    if after is not None:
        COMMANDS[command](one)
        assert (one.state, one.version, one.updated_at) == (after, 2, NOW)
        return
    with pytest.raises(IllegalTransition):
        COMMANDS[command](one)
    assert (one.state, one.version) == (state, 1)


def test_with_grace_it_holds_to_its_last_day_without_it_ends_now_RELATIONSHIP_11() -> None:
    graced, ended = relationship(), relationship()
    graced.end(30, today=TODAY, now=NOW)
    ended.end(0, today=TODAY, now=NOW)
    assert (graced.state, graced.to_date) == (Status.ENDING, TODAY + timedelta(days=30))
    assert (ended.state, ended.to_date) == (Status.CLOSED, TODAY)


@pytest.mark.parametrize("over", [True, False])
def test_only_an_assessment_and_the_operator_of_a_closed_plan_have_grace_RELATIONSHIP_11(over: bool) -> None:
    days = {kind: grace_days(kind, source_over=over) for kind in Kind}
    expected = {Kind.ASSESSMENT: 30} | ({Kind.PLAN_OPERATOR: 30} if over else {})
    assert {kind: given for kind, given in days.items() if given} == expected


@pytest.mark.parametrize(
    ("told", "held", "expected"),
    [
        (plan("DRAFT", (FIRST, "PLANNED")), (), {OPERATES}),
        (plan("CONSULTATION", (FIRST, "PLANNED"), (OPERATOR, "PLANNED"), (None, "PLANNED")), (),
         {OPERATES, Tie(Kind.CONSULTATION, FIRST)}),
        (plan("CONSULTATION"), (Tie(Kind.CONSULTATION, SECOND),), {OPERATES, Tie(Kind.CONSULTATION, SECOND)}),
        (plan("ACTIVE", (FIRST, "ASSIGNED"), (None, "AWAITING_CHOICE")), (Tie(Kind.CONSULTATION, FIRST),),
         {OPERATES, Tie(Kind.PLAN_SERVICE, FIRST)}),
        (plan("UNDER_REVIEW", (FIRST, "IN_DELIVERY")), (Tie(Kind.CONSULTATION, SECOND),),
         {OPERATES, Tie(Kind.PLAN_SERVICE, FIRST), Tie(Kind.CONSULTATION, SECOND)}),
        (plan("ACTIVE", (FIRST, "REROUTE"), (SECOND, "COMPLETED")), (Tie(Kind.PLAN_SERVICE, FIRST),), {OPERATES}),
        (plan("CLOSED", (FIRST, "COMPLETED")), (OPERATES,), set()),
        (plan("CANCELLED", (FIRST, "PLANNED")), (OPERATES,), set()),
    ],
    ids=lambda one: getattr(one, "status", ""),
)  # fmt: skip
def test_what_a_plan_asks_for_S1_42(told: PlanCopy, held: tuple[Tie, ...], expected: set[Tie]) -> None:
    assert ties_of_plan(told, held) == expected


@pytest.mark.parametrize("state", words(plan_pb2.PlanServiceState, "PLAN_SERVICE_STATE_"))
def test_a_service_ties_its_provider_while_it_is_delivered_S1_42_RELATIONSHIP_5(state: str) -> None:
    tied = Tie(Kind.PLAN_SERVICE, FIRST) in ties_of_plan(plan("ACTIVE", (FIRST, state)), ())
    assert tied == (state in {"ASSIGNED", "ACKNOWLEDGED", "IN_DELIVERY", "SUSPENDED"}) == (state in SERVED)


@pytest.mark.parametrize("state", words(voucher_pb2.VoucherState, "VOUCHER_STATE_"))
def test_a_voucher_ties_its_provider_from_the_choice_to_the_last_claim_S1_42_RELATIONSHIP_6(state: str) -> None:
    assert ties_of_voucher(state, None, None) == set()
    tied = ties_of_voucher(state, FIRST, UNIT) == {Tie(Kind.VOUCHER, FIRST, UNIT)}
    assert tied == (state in {"RESERVED", "ACTIVE", "PARTIALLY_REDEEMED", "CLOSING"}) == (state in AT_PROVIDER)


@pytest.mark.parametrize("state", words(chain_pb2.ChainStepState, "CHAIN_STEP_STATE_"))
def test_a_referral_ties_its_target_until_the_loop_is_closed_S1_42_RELATIONSHIP_7(state: str) -> None:
    tied = ties_of_referral(state, FIRST) == {Tie(Kind.REFERRAL, FIRST)}
    assert tied == (state not in {"UNSPECIFIED", "DRAFT", "RETURNED", "CLOSED", "CANCELLED"}) == (state in REFERRED)


TIES = some.frozensets(
    some.builds(Tie, some.sampled_from(Kind), some.sampled_from((FIRST, SECOND)), some.sampled_from((UNIT, None)))
)


@settings(derandomize=True, deadline=None)
@given(present=TIES, wanted=TIES)
def test_reconciled_the_open_ones_are_those_wanted_S1_42(present: frozenset[Tie], wanted: frozenset[Tie]) -> None:
    held = [relationship(tie=tie) for tie in present]
    to_open, to_close = reconcile(held, wanted)
    kept = {one.tie for one in held if one not in to_close}
    assert kept | to_open == wanted
    assert not kept & to_open
    assert reconcile([relationship(tie=tie) for tie in wanted], wanted) == (frozenset(), ())
