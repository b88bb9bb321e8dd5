"""Sections as their readers see them: own rows alone, masked services, whereabouts (ACCESS-3, DESIGN-6, INV-15)."""

from typing import Any
from uuid import UUID

import pytest

from services.chassis.redaction import Reader, clients_named, is_redacted, redact, withhold_protected
from sote.careplan.v1 import chain_pb2, plan_pb2, section_pb2
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import section_pb2 as packages
from sote.type.v1 import care_pb2
from sote.type.v1.money_pb2 import Money
from sote.voucher.v1 import finance_section_pb2, redemption_pb2, voucher_pb2, voucher_service_pb2
from sote.voucher.v1 import section_pb2 as vouchers

OWN, OTHER, THIRD = "own", "other", "third"
CLIENT, ANOTHER = str(UUID(int=1)), str(UUID(int=2))
MONEY = Money(cents=100, currency_code="EUR")


def voucher(uid: str, provider: str) -> voucher_pb2.Voucher:
    money = voucher_pb2.VoucherMoney(agreed_price=MONEY, max_value=MONEY)
    spec = voucher_pb2.ContentSpec(text="coaching")
    return voucher_pb2.Voucher(
        uid=uid, client_id=CLIENT, provider_id=provider, unit_id="u", money=money, content_spec=spec
    )


def voucher_section() -> vouchers.VoucherSection:
    claims = [
        redemption_pb2.Redemption(uid=uid, provider_id=uid, money=redemption_pb2.RedemptionMoney(unit_price=MONEY))
        for uid in (OWN, OTHER)
    ]
    return vouchers.VoucherSection(vouchers=[voucher(OWN, OWN), voucher(OTHER, OTHER)], redemptions=claims)


def redacted(section: Any, role: str, *, organisation: str = OWN, protected: bool = False) -> Any:
    shown = type(section)()
    shown.CopyFrom(section)
    redact(shown, Reader(role, organisation, protected))
    return shown


def test_a_provider_sees_its_own_vouchers_and_claims_alone_ACCESS_3() -> None:
    shown = redacted(voucher_section(), "PRV")
    assert [one.uid for one in (*shown.vouchers, *shown.redemptions)] == [OWN, OWN]
    assert shown.vouchers[0] == voucher(OWN, OWN)


def test_a_health_centre_sees_no_money_nor_content_of_others_vouchers_ACCESS_3() -> None:
    own, other = redacted(voucher_section(), "HSP").vouchers
    assert own == voucher(OWN, OWN)
    assert (other.uid, other.HasField("money"), other.HasField("content_spec")) == (OTHER, False, False)
    assert [one.uid for one in redacted(voucher_section(), "HSP").redemptions] == [OWN]


def test_an_operator_sees_totals_of_others_vouchers_ACCESS_3() -> None:
    _, other = redacted(voucher_section(), "HOP").vouchers
    assert other.money == voucher_pb2.VoucherMoney(max_value=MONEY)


@pytest.mark.parametrize("role", ["CSW", "FIN", "CLI"])
def test_who_may_see_everything_is_given_the_section_as_it_is_ACCESS_3(role: str) -> None:
    assert redacted(voucher_section(), role, organisation="county", protected=True) == voucher_section()
    assert not is_redacted("sote.voucher.v1.VoucherSection", Reader(role, "county"))


def test_a_provider_sees_its_own_items_of_an_enrolment_ACCESS_3() -> None:
    items = [enrolment_pb2.EnrolmentItem(item_code=one, provider_id=one, unit_cost=MONEY) for one in (OWN, OTHER)]
    enrolment = enrolment_pb2.Enrolment(client_id=CLIENT, items=items, envelope=MONEY, exception_reason="why")
    section = packages.PackageSection(enrolments=[packages.EnrolmentSummary(enrolment=enrolment)])
    shown = redacted(section, "PRV").enrolments[0].enrolment
    assert [one.item_code for one in shown.items] == [OWN]
    assert not shown.HasField("envelope")
    assert not shown.exception_reason
    assert [one.HasField("unit_cost") for one in redacted(section, "HSP").enrolments[0].enrolment.items] == [
        True,
        False,
    ]


