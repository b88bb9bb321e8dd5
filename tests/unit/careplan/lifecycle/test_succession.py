"""What passes over to a plan that takes up where another ended (PROCESS-D8)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.careplan.domain.lifecycle.succession import draft_after
from services.careplan.domain.plans.plan_states import PlanState
from tests.builders.careplan.plans import CLIENT, FULL, LAST, OWN, PURCHASE, plan


@pytest.mark.parametrize(
    ("today", "passing"),
    [
        (LAST - timedelta(days=1), {"SOC-FAM-WORK", "SOC-FAM-SUPP"}),
        (LAST, {"SOC-FAM-WORK", "SOC-FAM-SUPP"}),
        (LAST + timedelta(days=1), {"SOC-FAM-WORK"}),
    ],
)
def test_a_service_passes_over_until_its_last_day_is_over_PROCESS_D8(today: date, passing: set[str]) -> None:
    longer = replace(OWN, to_date=LAST + timedelta(days=30))
    ended = plan(replace(FULL, services=(longer, PURCHASE)), state=PlanState.CANCELLED)
    draft = draft_after(ended, CLIENT, today, uuid4)
    assert {line.service_code for line in draft.services} == passing
    assert {line.from_date for line in draft.services} == {today}
