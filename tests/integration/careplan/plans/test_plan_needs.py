"""A client with a need and no plan is reported until a plan opens (S2.10, M-I1)."""

from datetime import date

import pytest

from services.careplan.domain.plans.refusals import NotTheCounty
from services.careplan.operations.lifecycle.cancel_plan import cancel_plan
from services.careplan.views.plan_needs import list_plans_missing
from sote.careplan.v1 import plan_need_service_pb2 as rpc
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.type.v1 import care_pb2 as care
from tests.builders.careplan.acts import draft
from tests.builders.careplan.county import World

pytestmark = pytest.mark.integration
FLAG = [care.ATTENTION_KIND_FREQUENT_USER]
TODAY = date(2025, 3, 1)


def missing(world: World, today: date = TODAY, **page: str | int) -> list[tuple[str, int, bool, bool]]:
    request = rpc.ListPlansMissingRequest(**page)  # type: ignore[arg-type]
    found = list_plans_missing(world.session, request, world.caller("P01"), today).plans_missing
    names = {str(uid): name for name, uid in world.ids.items()}
    return [(names[one.client_id], one.age_days, one.assessed, one.flagged) for one in found]


def hear_client(world: World, name: str, version: int, state: int, flags: list[care.AttentionKind.ValueType]) -> None:
    facts = client.ClientFacts(client_id=str(world.id(name)), version=version, attention=flags)
    facts.state = state  # type: ignore[assignment]
    world.hear(client.ClientAttentionChanged(client=facts))


def assess(world: World, name: str, on: date, *, needed: bool) -> None:
    world.assess(name, on)
    done = client.AssessmentCompleted(
        assessment_id=str(world.id(f"assessment of {name}")),
        client_id=str(world.id(name)),
        plan_needed=needed,
    )
    done.completed_date.year, done.completed_date.month, done.completed_date.day = on.year, on.month, on.day
    world.hear(done)


def test_a_need_without_a_plan_is_listed_until_a_plan_opens_S2_10(world: World) -> None:
    assess(world, "ann", date(2025, 2, 18), needed=True)
    assess(world, "bea", date(2025, 2, 1), needed=True)
    assess(world, "cid", date(2025, 1, 1), needed=False)
    assert missing(world) == [("bea", 28, True, False), ("ann", 11, True, False)]
    plan = draft(world, "bea")
    assert missing(world) == [("ann", 11, True, False)]
    cancel_plan(world.session, plan_id=plan.id, etag="", reason="moved", caller=world.caller("P01"), now=world.now)
    world.session.flush()
    assert [name for name, *_ in missing(world)] == ["bea", "ann"]


def test_a_flag_is_a_need_from_the_day_it_was_heard_S2_10(world: World) -> None:
    active = client_pb2.CLIENT_STATE_ACTIVE
    hear_client(world.at(date(2025, 2, 20)), "dan", 2, active, FLAG)
    hear_client(world.at(date(2025, 2, 25)), "dan", 4, active, FLAG)
    hear_client(world.at(date(2025, 2, 26)), "dan", 3, active, [])
    assert missing(world) == [("dan", 9, False, True)]
    assess(world, "dan", date(2025, 2, 10), needed=True)
    assert missing(world) == [("dan", 19, True, True)]
    hear_client(world, "dan", 5, client_pb2.CLIENT_STATE_MOVED_OUT, FLAG)
    assert missing(world) == []


def test_the_newest_assessment_counts_and_a_lifted_flag_does_not_S2_10(world: World) -> None:
    assess(world, "eve", date(2025, 1, 10), needed=True)
    old = world.id("assessment of eve")
    world.ids["assessment of eve"] = world.id("newer")
    assess(world, "eve", date(2025, 2, 10), needed=False)
    world.hear(client.AssessmentSuperseded(assessment_id=str(old), client_id=str(world.id("eve"))))
    assert missing(world) == []
    for version, flags in ((2, FLAG), (3, [])):
        hear_client(world, "eve", version, client_pb2.CLIENT_STATE_ACTIVE, flags)
    assert missing(world) == []


def test_the_list_is_the_countys_and_has_pages_S2_10(world: World) -> None:
    for name, on in (("fay", date(2025, 2, 1)), ("gil", date(2025, 2, 2)), ("hal", date(2025, 2, 2))):
        assess(world, name, on, needed=True)
    with pytest.raises(NotTheCounty):
        list_plans_missing(world.session, rpc.ListPlansMissingRequest(), world.caller("P02"), TODAY)
    names, token = set(), ""
    for _ in range(3):
        request = rpc.ListPlansMissingRequest(page_size=1, page_token=token)
        page = list_plans_missing(world.session, request, world.caller("P01"), TODAY)
        names.add(page.plans_missing[0].client_id)
        token = page.next_page_token
    assert (len(names), token) == (3, "")
