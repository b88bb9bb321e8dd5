"""The team: every state with every command, and the composition rule."""

from collections.abc import Callable
from itertools import product

import pytest

from services.client.domain.clients.people import Category, Professional
from services.client.domain.clients.refusals import RegisteredProfessionalRequired
from services.client.domain.refusals import Unknown
from services.client.domain.teams import (
    TRANSITIONS,
    AreaRequired,
    CentreRequired,
    MemberExists,
    Team,
    TeamState,
    check_place,
)
from services.kernel.refusal import IllegalTransition
from tests.builders.client.people import COUNSELLOR, NOW, PSYCHOLOGIST, SECOND_SOCIAL_WORKER, SOCIAL_WORKER, TODAY, team

STATES: dict[TeamState, Callable[[], Team]] = {
    TeamState.FORMING: lambda: team(SOCIAL_WORKER),
    TeamState.ACTIVE: lambda: team(SOCIAL_WORKER, COUNSELLOR),
    TeamState.INCOMPLETE: lambda: without(team(SOCIAL_WORKER, COUNSELLOR), "sc"),
    TeamState.CLOSED: lambda: closed(team(SOCIAL_WORKER, COUNSELLOR)),
}
COMMANDS: dict[str, Callable[[Team], object]] = {
    "add_member": lambda one: one.add_member(PSYCHOLOGIST, today=TODAY, now=NOW),
    "remove_member": lambda one: one.remove_member("sw", today=TODAY, now=NOW),
    "close": lambda one: one.close(NOW),
}


def without(one: Team, professional_id: str) -> Team:
    one.remove_member(professional_id, today=TODAY, now=NOW)
    return one


def closed(one: Team) -> Team:
    one.close(NOW)
    return one


def test_every_command_of_the_table_is_tried() -> None:
    assert {command for _, command in TRANSITIONS} == {*COMMANDS, "fulfil", "lack"}
    assert {state: make().state for state, make in STATES.items()} == {state: state for state in TeamState}


@pytest.mark.parametrize(
    ("state", "command"), list(product(STATES, COMMANDS)), ids=lambda one: getattr(one, "value", one)
)
def test_every_state_with_every_command_INV_17(state: TeamState, command: str) -> None:
    one = STATES[state]()
    version = one.version
    if (state, command) in TRANSITIONS:
        COMMANDS[command](one)
        assert one.version == version + 1
        return
    with pytest.raises(IllegalTransition):
        COMMANDS[command](one)
    assert (one.state, one.version) == (state, version)


def test_a_social_worker_and_another_social_professional_make_a_team_active_INV_17() -> None:
    assert team(SOCIAL_WORKER, PSYCHOLOGIST).state is TeamState.FORMING
    assert team(SOCIAL_WORKER, SECOND_SOCIAL_WORKER).state is TeamState.FORMING
    assert team(COUNSELLOR, PSYCHOLOGIST).state is TeamState.FORMING
    assert team(SOCIAL_WORKER, COUNSELLOR).state is TeamState.ACTIVE


def test_losing_the_last_social_worker_makes_it_incomplete_and_a_new_one_mends_it_S1_17() -> None:
    one = team(SOCIAL_WORKER, SECOND_SOCIAL_WORKER, COUNSELLOR)
    assert not one.remove_member("sw", today=TODAY, now=NOW)
    assert one.remove_member("sw2", today=TODAY, now=NOW)
    states = [one.state]
    assert one.add_member(SOCIAL_WORKER, today=TODAY, now=NOW)
    assert [*states, one.state] == [TeamState.INCOMPLETE, TeamState.ACTIVE]


def test_a_member_joins_once_and_leaves_once_S1_17() -> None:
    one = team(SOCIAL_WORKER)
    with pytest.raises(MemberExists):
        one.add_member(SOCIAL_WORKER, today=TODAY, now=NOW)
    one.remove_member("sw", today=TODAY, now=NOW)
    with pytest.raises(Unknown) as refused:
        one.remove_member("sw", today=TODAY, now=NOW)
    assert refused.value.reason == "MEMBER_UNKNOWN"


@pytest.mark.parametrize("category", [Category.SOCIAL_WORKER, Category.HEALTH])
def test_social_workers_and_health_professionals_are_registered_S1_17(category: Category) -> None:
    with pytest.raises(RegisteredProfessionalRequired):
        team().add_member(Professional("x", "title", category), today=TODAY, now=NOW)


def test_a_team_has_a_centre_S1_16() -> None:
    with pytest.raises(CentreRequired):
        check_place(at_centre=False, mobile=False, area=())


def test_a_mobile_team_has_an_area_S1_21() -> None:
    with pytest.raises(AreaRequired):
        check_place(at_centre=True, mobile=True, area=())
    check_place(at_centre=True, mobile=True, area=("790",))
