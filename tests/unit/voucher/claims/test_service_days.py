"""The days on which a planned service is paid: versions of its line, notice, absences, the end
(PLANBOUND-1, PLANSERVICE-4, INV-07)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.voucher.domain.claims.redemption import RejectCode
from services.voucher.domain.claims.service_days import ServiceDays
from services.voucher.domain.neighbours.plan_line import LineVersion, Pause
from services.voucher.domain.vouchers.states import State
from tests.builders.voucher.plan_lines import LINE, NOTICE, line
from tests.builders.voucher.vouchers import FIRST, LAST, voucher

pytestmark = pytest.mark.unit


def refused(day: date, *versions: LineVersion, pauses: tuple[Pause, ...] = (), **changes: Any) -> RejectCode | None:
    """What speaks against a service of that day."""
    return ServiceDays(versions, pauses, NOTICE).refuses(voucher(State.ACTIVE, plan_service_id=LINE, **changes), day)


def test_without_a_plan_only_the_validity_speaks_PLANBOUND_1() -> None:
    assert refused(FIRST) is None
    assert refused(LAST + timedelta(days=1)) is RejectCode.EXPIRED
    assert refused(LAST, cut_off=LAST - timedelta(days=1)) is RejectCode.EXPIRED


def test_days_before_the_first_version_count_by_it_because_care_does_not_wait_PLANBOUND_1() -> None:
    assert refused(FIRST, line(since=date(2025, 3, 5))) is None


def test_a_line_that_is_left_out_runs_on_for_the_days_of_notice_PLANBOUND_1() -> None:
    gone = replace(line(2, date(2025, 3, 10)), planned=False)
    assert refused(date(2025, 3, 17), line(), gone) is None
    assert refused(date(2025, 3, 18), line(), gone) is RejectCode.PLAN_LINE_SUPERSEDED


def test_later_versions_without_the_line_give_no_more_notice_PLANBOUND_1() -> None:
    gone = replace(line(2, date(2025, 3, 10)), planned=False)
    again = replace(line(3, date(2025, 3, 16)), planned=False)
    assert refused(date(2025, 3, 18), line(), gone, again) is RejectCode.PLAN_LINE_SUPERSEDED


def test_a_shortened_line_keeps_the_days_on_which_it_stood_longer_PLANBOUND_1() -> None:
    shorter = replace(line(2, date(2025, 3, 20)), to_date=date(2025, 3, 15))
    assert refused(date(2025, 3, 19), line(), shorter) is None
    assert refused(date(2025, 3, 20), line(), shorter) is RejectCode.PLAN_LINE_SUPERSEDED


def test_another_service_on_the_line_is_not_the_vouchers_PLANBOUND_1() -> None:
    other = replace(line(2, date(2025, 3, 10)), service_code="HLT-OT")
    assert refused(date(2025, 3, 9), line(), other) is None
    assert refused(date(2025, 3, 10), line(), other) is RejectCode.PLAN_LINE_SUPERSEDED


def test_of_two_versions_on_one_day_the_later_counts_PLANBOUND_1() -> None:
    both = (line(), replace(line(2, FIRST), to_date=date(2025, 3, 9)))
    assert refused(date(2025, 3, 10), *both) is RejectCode.PLAN_LINE_SUPERSEDED
    assert refused(date(2025, 3, 10), *reversed(both)) is RejectCode.PLAN_LINE_SUPERSEDED


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2025, 3, 4), None),
        (date(2025, 3, 5), RejectCode.CLIENT_ABSENT),
        (date(2025, 3, 13), RejectCode.CLIENT_ABSENT),
        (date(2025, 3, 14), None),
    ],
)
def test_days_of_absence_are_not_paid_the_day_of_return_is_PLANSERVICE_4(day: date, code: RejectCode | None) -> None:
    hospital = Pause(LINE, date(2025, 3, 5), date(2025, 3, 14))
    assert refused(day, pauses=(hospital,)) is code


def test_an_absence_without_its_end_goes_on_PLANSERVICE_4() -> None:
    assert refused(LAST, pauses=(Pause(LINE, date(2025, 3, 5)),)) is RejectCode.CLIENT_ABSENT
