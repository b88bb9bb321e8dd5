"""How a delivery stands to the plan or the voucher it was given on (PLAN-10, S1.27, S1.30)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.domain.consultations.refusals import TextRequired
from services.careplan.domain.deliveries.delivery import (
    UNCOUNTED,
    DeviationKind,
    Given,
    conforms_to_voucher,
    deviation_from_plan,
    fitting_service,
    is_early,
    on_notice,
    recorded_late,
)
from services.careplan.domain.neighbours.copies import VoucherCopy
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.plans.plan_service import PlanServiceState as State
from services.kernel.care import DeliveryMode
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan.plans import (
    CLIENT,
    ENTERPRISE,
    FIRST,
    GP,
    HELPER,
    LAST,
    NOW,
    OWN,
    PURCHASE,
    SUPPORTER,
    TODAY,
    asked,
    plan,
    uid,
)

GIVEN = Given(CLIENT, SUPPORTER, "SOC-FAM-SUPP", date(2025, 3, 28), 1, DeliveryMode.AT_HOME)


def service(**more: Any) -> PlanService:
    made = PlanService.begin(replace(PURCHASE, modes=(DeliveryMode.AT_HOME,)), plan_id=uid(2), position=0)
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("what", "made", "kind"),
    [
        (GIVEN, service(), None),
        (GIVEN, None, DeviationKind.NOT_IN_PLAN),
        (replace(GIVEN, service_code="HLT-OT"), service(), DeviationKind.NOT_IN_PLAN),
        (GIVEN, service(state=State.CANCELLED), DeviationKind.NOT_IN_PLAN),
        (replace(GIVEN, service_date=date(2025, 2, 28)), service(), DeviationKind.NOT_IN_PLAN),
        (replace(GIVEN, provider_id=HELPER), service(), DeviationKind.WRONG_PROVIDER),
        (GIVEN, service(provider_id=None, state=State.AWAITING_CHOICE), DeviationKind.WRONG_PROVIDER),
        (replace(GIVEN, units=7), service(), DeviationKind.OVER_QUANTITY),
        (GIVEN, service(units_delivered=6, state=State.COMPLETED), DeviationKind.OVER_QUANTITY),
        (replace(GIVEN, service_date=date(2025, 9, 1)), service(), DeviationKind.LATE),
        (GIVEN, service(state=State.COMPLETED), DeviationKind.LATE),
        (replace(GIVEN, mode=DeliveryMode.E_SERVICE), service(), DeviationKind.MODE),
        (replace(GIVEN, mode=DeliveryMode.E_SERVICE), service(modes=()), None),
        (replace(GIVEN, units=50), service(units=0), None),
    ],
)
def test_what_deviates_S1_30(what: Given, made: PlanService | None, kind: DeviationKind | None) -> None:
    assert deviation_from_plan(what, made) is kind


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (GIVEN, DeviationKind.LATE),
        (replace(GIVEN, mode=DeliveryMode.E_SERVICE), DeviationKind.MODE),
        (replace(GIVEN, units=7), DeviationKind.OVER_QUANTITY),
        (replace(GIVEN, provider_id=HELPER), DeviationKind.WRONG_PROVIDER),
    ],
)
def test_a_late_record_deviates_by_that_only_when_nothing_graver_does_S1_24(what: Given, kind: DeviationKind) -> None:
    assert deviation_from_plan(what, service(), late=True) is kind
    assert DeviationKind.LATE not in UNCOUNTED


@given(some.integers(0, 168), some.integers(-48 * 3600, 400 * 3600))
def test_a_record_is_late_after_the_hours_of_the_clause_S1_24(hours: int, seconds: int) -> None:
    day_over = datetime(2025, 3, 10, 22, tzinfo=UTC)
    late = recorded_late(day_over, hours, day_over + timedelta(seconds=seconds))
    assert late is (hours > 0 and seconds > hours * 3600)


@given(some.lists(some.integers(1, 4), max_size=12), some.integers(1, 12))
def test_never_more_than_planned_conforms_S1_30(amounts: list[int], planned: int) -> None:
    made = service(units=planned)
    for units in amounts:
        kind = deviation_from_plan(replace(GIVEN, units=units), made)
        if kind is None:
            made.count(units, GIVEN.service_date, conforms=True)
        else:
            assert kind is DeviationKind.OVER_QUANTITY
    assert made.units_delivered <= planned
    assert made.fully_delivered is (made.units_delivered == planned)


def test_the_first_conforming_delivery_brings_it_into_delivery_PLANSERVICE_2() -> None:
    made = service()
    made.count(1, date(2025, 4, 2), conforms=False)
    assert made.state is State.ASSIGNED
    made.count(1, date(2025, 3, 28), conforms=True)
    assert (made.state, made.deliveries, made.last_delivery_date) == (State.IN_DELIVERY, 2, date(2025, 4, 2))


def test_early_is_before_a_promise_that_is_asked_for_PLANSERVICE_3() -> None:
    assert is_early(service(), ENTERPRISE, acknowledged=False)
    assert not is_early(service(), ENTERPRISE, acknowledged=True)
    own = PlanService.begin(OWN, plan_id=uid(2), position=0)
    doctor = PlanService.begin(GP, plan_id=uid(2), position=0)
    assert not is_early(own, ENTERPRISE, acknowledged=False)
    assert not is_early(doctor, ENTERPRISE, acknowledged=False)


def test_an_unnamed_delivery_belongs_to_the_providers_own_open_service() -> None:
    others = service(id=uid(31), provider_id=HELPER)
    done = service(id=uid(32), state=State.COMPLETED)
    mine = service(id=uid(33), position=3)
    gone = service(id=uid(34), state=State.CANCELLED)
    assert fitting_service(GIVEN, [others, done, gone, mine]) is mine
    assert fitting_service(GIVEN, [others, gone]) is others
    assert fitting_service(GIVEN, [gone]) is None


def test_an_unnamed_delivery_belongs_to_what_was_left_out_while_its_voucher_runs_on() -> None:
    left_out = service(id=uid(34), state=State.CANCELLED, voucher_id=uid(50))
    others = service(id=uid(31), provider_id=HELPER)
    mine = service(id=uid(33), position=3)
    assert fitting_service(GIVEN, [others, left_out]) is left_out
    assert fitting_service(GIVEN, [left_out, mine]) is mine


VOUCHER = VoucherCopy(uid(50), CLIENT, None, None, "SOC-FAM-SUPP", 5, FIRST, LAST, SUPPORTER, None, None, "ACTIVE", 4)


@pytest.mark.parametrize(
    ("voucher", "delivered", "conforms"),
    [
        (VOUCHER, 0, True),
        (VOUCHER, 4, True),
        (VOUCHER, 5, False),
        (None, 0, False),
        (replace(VOUCHER, client_id=uid(9)), 0, False),
        (replace(VOUCHER, provider_id=HELPER), 0, False),
        (replace(VOUCHER, service_code="HLT-OT"), 0, False),
        (replace(VOUCHER, state="ISSUED"), 0, False),
        (replace(VOUCHER, valid_to=date(2025, 3, 27)), 0, False),
    ],
)
def test_a_delivery_without_a_plan_is_as_the_voucher_says_S2_18(
    voucher: VoucherCopy | None, delivered: int, conforms: bool
) -> None:
    assert conforms_to_voucher(GIVEN, voucher, delivered) is conforms


def test_a_comment_or_objection_says_why_PLAN_4() -> None:
    made = plan()
    parts = made.start_consultation()
    request = asked(made, SUPPORTER, parts[SUPPORTER], ConsultationState.PENDING)
    for outcome in (ConsultationState.COMMENTED, ConsultationState.OBJECTED):
        with pytest.raises(TextRequired):
            request.respond(outcome, " ", NOW, TODAY)
    assert request.state is ConsultationState.PENDING
    request.respond(ConsultationState.OBJECTED, "no", NOW, TODAY)
    assert request.unresolved
    with pytest.raises(IllegalTransition):
        request.respond(ConsultationState.AGREED, "", NOW, TODAY)


NOTICED = replace(VOUCHER, state="CLOSING", cut_off=GIVEN.service_date)


@pytest.mark.parametrize(
    ("changes", "on", "kind"),
    [
        ({}, GIVEN.service_date, None),
        ({}, date(2025, 3, 29), DeviationKind.NOT_IN_PLAN),
        # The news of the notice has not come yet: the voucher is known as it was.
        ({"state": "ACTIVE", "cut_off": None}, date(2025, 3, 29), None),
        ({"state": "SETTLED"}, GIVEN.service_date, None),
        ({"state": "REVOKED"}, GIVEN.service_date, DeviationKind.NOT_IN_PLAN),
        ({"provider_id": HELPER}, GIVEN.service_date, DeviationKind.NOT_IN_PLAN),
        ({"state": "REVOKED", "provider_id": None}, GIVEN.service_date, DeviationKind.NOT_IN_PLAN),
    ],
)
def test_what_was_left_out_conforms_to_the_last_day_of_its_voucher_PLANBOUND_1(
    changes: dict[str, Any], on: date, kind: DeviationKind | None
) -> None:
    left_out = service(state=State.CANCELLED, voucher_id=VOUCHER.voucher_id)
    former = on_notice(left_out, replace(NOTICED, **changes))
    assert deviation_from_plan(replace(GIVEN, service_date=on), left_out, former=former) is kind


def test_notice_is_of_what_was_left_out_alone_PLANBOUND_1() -> None:
    assert on_notice(service(voucher_id=VOUCHER.voucher_id), NOTICED) == []
    assert on_notice(service(state=State.CANCELLED), None) == []


@given(some.integers(-3, 40))
def test_the_last_day_is_never_after_validity_INV_07(days: int) -> None:
    cut_off = LAST + timedelta(days=days - 20)
    assert replace(VOUCHER, cut_off=cut_off).last_day == min(cut_off, LAST)
    assert VOUCHER.last_day == LAST
