"""When breaches are enough for a sanction, and which one is proposed (SANCTION-4)."""

from datetime import date, timedelta

import pytest

from services.provider.domain.adherence import REASONS_ALLOWED, enough, first_day_counted, measure_for, refusal_counts
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import LADDER, Ground, SanctionKind
from services.provider.domain.terms import ContractKind
from tests.builders.provider.contracts import TODAY

RULES = Rules()


@pytest.mark.parametrize(
    ("ground", "needed"),
    [
        (Ground.UNJUSTIFIED_DEVIATION, 3),
        (Ground.OVERDUE_ACKNOWLEDGEMENT, 3),
        (Ground.REFUSAL_NOT_ALLOWED, 1),
        (Ground.FALSE_REDEMPTION, 1),
    ],
)
def test_so_many_are_enough_SANCTION_4(ground: Ground, needed: int) -> None:
    assert not enough(ground, needed - 1, RULES)
    assert enough(ground, needed, RULES)


def test_ninety_days_are_counted_with_today_SANCTION_4() -> None:
    first = first_day_counted(TODAY, RULES)
    assert (TODAY - first).days + 1 == 90


@pytest.mark.parametrize("reason", [*sorted(REASONS_ALLOWED), "OTHER", ""])
@pytest.mark.parametrize("kind", ContractKind)
def test_a_refusal_counts_unless_its_reason_is_allowed_and_direct_choice_never_refuses_PLAN_8(
    kind: ContractKind, reason: str
) -> None:
    allowed = kind is not ContractKind.DIRECT_CHOICE and reason in REASONS_ALLOWED
    assert refusal_counts(kind, reason) is not allowed


@pytest.mark.parametrize(("last", "proposed"), list(zip([None, *LADDER], [*LADDER, LADDER[-1]], strict=True)))
def test_the_step_after_the_last_imposed_is_proposed_SANCTION_4(
    last: SanctionKind | None, proposed: SanctionKind
) -> None:
    measure = measure_for(Ground.UNJUSTIFIED_DEVIATION, 3, last_imposed=last, day=TODAY, rules=RULES)
    measure.check(largest_reduction=RULES.largest_reduction)
    assert measure.kind is proposed
    assert measure.grounds == "deviations from plans without a good reason: 3 in 90 days"


def test_a_county_that_reduces_no_payments_has_no_such_step_SANCTION_5() -> None:
    rules = Rules(largest_reduction=0)
    measure = measure_for(
        Ground.FALSE_REDEMPTION, 1, last_imposed=SanctionKind.CORRECTIVE_ORDER, day=TODAY, rules=rules
    )
    measure.check(largest_reduction=0)
    assert measure.kind is SanctionKind.CHOICE_FREEZE


def test_an_order_has_a_deadline_SANCTION_1() -> None:
    order = measure_for(
        Ground.FALSE_REDEMPTION, 1, last_imposed=SanctionKind.NOTICE, day=date(2025, 3, 11), rules=RULES
    )
    assert order.until == date(2025, 3, 11) + timedelta(days=90)
