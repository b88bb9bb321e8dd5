"""MINOR versions: providers come and go, a review under way goes on with it, packages leave
(PLAN-9, PROCESS-C3, PROCESS-C7, ENROLMENT-7)."""

from dataclasses import replace

import pytest

from services.careplan.domain.plan_versions.minor_version import (
    arrange_otherwise,
    assign_provider,
    lose_provider,
    remove_items,
    rest_on,
)
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanServiceState as State
from services.careplan.domain.terms import ReviewCause
from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan.plans import ENTERPRISE, HELPER, NOW, OWN, PURCHASE, SUPPORTER, VOUCHER, active, uid


def reviewed() -> Plan:
    made = active()
    made.start_review(ReviewCause.REROUTE)
    return made


def test_a_lost_provider_leaves_the_version_in_force_and_the_one_drawn_up_PROCESS_C3() -> None:
    made = reviewed()
    service = made.service(PURCHASE.plan_service_id)
    lose_provider(made, service, now=NOW)
    drawn = made.drawn_up().line(service.id)
    assert drawn is not None
    assert (service.state, service.provider_id, drawn.provider_id, made.minor) == (State.REROUTE, None, None, 1)


def test_whom_the_operator_chose_in_the_review_stays_there_PROCESS_C3() -> None:
    made = reviewed()
    service = made.service(PURCHASE.plan_service_id)
    made.edit(made.drawn_up().with_line(replace(PURCHASE, provider_id=HELPER)))
    lose_provider(made, service, now=NOW)
    drawn = made.drawn_up().line(service.id)
    assert drawn is not None
    assert (service.provider_id, drawn.provider_id) == (None, HELPER)


def test_the_county_arranges_a_voucher_service_otherwise_in_both_PROCESS_C7() -> None:
    made = reviewed()
    service = made.service(VOUCHER.plan_service_id)
    service.voucher_id = uid(50)
    line = replace(VOUCHER, arrangement=Arrangement.OWN, provider_id=ENTERPRISE)
    arrange_otherwise(made, service, line, now=NOW)
    drawn = made.drawn_up().line(service.id)
    assert drawn is not None
    assert (service.arrangement, service.state) == (Arrangement.OWN, State.ASSIGNED)
    assert made.service(VOUCHER.plan_service_id).voucher_id is None
    assert (drawn.arrangement, drawn.provider_id) == (Arrangement.OWN, ENTERPRISE)


def test_another_contract_changes_no_terms_PROCESS_C1() -> None:
    made = active()
    service = made.service(PURCHASE.plan_service_id)
    before = service.line().terms()
    rest_on(made, service, uid(61), now=NOW)
    assert (service.contract_id, service.line().terms(), service.state) == (uid(61), before, State.ASSIGNED)
    assert made.version_number == "1.1"


def test_nobody_is_put_beside_a_provider_PLAN_9() -> None:
    made = active()
    service = made.service(PURCHASE.plan_service_id)
    with pytest.raises(IllegalTransition):
        assign_provider(made, service, provider_id=HELPER, unit_id=None, contract_id=None, now=NOW)
    assert (service.provider_id, made.version_number) == (SUPPORTER, "1.0")


def test_items_leave_links_are_cut_and_vouchers_keep_theirs_until_they_end_ENROLMENT_7() -> None:
    made = active()
    for code in (OWN, VOUCHER, PURCHASE):
        made.service(code.plan_service_id).enrolment_id = uid(90)
    made.service(VOUCHER.plan_service_id).voucher_id = uid(50)
    assert remove_items(made, uid(90), {PURCHASE.plan_service_id}, now=NOW)
    states = [made.service(one.plan_service_id).state for one in (OWN, VOUCHER, PURCHASE)]
    assert states == [State.CANCELLED, State.AWAITING_CHOICE, State.ASSIGNED]
    assert made.service(PURCHASE.plan_service_id).enrolment_id is None
    assert made.version_number == "1.1"
    assert not remove_items(made, uid(90), {PURCHASE.plan_service_id}, now=NOW)
    assert made.version_number == "1.1"
