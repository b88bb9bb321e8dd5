"""Who may enter a package, what is proposed, and how an enrolment lives (ENROLMENT-1 to ENROLMENT-7)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.care import Arrangement, DeliveryMode, NeedDomain
from services.kernel.refusal import InvalidValue
from services.package.domain.enrolment import EnrolmentState, Step
from services.package.domain.enrolment_item import Funding, ItemState
from services.package.domain.package import Criteria, PackageState
from services.package.domain.proposing import Override, check_issuer, check_may_enter, last_day, proposed_items
from services.package.domain.refusals import (
    AssessmentNotCurrent,
    ClientClosed,
    CriteriaNotMet,
    EnvelopeExceeded,
    IssuerNotAllowed,
    NoActiveContract,
    NotAMember,
    PackageNotPublished,
)
from tests.builders.package.enrolments import (
    ENTERPRISE,
    FAMILIES,
    HELPER,
    LATER,
    assessment,
    client,
    content,
    contracts_of_content,
    enrolment,
    enrolment_item,
    item,
    market,
    member,
    package,
    plan,
    provider,
)

FROM = date(2025, 3, 1)


def enter(**differently: Any) -> None:
    values: dict[str, Any] = {
        "package": package(PackageState.PUBLISHED),
        "client": client(),
        "assessment": assessment(),
        "superseded": False,
        "exception_reason": "",
        "municipality_code": "837",
    }
    check_may_enter(**(values | differently))


def propose(**differently: Any) -> Any:
    values: dict[str, Any] = {
        "package": package(PackageState.PUBLISHED),
        "content": content(),
        "from_date": FROM,
        "overrides": {},
        "market": market(),
        "new_id": uuid4,
    }
    return {one.item_code: one for one in proposed_items(**(values | differently))}


class TestEntry:
    def test_a_client_who_meets_the_criteria_enters_ENROLMENT_1(self) -> None:
        enter()

    @pytest.mark.parametrize("state", [PackageState.DRAFT, PackageState.RETIRED])
    def test_only_published_packages_ENROLMENT_1(self, state: PackageState) -> None:
        with pytest.raises(PackageNotPublished):
            enter(package=package(state))

    @pytest.mark.parametrize("status", ["MOVED_OUT", "DECEASED", "MERGED"])
    def test_no_new_matters_for_a_closed_client_INV_16(self, status: str) -> None:
        with pytest.raises(ClientClosed):
            enter(client=client(status))

    def test_the_assessment_is_the_clients_newest_ENROLMENT_1(self) -> None:
        with pytest.raises(AssessmentNotCurrent):
            enter(superseded=True)
        with pytest.raises(AssessmentNotCurrent):
            enter(assessment=replace(assessment(), client_id=uuid4()))

    @pytest.mark.parametrize("needs", [{}, {NeedDomain.CARE_AND_UPBRINGING: 1}, {NeedDomain.HOUSING: 4}])
    def test_unmet_criteria_need_a_reasoned_exception_S1_33(self, needs: dict[NeedDomain, int]) -> None:
        unfit = replace(assessment(), needs=needs)
        for reason in ("", "   "):
            with pytest.raises(CriteriaNotMet):
                enter(assessment=unfit, exception_reason=reason)
        enter(assessment=unfit, exception_reason="the sister is in the package")

    @pytest.mark.parametrize(
        ("criteria", "unmet"),
        [
            (Criteria(), []),
            (Criteria(min_age=7, max_age=7), []),
            (Criteria(min_age=8), ["min_age"]),
            (Criteria(max_age=6), ["max_age"]),
            (Criteria(informal_carer=True), ["informal_carer"]),
            (Criteria(child_in_household=True), []),
            (Criteria(need_min_level=3, need_min_domains=2), ["needs"]),
            (Criteria(need_min_level=3, need_min_domains=1), []),
            (Criteria(municipality_codes=("211", "837")), []),
            (Criteria(municipality_codes=("211",)), ["municipality"]),
        ],
    )
    def test_each_criterion_PACKAGE_8(self, criteria: Criteria, unmet: list[str]) -> None:
        assert criteria.unmet(assessment(), "837") == unmet

    def test_a_package_with_vouchers_is_proposed_by_the_enterprise_INV_04(self) -> None:
        with pytest.raises(IssuerNotAllowed):
            check_issuer(content(), provider(HELPER, "DIRECT_CHOICE_HSSC"))
        check_issuer(content(), provider(ENTERPRISE, "COUNTY_ENTERPRISE"))
        without = replace(content(), items=(item("WORK"),), members=(member(ENTERPRISE, "WORK"),))
        check_issuer(without, provider(HELPER, "DIRECT_CHOICE_HSSC"))


class TestProposal:
    def test_items_are_the_packages_unless_told_ENROLMENT_1(self) -> None:
        items = propose()
        assert [one.state for one in items.values()] == [ItemState.OFFERED] * 3
        assert (items["WORK"].provider_id, items["HOME"].provider_id) == (ENTERPRISE, None)
        assert (items["WORK"].from_date, items["WORK"].to_date) == (FROM, date(2025, 8, 31))

    def test_units_period_provider_and_modes_may_differ_ENROLMENT_1(self) -> None:
        override = Override(
            units=4,
            from_date=date(2025, 4, 1),
            to_date=date(2025, 4, 30),
            provider_id=FAMILIES,
            modes=(DeliveryMode.E_SERVICE,),
        )
        supp = propose(overrides={"SUPP": override})["SUPP"]
        assert (supp.units, supp.from_date, supp.to_date) == (4, date(2025, 4, 1), date(2025, 4, 30))
        assert (supp.provider_id, supp.modes) == (FAMILIES, (DeliveryMode.E_SERVICE,))

    def test_a_provider_outside_the_network_is_refused_ENROLMENT_1(self) -> None:
        with pytest.raises(NotAMember):
            propose(overrides={"SUPP": Override(provider_id=HELPER)})

    @pytest.mark.parametrize(
        "overrides",
        [
            {"MEALS": Override()},
            {"HOME": Override(provider_id=HELPER)},
            {"WORK": Override(to_date=date(2025, 2, 1))},
        ],
        ids=["unknown item", "provider of a voucher", "period"],
    )
    def test_an_override_that_cannot_be_is_refused_ENROLMENT_1(self, overrides: dict[str, Override]) -> None:
        with pytest.raises(InvalidValue):
            propose(overrides=overrides)

    def test_a_mandatory_item_needs_a_contract_an_optional_one_is_skipped_S1_23(self) -> None:
        own, home, bought = contracts_of_content()
        skipped = propose(market=market(own, home))["SUPP"]
        assert (skipped.state, skipped.reason) == (ItemState.SKIPPED, "NO_ACTIVE_CONTRACT")
        with pytest.raises(NoActiveContract):
            propose(market=market(home, bought))
        with pytest.raises(NoActiveContract):
            propose(market=market(own, home), overrides={"SUPP": Override(provider_id=FAMILIES)})

    def test_mandatory_items_alone_fit_the_envelope_S1_44a(self) -> None:
        with pytest.raises(EnvelopeExceeded):
            propose(overrides={"WORK": Override(units=41)})

    @given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 60))
    def test_a_period_of_months_ends_before_the_same_day(self, first: date, months: int) -> None:
        last = last_day(first, months)
        assert first <= last
        assert 27 * months <= (last - first).days + 1 <= 31 * months

    @pytest.mark.parametrize(
        ("first", "months", "last"),
        [
            (date(2025, 3, 1), 6, date(2025, 8, 31)),
            (date(2025, 1, 31), 1, date(2025, 2, 28)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2025, 12, 15), 1, date(2026, 1, 14)),
        ],
    )
    def test_last_days(self, first: date, months: int, last: date) -> None:
        assert last_day(first, months) == last


class TestLife:
    def test_the_client_takes_the_mandatory_and_chooses_the_optional_ENROLMENT_2(self) -> None:
        one = enrolment(
            EnrolmentState.PROPOSED,
            enrolment_item("WORK", mandatory=True),
            enrolment_item("HOME"),
            enrolment_item("SUPP"),
        )
        one.accept(["SUPP"], depends_on={}, now=LATER)
        assert [item.state for item in one.items] == [ItemState.TAKEN, ItemState.NOT_TAKEN, ItemState.TAKEN]
        assert one.step is Step.ENVELOPE
        assert [item.item_code for item in one.taken()] == ["WORK", "SUPP"]

    @pytest.mark.parametrize("codes", [["MEALS"], ["WORK"]])
    def test_only_optional_items_on_offer_are_chosen_ENROLMENT_2(self, codes: list[str]) -> None:
        one = enrolment()
        with pytest.raises(InvalidValue):
            one.accept(codes, depends_on={}, now=LATER)
        assert one.state is EnrolmentState.PROPOSED

    def test_the_items_chosen_fit_the_envelope_S1_44a(self) -> None:
        one = enrolment(
            EnrolmentState.PROPOSED, enrolment_item("WORK", mandatory=True), enrolment_item("HOME", cents=5_001)
        )
        with pytest.raises(EnvelopeExceeded):
            one.accept(["HOME"], depends_on={}, now=LATER)
        assert (one.state, one.items[0].state) == (EnrolmentState.PROPOSED, ItemState.OFFERED)
        one.accept([], depends_on={}, now=LATER)

    def test_planned_items_wait_for_the_plan_ENROLMENT_3(self) -> None:
        one = enrolment(EnrolmentState.EXPANDING, step=Step.PLANNING)
        for item_of in one.items:
            item_of.state = ItemState.TAKEN
        one.plan_items(plan(one, 3, "WORK", "HOME"), now=LATER)
        assert one.step is Step.PLAN_ACTIVATION
        assert [item_of.state for item_of in one.items] == [ItemState.PLANNED] * 2
        assert one.items[1].plan_service_id == UUID(int=101)
        assert one.version == 1

    def test_an_optional_item_left_out_of_the_plan_is_skipped_PROCESS_B4(self) -> None:
        one = enrolment(EnrolmentState.EXPANDING, step=Step.PLAN_ACTIVATION)
        told = plan(one, 4, "WORK")
        assert one.awaits_activation(told)
        assert not one.missing_mandatory(told)
        one.request_funding(told, now=LATER)
        assert (one.items[1].state, one.items[1].reason) == (ItemState.SKIPPED, "NOT_PLANNED")
        assert (one.step, one.version) == (Step.FUNDING, 2)
        assert one.missing_mandatory(plan(one, 5, "HOME")) == ["WORK"]

    def test_older_news_of_the_plan_decides_nothing_PROCESS_B4(self) -> None:
        one = enrolment(EnrolmentState.EXPANDING, step=Step.PLAN_ACTIVATION)
        one.follow(plan(one, 4, "WORK", "HOME"), now=LATER)
        assert not one.awaits_activation(plan(one, 3))
        assert one.awaits_activation(plan(one, 5))

    def test_optional_items_that_could_not_be_funded_are_skipped_ENROLMENT_4(self) -> None:
        one = enrolment(EnrolmentState.EXPANDING, step=Step.FUNDING)
        voucher_id = uuid4()
        one.confirm({"WORK": Funding(voucher_id), "HOME": Funding(skipped_reason="BUDGET_EXHAUSTED")}, now=LATER)
        work, home = one.items
        assert (work.state, work.voucher_id) == (ItemState.IN_FORCE, voucher_id)
        assert (home.state, home.reason) == (ItemState.SKIPPED, "BUDGET_EXHAUSTED")
        assert one.step is Step.DONE

    def test_a_mandatory_item_needs_its_funding_ENROLMENT_4(self) -> None:
        one = enrolment(EnrolmentState.EXPANDING, step=Step.FUNDING)
        assert one.unfunded_mandatory({}) == ["WORK"]
        assert one.unfunded_mandatory({"WORK": Funding(voucher_id=uuid4())}) == ["WORK"]
        assert one.unfunded_mandatory({"WORK": Funding(commitment_id=uuid4())}) == []
        one.items[0].units = 0
        assert one.unfunded_mandatory({}) == []
        assert one.unfunded_mandatory({"WORK": Funding(skipped_reason="BUDGET_EXHAUSTED")}) == ["WORK"]
        one.items[0].arrangement = Arrangement.VOUCHER
        assert one.unfunded_mandatory({"WORK": Funding(commitment_id=uuid4())}) == ["WORK"]
        assert one.unfunded_mandatory({"WORK": Funding(voucher_id=uuid4())}) == []

    def test_a_failed_expansion_cancels_its_items_and_says_why_ENROLMENT_5(self) -> None:
        one = enrolment(EnrolmentState.EXPANDING, step=Step.FUNDING)
        one.fail("BUDGET_EXHAUSTED", now=LATER)
        assert {item_of.state for item_of in one.items} == {ItemState.CANCELLED}
        assert (one.reason, one.step) == ("BUDGET_EXHAUSTED", Step.NONE)

    def test_completes_with_the_last_mandatory_item_and_goes_on_counting_ENROLMENT_6(self) -> None:
        one = enrolment(EnrolmentState.ACTIVE)
        work, home = one.items
        work.plan_service_id, home.plan_service_id = UUID(int=1), UUID(int=2)
        for done, completes in ((9, False), (1, True), (1, False), (2, False)):
            one.item_done(UUID(int=done), now=LATER)
            assert one.complete(now=LATER) is completes
        assert one.state is EnrolmentState.COMPLETED
        assert home.state is ItemState.COMPLETED
        assert one.version == 2

    @pytest.mark.parametrize("command", ["withdraw", "cancel"])
    def test_what_is_not_done_is_cancelled_ENROLMENT_7(self, command: str) -> None:
        one = enrolment(EnrolmentState.ACTIVE)
        one.items[0].move("complete")
        one.withdraw(now=LATER) if command == "withdraw" else one.cancel("moved", now=LATER)
        assert [item_of.state for item_of in one.items] == [ItemState.COMPLETED, ItemState.CANCELLED]

    def test_a_later_version_of_the_plan_brings_providers_an_older_one_does_not(self) -> None:
        one = enrolment(EnrolmentState.ACTIVE)
        one.follow(plan(one, 7, "WORK", "HOME", provider_id=HELPER), now=LATER)
        one.follow(plan(one, 6, "WORK", "HOME", provider_id=FAMILIES), now=LATER)
        assert [item_of.provider_id for item_of in one.items] == [HELPER, HELPER]
        assert one.version == 1