def test_of_other_providers_chain_steps_the_heads_alone_are_shown_ACCESS_3() -> None:
    steps = [
        section_pb2.ChainSectionStep(
            step=chain_pb2.ChainStep(uid=to, from_organisation_id=THIRD, to_organisation_id=to, question="why")
        )
        for to in (OWN, OTHER)
    ]
    shown = redacted(section_pb2.ChainSection(steps=steps), "PRV").steps
    assert [(one.step.uid, one.step.question) for one in shown] == [(OWN, "why"), (OTHER, "")]


def line(uid: str, provider: str, *goals: str, task: str = "LASTENSUOJELU", **more: Any) -> Any:
    return section_pb2.PlanSectionService(
        plan_service_id=uid,
        provider_id=provider,
        provider_name=f"{provider} Oy",
        service_code="SOC-CHILD",
        task=care_pb2.ServiceTask.Value(f"SERVICE_TASK_{task}"),
        goal_ids=goals,
        **more,
    )


def plan(*own: Any) -> section_pb2.PlanSection:
    return section_pb2.PlanSection(
        operator=plan_pb2.Operator(organisation_id=THIRD, unit_id="u"),
        goals=[plan_pb2.Goal(goal_id=one, text=f"goal {one}") for one in ("a", "b")],
        services=[line("secret", OTHER, "a", sensitive=True), *own],
        measurements=[plan_pb2.GoalMeasurement(goal_id=one) for one in ("a", "b")],
        deviations=[section_pb2.PlanSectionDeviation(plan_service_id="secret", service_code="SOC-CHILD")],
        acknowledgements=[section_pb2.PlanSectionAcknowledgement(provider_id=OTHER, provider_name="other Oy")],
    )


def test_a_sensitive_service_of_others_stays_as_a_row_without_words_D_06() -> None:
    shown = redacted(plan(line("own", OWN, "b", task="LAPSIPERHE")), "PRV")
    assert shown.services[0] == section_pb2.PlanSectionService(plan_service_id="secret", sensitive=True)
    assert [goal.text for goal in shown.goals] == ["", "goal b"]
    assert [one.goal_id for one in shown.measurements] == ["b"]
    assert not shown.deviations
    assert not shown.acknowledgements[0].provider_id
    assert "SOC-CHILD" not in str(shown.services[0])
    assert "other" not in str(shown)


@pytest.mark.parametrize(
    ("own", "reader"),
    [
        (line("own", OWN, "a", task="LAPSIPERHE"), OWN),
        (line("own", OWN, "b"), OWN),
        (line("own", OWN, "b", task="LAPSIPERHE"), OTHER),
        (line("own", OWN, "b", task="LAPSIPERHE"), THIRD),
    ],
    ids=["same goal", "same task", "delivers it", "operates the plan"],
)
def test_who_shares_in_a_sensitive_service_sees_it_D_06(own: Any, reader: str) -> None:
    shown = redacted(plan(own), "HSP", organisation=reader)
    assert shown.services == plan(own).services
    assert [goal.text for goal in shown.goals] == ["goal a", "goal b"]


def test_under_an_order_no_provider_is_told_a_place_INV_15() -> None:
    shown = redacted(plan(), "HOP", organisation=THIRD, protected=True)
    assert not shown.operator.unit_id
    assert redacted(plan(), "HOP", organisation=THIRD).operator.unit_id


def test_of_several_clients_the_protected_one_is_withheld_INV_15() -> None:
    other = voucher("b", OTHER)
    other.client_id = ANOTHER
    listed = voucher_service_pb2.ListVouchersResponse(vouchers=[voucher("a", OWN), other])
    assert clients_named(listed) == {UUID(CLIENT), UUID(ANOTHER)}
    withhold_protected(listed, {UUID(CLIENT)})
    assert [one.unit_id for one in listed.vouchers] == ["", "u"]


def test_an_answer_that_names_no_client_is_of_the_protected_one_INV_15() -> None:
    version = plan_pb2.PlanVersion(services=[plan_pb2.ServiceLine(unit_id="u")])
    withhold_protected(version, {UUID(CLIENT)})
    assert not version.services[0].unit_id


def test_a_section_without_anything_confined_is_never_parsed_for_the_county() -> None:
    assert not is_redacted(finance_section_pb2.FinanceSection.DESCRIPTOR.full_name, Reader("FIN", "county", True))
