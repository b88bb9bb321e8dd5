"""The guards of a sanction (SANCTION-1)."""

from datetime import date, timedelta

import pytest

from services.chassis.weekdays import FINLAND
from services.kernel.refusal import InvalidValue
from services.provider.domain.contract_refusals import HearingPending, KindNotHigher
from services.provider.domain.refusals import ProviderMismatch
from services.provider.domain.sanction import LADDER, Measure, SanctionKind, SanctionState
from tests.builders.provider.contracts import LATER, TODAY, sanction

DUE = date(2025, 3, 25)  # ten weekdays after Tuesday 2025-03-11


def test_a_provider_is_heard_or_lets_its_ten_weekdays_pass_SANCTION_2() -> None:
    one = sanction()
    one.open_hearing(weekdays=10, calendar=FINLAND, day=TODAY, now=LATER)
    assert one.hearing_due == DUE
    with pytest.raises(HearingPending):
        one.impose(day=DUE, now=LATER)
    with pytest.raises(ProviderMismatch):
        one.hear("not us", by="county", now=LATER)
    one.hear("we put it right", by=str(one.provider_id), now=LATER)
    one.impose(day=TODAY, now=LATER)
    assert (one.state, one.imposed_on) == (SanctionState.IMPOSED, TODAY)
    silent = sanction()
    silent.open_hearing(weekdays=10, calendar=FINLAND, day=TODAY, now=LATER)
    silent.impose(day=DUE + timedelta(days=1), now=LATER)
    assert silent.state is SanctionState.IMPOSED


@pytest.mark.parametrize("kind", [one for one in LADDER if one is not SanctionKind.SUSPENSION])
def test_only_a_suspension_is_imposed_before_the_hearing_SANCTION_6(kind: SanctionKind) -> None:
    with pytest.raises(HearingPending):
        sanction(kind).impose_at_once(weekdays=10, calendar=FINLAND, day=TODAY, now=LATER)
    one = sanction(SanctionKind.SUSPENSION)
    one.impose_at_once(weekdays=10, calendar=FINLAND, day=TODAY, now=LATER)
    assert (one.state, one.hearing_due) == (SanctionState.IMPOSED, DUE)
    one.hear("afterwards", by=str(one.provider_id), now=LATER)
    assert one.statement == "afterwards"


def test_escalates_up_the_ladder_only_SANCTION_3() -> None:
    for kind in (SanctionKind.NOTICE, SanctionKind.CHOICE_FREEZE):
        with pytest.raises(KindNotHigher):
            sanction(SanctionKind.CHOICE_FREEZE, SanctionState.IMPOSED).escalate(kind, now=LATER)


def test_expires_after_its_last_day_but_a_corrective_order_does_not_SANCTION_1() -> None:
    for kind, until in (
        (SanctionKind.PAYMENT_REDUCTION, TODAY),
        (SanctionKind.NOTICE, None),
        (SanctionKind.CORRECTIVE_ORDER, TODAY - timedelta(days=1)),
    ):
        with pytest.raises(InvalidValue):
            sanction(kind, SanctionState.IMPOSED, until=until).expire(day=TODAY, now=LATER)


@pytest.mark.parametrize(
    ("kind", "percent", "until", "fits"),
    [
        (SanctionKind.PAYMENT_REDUCTION, 10, TODAY, True),
        (SanctionKind.PAYMENT_REDUCTION, 11, TODAY, False),
        (SanctionKind.PAYMENT_REDUCTION, 0, TODAY, False),
        (SanctionKind.PAYMENT_REDUCTION, 10, None, False),
        (SanctionKind.CORRECTIVE_ORDER, 0, None, False),
        (SanctionKind.NOTICE, 0, None, True),
        (SanctionKind.NOTICE, 1, None, False),
    ],
)
def test_a_reduction_has_a_bound_and_a_last_day_SANCTION_5(
    kind: SanctionKind, percent: int, until: date | None, fits: bool
) -> None:
    one = Measure(kind=kind, grounds="x", reduction_percent=percent, until=until)
    if fits:
        one.check(largest_reduction=10)
    else:
        with pytest.raises(InvalidValue):
            one.check(largest_reduction=10)
