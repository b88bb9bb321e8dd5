"""When a choice may be made, who may be chosen, and the neutral list."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.voucher.domain.choices.choice import Occupancy, check_guidance, digest_of, neutral_order, offer_of
from services.voucher.domain.money import Regime
from services.voucher.domain.neighbours.provider import ContractLine
from services.voucher.domain.vouchers.refusals import (
    GuidanceRequired,
    NoActiveContract,
    NoCapacity,
    NoServiceLine,
    OutsideValidity,
    PriceAboveValue,
    ProviderNotApproved,
    SupportRequired,
)
from tests.builders.voucher.vouchers import CONTRACT, TODAY, UNIT, contract, line, offer, provider, unit, wanted

pytestmark = pytest.mark.unit

FREE_PLACES = Occupancy()


def test_a_choice_needs_guidance_for_it_within_ninety_days_S1_12() -> None:
    for day in (TODAY, TODAY - timedelta(days=90)):
        check_guidance([("ADVICE", day)], flagged=False, valid_days=90, today=TODAY)
    for given in ([], [("SUPPORT", TODAY - timedelta(days=91))]):
        with pytest.raises(GuidanceRequired):
            check_guidance(given, flagged=False, valid_days=90, today=TODAY)


def test_a_flagged_client_needs_support_S1_14() -> None:
    check_guidance([("ADVICE", TODAY), ("SUPPORT", TODAY)], flagged=True, valid_days=90, today=TODAY)
    with pytest.raises(SupportRequired):
        check_guidance([("ADVICE", TODAY), ("GUIDANCE", TODAY)], flagged=True, valid_days=90, today=TODAY)
    stale = [("SUPPORT", TODAY - timedelta(days=91)), ("ADVICE", TODAY)]
    with pytest.raises(SupportRequired):
        check_guidance(stale, flagged=True, valid_days=90, today=TODAY)


def test_the_offer_of_a_contracted_provider_VOUCHER_4() -> None:
    made = offer_of(wanted(), provider(), [contract()], FREE_PLACES, today=TODAY)
    assert (made.contract_id, made.contract_version) == (CONTRACT, 3)
    assert (made.unit_price, made.county_share, made.client_share) == (82_00, 82_00, 0)
    assert [one.unit_id for one in made.units] == [UNIT]


def test_of_several_contracts_the_cheapest_is_taken_VOUCHER_4() -> None:
    cheap = replace(
        contract(),
        contract_id=UUID(int=201),
        lines=(replace(line(), contract_id=UUID(int=201), unit_price_cents=80_00),),
    )
    assert offer_of(wanted(), provider(), [contract(), cheap], FREE_PLACES, today=TODAY).unit_price == 80_00


@pytest.mark.parametrize("known", [None, replace(provider(), state="FROZEN"), replace(provider(), state="APPLICANT")])
def test_a_provider_must_be_approved_VOUCHER_4(known: object) -> None:
    with pytest.raises(ProviderNotApproved):
        offer_of(wanted(), known, [contract()], FREE_PLACES, today=TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "ended",
    [
        replace(contract(), state="SUSPENDED"),
        replace(contract(), state="DRAFT"),
        replace(contract(), valid_to=date(2025, 3, 30)),
        replace(contract(), termination_effective=date(2025, 3, 30)),
        replace(contract(), valid_from=date(2025, 3, 4)),
    ],
)
def test_a_contract_must_cover_the_whole_period_left_INV_05(ended: object) -> None:
    with pytest.raises(NoActiveContract):
        offer_of(wanted(), provider(), [ended], FREE_PLACES, today=TODAY)  # type: ignore[list-item]


def test_only_the_period_left_must_be_covered_INV_05() -> None:
    offer_of(wanted(), provider(), [replace(contract(), valid_from=TODAY)], FREE_PLACES, today=TODAY)
    offer_of(
        wanted(), provider(), [replace(contract(), termination_effective=date(2025, 3, 31))], FREE_PLACES, today=TODAY
    )


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (replace(line(), voucher=False),),
        (replace(line(), service_code="HLT-OT"),),
        (replace(line(), unit_ids=(UUID(int=999),)),),
    ],
)
def test_the_contract_must_have_the_service_for_vouchers_VOUCHER_4(lines: tuple[ContractLine, ...]) -> None:
    with pytest.raises(NoServiceLine):
        offer_of(wanted(), provider(), [replace(contract(), lines=lines)], FREE_PLACES, today=TODAY)


def test_the_unit_asked_for_must_be_of_the_line_and_the_provider_VOUCHER_4() -> None:
    made = offer_of(wanted(), provider(), [contract()], FREE_PLACES, today=TODAY, unit_id=UNIT)
    assert made.unit_id == UNIT
    with pytest.raises(NoServiceLine):
        offer_of(wanted(), provider(), [contract()], FREE_PLACES, today=TODAY, unit_id=UUID(int=999))


def test_a_full_line_or_unit_is_refused_and_one_place_is_enough_VOUCHER_4() -> None:
    limited = replace(contract(), lines=(replace(line(), capacity=2),))
    offer_of(wanted(), provider(), [limited], Occupancy(by_contract={CONTRACT: 1}), today=TODAY)
    with pytest.raises(NoCapacity):
        offer_of(wanted(), provider(), [limited], Occupancy(by_contract={CONTRACT: 2}), today=TODAY)
    offer_of(wanted(), provider(), [limited], Occupancy(new_by_contract={CONTRACT: 9}), today=TODAY)
    small = replace(provider(), units=(replace(unit(), capacity=1),))
    with pytest.raises(NoCapacity):
        offer_of(wanted(), small, [contract()], Occupancy(by_unit={UNIT: 1}), today=TODAY)
    second = replace(unit(), unit_id=UUID(int=301), code="U17")
    roomy = replace(provider(), units=(replace(unit(), capacity=1), second))
    made = offer_of(wanted(), roomy, [contract()], Occupancy(by_unit={UNIT: 1}), today=TODAY)
    assert [one.code for one in made.units] == ["U17"]


@pytest.mark.parametrize("taken", range(4))
@pytest.mark.parametrize("limit", [0, 1, 2, 3])
def test_a_line_takes_so_many_new_clients_in_a_month_VOUCHER_4(limit: int, taken: int) -> None:
    monthly = replace(contract(), lines=(replace(line(), max_new_clients_month=limit),))
    month = Occupancy(new_by_contract={CONTRACT: taken})
    if limit and taken >= limit:
        with pytest.raises(NoCapacity):
            offer_of(wanted(), provider(), [monthly], month, today=TODAY)
    else:
        assert offer_of(wanted(), provider(), [monthly], month, today=TODAY).contract_id == CONTRACT


def test_another_contract_of_the_provider_takes_whom_the_cheapest_may_not_take_this_month_VOUCHER_4() -> None:
    cheap, other = UUID(int=201), contract()
    full = replace(
        contract(),
        contract_id=cheap,
        lines=(replace(line(), contract_id=cheap, unit_price_cents=80_00, max_new_clients_month=1),),
    )
    made = offer_of(wanted(), provider(), [full, other], Occupancy(new_by_contract={cheap: 1}), today=TODAY)
    assert made.contract_id == CONTRACT


def test_a_price_above_the_value_is_refused_by_the_regime_MONEY_2() -> None:
    with pytest.raises(PriceAboveValue):
        offer_of(replace(wanted(), unit_value=81_99), provider(), [contract()], FREE_PLACES, today=TODAY)
    paid = replace(wanted(), unit_value=80_00, regime=Regime.PALVELUSETELI, fee_rule="HOME_CARE")
    made = offer_of(paid, provider(), [contract()], FREE_PLACES, today=TODAY)
    assert (made.county_share, made.client_share) == (80_00, 2_00)


def test_no_choice_after_the_last_day_VOUCHER_4() -> None:
    with pytest.raises(OutsideValidity):
        offer_of(wanted(), provider(), [contract()], FREE_PLACES, today=date(2025, 4, 1))


def test_the_order_depends_on_the_voucher_alone_INV_23() -> None:
    offers = [replace(offer(), provider_id=UUID(int=number)) for number in range(20)]
    for voucher_id in (UUID(int=1), UUID(int=2)):
        assert neutral_order(voucher_id, offers) == neutral_order(voucher_id, reversed(offers))
    first, second = neutral_order(UUID(int=1), offers), neutral_order(UUID(int=2), offers)
    assert first != second
    assert sorted(first, key=lambda one: one.provider_id) == offers


def test_every_provider_comes_first_about_as_often_INV_23() -> None:
    offers = [replace(offer(), provider_id=UUID(int=number)) for number in range(4)]
    firsts = [neutral_order(UUID(int=seed), offers)[0].provider_id.int for seed in range(2000)]
    assert all(400 < firsts.count(number) < 600 for number in range(4))


def test_the_digest_tells_any_other_list_INV_23() -> None:
    one, two = offer(), replace(offer(), provider_id=UUID(int=77))
    digests = {
        digest_of(offers) for offers in ([one, two], [two, one], [one], [], [replace(offer(), unit_price=81_00), two])
    }
    assert len(digests) == 5
    assert all(len(digest) == 64 for digest in digests)
