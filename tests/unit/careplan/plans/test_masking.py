"""What another provider may see of a plan's services (DESIGN-6, ACCESS-4)."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from services.careplan.domain.plans.content import ServiceLine
from services.careplan.domain.plans.masking import mask_for
from services.kernel.care import Arrangement
from tests.builders.careplan.plans import DOCTOR, HELPER, SUPPORTER, line, uid

TASKS = {"SUBST": "PAIHDE", "SUBST-GROUP": "PAIHDE", "HOME": "LAPSIPERHE"}
SENSITIVE = replace(line(1, "SUBST", Arrangement.PURCHASE, SUPPORTER, 5), sensitive=True, goal_ids=(uid(40),))
PLAIN = replace(line(2, "HOME", Arrangement.PURCHASE, HELPER, 5), goal_ids=(uid(41),))


def hidden(*lines: ServiceLine, reader: object = HELPER) -> set[int]:
    return {one.int for one in mask_for(reader, lines, TASKS).services}  # type: ignore[arg-type]


def test_a_sensitive_service_of_others_is_masked_and_so_is_who_delivers_it_alone_DESIGN_6() -> None:
    mask = mask_for(HELPER, [SENSITIVE, PLAIN], TASKS)
    assert mask.services == {SENSITIVE.plan_service_id}
    assert mask.providers == {SUPPORTER}
    assert mask_for(HELPER, [SENSITIVE, replace(PLAIN, provider_id=SUPPORTER)], TASKS).providers == set()


def test_who_delivers_shares_a_goal_or_the_task_sees_it_DESIGN_6() -> None:
    assert hidden(SENSITIVE, PLAIN, reader=SUPPORTER) == set()
    assert hidden(SENSITIVE, replace(PLAIN, goal_ids=(uid(40),))) == set()
    assert hidden(SENSITIVE, replace(PLAIN, service_code="SUBST-GROUP")) == set()
    assert hidden(SENSITIVE, replace(PLAIN, service_code="UNKNOWN")) == {1}
    assert hidden(SENSITIVE, PLAIN, reader=DOCTOR) == {1}


def test_who_shall_deliver_it_by_the_draft_sees_it_DESIGN_6() -> None:
    assert hidden(SENSITIVE, PLAIN, replace(SENSITIVE, provider_id=HELPER)) == set()


LINES = st.builds(
    lambda number, code, who, sensitive, goals: replace(
        line(number, code, Arrangement.PURCHASE, who, 1), sensitive=sensitive, goal_ids=tuple(uid(one) for one in goals)
    ),
    st.integers(1, 6),
    st.sampled_from([*TASKS, "UNKNOWN"]),
    st.sampled_from([HELPER, SUPPORTER, DOCTOR, None]),
    st.booleans(),
    st.sets(st.integers(40, 42), max_size=2),
)


@settings(derandomize=True, deadline=None)
@given(st.lists(LINES, max_size=6))
def test_nothing_plain_and_nothing_of_ones_own_is_ever_masked_DESIGN_6(lines: list[ServiceLine]) -> None:
    mask = mask_for(HELPER, lines, TASKS)
    own = {one.plan_service_id for one in lines if one.provider_id == HELPER}
    assert mask.services <= {one.plan_service_id for one in lines if one.sensitive} - own
    assert HELPER not in mask.providers
