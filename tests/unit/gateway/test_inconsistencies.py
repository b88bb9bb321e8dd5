"""Findings: what does not fit is told, what is not known proves nothing."""

from dataclasses import replace
from datetime import date, timedelta

from services.gateway.domain.inconsistencies import (
    AcknowledgementOutline,
    ContractOutline,
    InconsistencyKind,
    ItemOutline,
    PlanOutline,
    RecordOutline,
    ServiceOutline,
    VoucherOutline,
    inconsistencies,
)

TODAY = date(2025, 3, 11)
YEAR = ContractOutline(date(2025, 1, 1), date(2025, 12, 31), frozenset({"SOC-FAM-WORK"}))
SERVICE = ServiceOutline("s1", "SOC-FAM-WORK", "p1", bound=True)
PLAN = PlanOutline("plan", exists=True, is_open=True, services=(SERVICE,))
RECORD = RecordOutline(
    "c1", plan_needed=True, plan=PLAN, vouchers=(VoucherOutline("v1", "s1", is_open=True),), contracts={"p1": (YEAR,)}
)


def found(record: RecordOutline, today: date = TODAY) -> list[tuple[InconsistencyKind, str]]:
    return [(one.kind, one.subject) for one in inconsistencies(record, today)]


def test_a_record_that_fits_has_none() -> None:
    assert found(RECORD) == []
    assert found(RecordOutline("c1")) == []


def test_an_open_voucher_needs_a_service_of_the_open_plan_INV_03() -> None:
    lost = replace(RECORD, vouchers=(VoucherOutline("v2", "", is_open=True),))
    assert found(lost) == [(InconsistencyKind.VOUCHER_WITHOUT_PLAN_SERVICE, "vouchers/v2")]
    assert found(replace(lost, vouchers=(VoucherOutline("v2", "", is_open=False),))) == []
    assert found(replace(lost, plan=replace(PLAN, is_open=False))) == []
    assert found(replace(lost, plan=None)) == []
    assert found(replace(lost, vouchers=None)) == []


def test_an_acknowledgement_is_overdue_the_day_after_its_last_day_S1_30() -> None:
    waiting = AcknowledgementOutline("p1", awaited=True, late=False, due=TODAY)
    record = replace(RECORD, plan=replace(PLAN, acknowledgements=(waiting,)))
    assert found(record) == []
    late = [(InconsistencyKind.ACKNOWLEDGEMENT_OVERDUE, "providers/p1")]
    assert found(record, TODAY + timedelta(days=1)) == late
    told = AcknowledgementOutline("p1", awaited=False, late=True, due=None)
    assert found(replace(RECORD, plan=replace(PLAN, acknowledgements=(told,)))) == late
    given = AcknowledgementOutline("p1", awaited=False, late=False, due=TODAY - timedelta(days=9))
    assert found(replace(RECORD, plan=replace(PLAN, acknowledgements=(given,)))) == []


def test_a_plan_that_is_needed_must_exist() -> None:
    without = replace(RECORD, plan=PlanOutline("", exists=False, is_open=False), vouchers=())
    assert found(without) == [(InconsistencyKind.PLAN_MISSING, "clients/c1")]
    assert found(replace(without, plan_needed=False)) == []
    assert found(replace(without, plan_needed=None)) == []
    assert found(replace(without, plan=None)) == []


def test_a_service_with_a_provider_needs_a_contract_in_force_today_INV_05() -> None:
    missing = [(InconsistencyKind.SERVICE_WITHOUT_CONTRACT, "planServices/s1")]
    assert found(replace(RECORD, contracts={"p1": ()})) == missing
    assert found(RECORD, date(2026, 1, 1)) == missing
    assert found(RECORD, date(2025, 12, 31)) == []
    other = replace(YEAR, service_codes=frozenset({"OTHER"}))
    assert found(replace(RECORD, contracts={"p1": (other,)})) == missing
    assert found(replace(RECORD, contracts={})) == []
    free = replace(PLAN, services=(replace(SERVICE, bound=False),))
    assert found(replace(RECORD, plan=free, contracts={"p1": ()})) == []


def test_an_item_of_an_enrolment_needs_a_service_of_the_open_plan_S1_26() -> None:
    item = ItemOutline("e1", "SOC-FAM-WORK", "s1", "p1")
    assert found(replace(RECORD, items=(item,))) == []
    orphan = [(InconsistencyKind.ORPHAN_ENROLMENT_ITEM, "enrolments/e1/items/SOC-FAM-WORK")]
    for lost in ("s2", ""):
        assert found(replace(RECORD, items=(replace(item, plan_service_id=lost),))) == orphan
    assert found(replace(RECORD, items=(item,), plan=replace(PLAN, is_open=False))) == orphan
    assert found(replace(RECORD, items=(item,), plan=None)) == []


def test_each_finding_has_an_owner_and_an_age_as_far_as_the_record_tells_S2_05() -> None:
    since = TODAY - timedelta(days=40)
    late = AcknowledgementOutline("p1", awaited=True, late=False, due=since - timedelta(days=1))
    plan = replace(PLAN, operator_id="operator", acknowledgements=(late,))
    ended = replace(YEAR, last=since - timedelta(days=1))
    record = replace(
        RECORD,
        plan=plan,
        vouchers=(VoucherOutline("v1", "", is_open=True, since=since),),
        items=(ItemOutline("e1", "WORK", "", "proposer", since=since),),
        contracts={"p1": (ended,)},
    )
    told = inconsistencies(record, TODAY)
    assert {one.since for one in told} == {since}
    assert [one.owner for one in told] == ["operator", "operator", "operator", "proposer"]
    missing = replace(
        RECORD, plan=PlanOutline("", exists=False, is_open=False), own_worker_id="worker", assessed_on=since
    )
    (one,) = inconsistencies(missing, TODAY)
    assert (one.owner, one.since) == ("worker", since)
    (unknown,) = inconsistencies(replace(RECORD, contracts={"p1": ()}), TODAY)
    assert unknown.since is None
