"""People's stories through the whole platform, to the cent (STORY-1, STORY-C0, STORY-9)."""

import pytest

from cli.stories import acts, knowledge
from cli.stories.acts import Stage
from cli.stories.control_case import play_control_case
from cli.stories.family import CHOICES, Family, play_family
from cli.stories.outcome import Outcome, Totals
from cli.stories.stage import Theatre
from sote.careplan.v1 import publication_pb2
from sote.gateway.v1 import gateway_service_pb2 as gateway
from sote.gateway.v1 import record_pb2
from sote.provider.v1 import provider_pb2
from sote.type.v1 import care_pb2
from tests.county import artificial_code


@pytest.fixture(scope="module")
def control(theatre: Theatre) -> Outcome:
    return play_control_case(theatre.stage("story-C0"))


@pytest.fixture(scope="module")
def family(theatre: Theatre) -> Outcome:
    return play_family(theatre.stage("story-1"))


def test_balances_to_the_cent_and_needs_no_plan_STORY_C0(control: Outcome) -> None:
    assert control.differences == []
    assert control.found == Totals(reserved=29_000, released=0, spent=29_000)


@pytest.mark.timeout(300)
def test_balances_to_the_cent_and_names_every_version_and_acknowledgement_STORY_1(family: Outcome) -> None:
    assert family.differences == []
    assert family.found == Totals(reserved=775_900, released=34_500, spent=741_400)


def test_the_record_of_story_1_holds_both_sectors_S1_00(theatre: Theatre, family: Outcome) -> None:
    services = acts.record_of(theatre.looking(), family.client_id).plan.services
    assert {one.sector for one in services} == {care_pb2.SECTOR_SOCIAL, care_pb2.SECTOR_HEALTH}


def test_the_plan_mixes_public_private_and_third_sector_S1_05a(theatre: Theatre, family: Outcome) -> None:
    record = acts.record_of(theatre.looking(), family.client_id)
    owners = {one.provider_id: one.ownership for one in record.providers}
    assert {owners[one.provider_id] for one in record.plan.services} == {
        provider_pb2.OWNERSHIP_PUBLIC,
        provider_pb2.OWNERSHIP_PRIVATE,
        provider_pb2.OWNERSHIP_THIRD,
    }


def test_one_read_gives_the_whole_and_both_ways_give_the_same_S2_04(theatre: Theatre, family: Outcome) -> None:
    stage = theatre.looking()
    stored = acts.record_of(stage, family.client_id)
    fresh = acts.record_of(stage, family.client_id, fresh=True)
    assert not stored.degraded
    states = {one.section: one.status for one in stored.sections}
    assert states.pop("chains") == record_pb2.SECTION_STATUS_NOT_APPLICABLE  # nobody is referred in this story
    assert set(states.values()) == {record_pb2.SECTION_STATUS_COMPLETE}
    for section in ("client", "plan", "vouchers", "finance", "packages", "chains"):
        assert getattr(stored, section) == getattr(fresh, section), section
    assert list(stored.inconsistencies) == []


def test_every_version_of_story_1_is_published_and_the_newest_is_current_S2_14(
    theatre: Theatre, family: Outcome
) -> None:
    stage = theatre.looking()

    def published() -> list[int] | None:
        versions = acts.record_of(stage, family.client_id, fresh=True).plan.versions
        states = [one.publication for one in versions]
        waiting = (publication_pb2.PUBLICATION_STATE_PENDING, publication_pb2.PUBLICATION_STATE_FAILED)
        return None if any(one in waiting for one in states) else list(states)

    newest, *older = stage.play.until("all versions to be published", published)
    assert newest == publication_pb2.PUBLICATION_STATE_PUBLISHED
    assert set(older) == {publication_pb2.PUBLICATION_STATE_REPLACED}


def test_the_client_is_found_by_identity_code(theatre: Theatre, family: Outcome) -> None:
    stage = theatre.looking()
    request = gateway.SearchClientRequest(identity_code=Family().child)
    assert stage.play.ask(stage.official, stage.apis.gateway.SearchClient, request).client_id == family.client_id


def test_a_story_played_again_gets_the_first_answers_GUARANTEE_2(
    theatre: Theatre, family: Outcome, control: Outcome
) -> None:
    before = knowledge.ledger_proof(theatre.looking()).entries
    assert play_control_case(theatre.stage("story-C0")).differences == []
    assert knowledge.ledger_proof(theatre.looking()).entries == before


def test_the_ledger_proves_itself_after_the_stories_INV_08(theatre: Theatre, family: Outcome, control: Outcome) -> None:
    proof = knowledge.ledger_proof(theatre.looking())
    assert proof.holds, proof.differences


def test_guidance_lists_every_eligible_provider_neutrally_INV_23(stage: Stage, family: Outcome) -> None:
    """Two providers have a line for occupational therapy; both were shown, whichever was chosen."""
    record = acts.record_of(stage, family.client_id)
    shown = {tuple(sorted(one.option_provider_ids)) for one in record.client.guidance}
    both = tuple(sorted((stage.world.providers["P07"], stage.world.providers["P13"])))
    assert both in shown
    assert len(record.client.guidance) == len(CHOICES)


def test_artificial_codes_are_well_formed() -> None:
    assert artificial_code("140318", 913) == Family().child
