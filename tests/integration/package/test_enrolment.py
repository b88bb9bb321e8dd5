"""Story 1's enrolment from the proposal to the last item, as facts and calls bring it (saga B)."""

from services.package.domain.enrolment import EnrolmentState, ItemState, Step
from sote.package.v1 import events_pb2 as facts
from tests.integration.package.story import Story


def test_S1_34_story_1_enrols_in_the_family_centre(story: Story) -> None:
    enrolment = story.active()
    assert enrolment.state is EnrolmentState.ACTIVE
    assert enrolment.step is Step.DONE
    states = {item.item_code: item.state for item in enrolment.items}
    assert states.pop("SOC-FAM-COUNS") is ItemState.NOT_TAKEN
    assert set(states.values()) == {ItemState.IN_FORCE}
    (asked,) = story.told(facts.EnrolmentFundingRequested)
    assert asked.plan_id == str(story.plan_id)
    granted = {item.item_code: (item.units, item.provider_id) for item in asked.enrolment.items}
    assert granted["SOC-FAM-WORK"] == (32, story.provider("P01"))
    assert granted["SOC-FAM-SUPP"] == (6, story.provider("P10"))
    assert granted["SOC-FAM-HOME"] == (40, "")
    assert sum(item.cost_cents for item in enrolment.taken()) == 775_900
    assert asked.enrolment.envelope.cents == 900_000
    assert asked.enrolment.proposed_by == "official-1"
    assert len(story.told(facts.EnrolmentActivated)) == 1
