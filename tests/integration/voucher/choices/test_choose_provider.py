"""The list of choices, the choice (VOUCHER-4), acceptance (VOUCHER-5) and decline (VOUCHER-6) on a real database."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.domain.vouchers.refusals import (
    GuidanceRequired,
    NoActiveContract,
    NoCapacity,
    NoRelationship,
    NoServiceLine,
    PriceAboveValue,
    ProviderNotApproved,
    SupportRequired,
    UnknownVoucher,
)
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.decline_voucher import decline_voucher
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from sote.voucher.v1.voucher_service_pb2 import ListEligibleProvidersResponse
from tests.builders.voucher.county import World

pytestmark = pytest.mark.integration


@pytest.fixture
def issued(world: World) -> Voucher:
    """An issued voucher whose client was given advice."""
    voucher = world.issue(world.draft())
    world.guide(voucher)
    return voucher


def eligible(world: World, voucher: Voucher) -> ListEligibleProvidersResponse:
    """What the client is shown."""
    return list_eligible_providers(world.session, voucher_id=voucher.id, by_client=None, now=world.now)


def decline(world: World, voucher: Voucher) -> Voucher:
    """The coach has no room."""
    reason = DeclineReason.CAPACITY
    return decline_voucher(world.session, voucher_id=voucher.id, provider_id=world.coach, reason=reason, now=world.now)


def test_story_1_item_c_the_choice_commits_the_share_and_releases_45_00_VOUCHER_4_DESIGN_5(
    world: World, issued: Voucher
) -> None:
    chosen = world.choose(issued)
    assert (chosen.state, chosen.provider_id) == (State.RESERVED, world.coach)
    assert chosen.accept_due == date(2025, 3, 10)
    assert world.balance(chosen) == Balance(committed=1230_00)
    assert world.facts(chosen) == ["VoucherDrafted", "VoucherIssued", "VoucherReserved"]
    assert world.section().vouchers[0].money.county_share_per_unit.cents == 82_00


def test_without_guidance_for_this_voucher_no_choice_S1_12(world: World) -> None:
    voucher = world.issue(world.draft())
    with pytest.raises(GuidanceRequired):
        world.choose(voucher)
    world.guide(voucher, days_ago=91)
    with pytest.raises(GuidanceRequired):
        world.choose(voucher)


def test_guidance_given_to_somebody_else_opens_nothing_S1_12(world: World) -> None:
    voucher = world.issue(world.draft())
    replace(world, client_id=uuid4()).guide(voucher)
    with pytest.raises(GuidanceRequired):
        world.choose(voucher)


def test_a_flagged_client_needs_support_S1_14(world: World, issued: Voucher) -> None:
    world.tell_client("SPECIAL_SUPPORT", version=2)
    with pytest.raises(SupportRequired):
        world.choose(issued)
    world.guide(issued, "SUPPORT")
    assert world.choose(issued).state is State.RESERVED


def test_what_a_provider_lacks_is_named_VOUCHER_4(world: World, issued: Voucher) -> None:
    dear = uuid4()
    world.add_coach(dear, price=85_01)
    with pytest.raises(PriceAboveValue):
        world.choose(issued, provider_id=dear)
    ending = uuid4()
    world.add_coach(ending, valid_to=date(2025, 3, 30))
    with pytest.raises(NoActiveContract):
        world.choose(issued, provider_id=ending)
    with pytest.raises(ProviderNotApproved):
        world.choose(issued, provider_id=uuid4())
    with pytest.raises(NoServiceLine):
        world.choose(issued, unit_id=uuid4())
    world.provider_with(state="FROZEN")
    with pytest.raises(ProviderNotApproved):
        world.choose(issued)
    assert world.balance(issued) == Balance(reserved=1275_00)


def test_the_last_place_of_a_line_is_given_once_VOUCHER_4(world: World, issued: Voucher) -> None:
    small = uuid4()
    world.add_coach(small, capacity=1)
    world.choose(issued, provider_id=small)
    neighbour = replace(world, client_id=uuid4(), decision_id=uuid4(), assessment_id=uuid4())
    neighbour.tell_client()
    neighbour.grant()
    other = neighbour.issue(neighbour.draft())
    neighbour.guide(other)
    assert small.hex not in {one.provider_id.replace("-", "") for one in eligible(neighbour, other).providers}
    with pytest.raises(NoCapacity):
        neighbour.choose(other, provider_id=small)


def test_the_list_is_complete_neutral_and_what_a_choice_accepts_INV_23(world: World, issued: Voucher) -> None:
    good = [world.coach, *(uuid4() for _ in range(6))]
    for provider_id in good[1:]:
        world.add_coach(provider_id, price=80_00)
    world.add_coach(uuid4(), price=85_01)
    world.add_coach(uuid4(), state="DRAFT")
    world.add_coach(uuid4(), valid_to=date(2025, 3, 30))
    listed = eligible(world, issued)
    assert {one.provider_id for one in listed.providers} == {str(one) for one in good}
    assert listed == eligible(world, issued)
    assert len(listed.options_digest) == 64
    prices = {one.provider_id: one.unit_price.cents for one in listed.providers}
    assert prices[str(world.coach)] == 82_00
    assert all(one.client_share_total.cents == 0 for one in listed.providers)
    for one in listed.providers[:2]:
        with world.session.begin_nested() as undo:
            assert str(world.choose(issued, provider_id=good[0]).provider_id) == str(good[0])
            undo.rollback()
        assert one.contract_id


def test_a_list_is_for_a_choice_to_be_made_VOUCHER_4(world: World, issued: Voucher) -> None:
    world.choose(issued)
    with pytest.raises(IllegalTransition):
        eligible(world, issued)
    with pytest.raises(UnknownVoucher):
        list_eligible_providers(world.session, voucher_id=uuid4(), by_client=None, now=world.now)
    with pytest.raises(NoRelationship):
        list_eligible_providers(world.session, voucher_id=issued.id, by_client=uuid4(), now=world.now)


def test_acceptance_binds_the_version_of_the_content_VOUCHER_5(world: World, issued: Voucher) -> None:
    world.choose(issued)
    with pytest.raises(NoRelationship):
        accept_voucher(world.session, voucher_id=issued.id, provider_id=uuid4(), content_version=1, now=world.now)
    accepted = accept_voucher(
        world.session, voucher_id=issued.id, provider_id=world.coach, content_version=1, now=world.now
    )
    assert (accepted.state, accepted.accepted_content_version) == (State.ACTIVE, 1)
    assert world.facts(accepted)[-1] == "VoucherActivated"


def test_a_decline_makes_the_commitment_a_reservation_again_VOUCHER_6(world: World, issued: Voucher) -> None:
    world.choose(issued)
    declined = decline(world, issued)
    assert (declined.state, declined.provider_id) == (State.ISSUED, None)
    assert world.balance(declined) == Balance(reserved=1230_00)
    assert world.facts(declined)[-1] == "VoucherDeclined"


def test_saga_E_who_declined_is_not_offered_again_but_may_be_chosen(world: World, issued: Voucher) -> None:
    """A second decline of the same provider changes nothing."""
    assert str(world.coach) in {one.provider_id for one in eligible(world, issued).providers}
    before = len(eligible(world, issued).providers)
    for _ in range(2):
        world.choose(issued)
        decline(world, issued)
        left = {one.provider_id for one in eligible(world, issued).providers}
        assert str(world.coach) not in left
        assert len(left) == before - 1
    world.choose(issued)
    assert issued.provider_id == world.coach


def test_after_a_decline_a_dearer_choice_reserves_the_shortfall_VOUCHER_4(world: World, issued: Voucher) -> None:
    dear = uuid4()
    world.add_coach(dear, price=85_00)
    world.choose(issued)
    decline(world, issued)
    world.choose(issued, provider_id=dear)
    assert world.balance(issued) == Balance(committed=1275_00)


def test_no_answer_in_five_weekdays_counts_as_a_decline_VOUCHER_6(world: World, issued: Voucher) -> None:
    world.choose(issued)
    assert world.pass_time(date(2025, 3, 10)) == 0
    assert world.pass_time(date(2025, 3, 11)) == 1
    world.session.refresh(issued)
    assert (issued.state, issued.provider_id) == (State.ISSUED, None)
    assert issued.decline_reason is DeclineReason.TIMED_OUT
    assert world.balance(issued) == Balance(reserved=1230_00)
    assert world.facts(issued)[-1] == "VoucherDeclined"
    assert str(world.coach) not in {one.provider_id for one in eligible(world, issued).providers}
    assert world.pass_time(date(2025, 3, 11)) == 0
