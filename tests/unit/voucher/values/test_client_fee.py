"""What a client owes the county (MONEY-5): story 2's fees, every border of the table, and the same at every
provider."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voucher.domain.values.client_fee import ClientFee, FeeState, SetOn, Usage, client_fees, granted_a_month
from services.voucher.domain.values.explanation import Label, Step
from services.voucher.domain.values.fee import FeeParameters, FeePerUnit, NoFee, monthly_fee_steps
from services.voucher.domain.values.income import IncomeStatement, Means
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet
from tests.builders.voucher.reference import home_care_fee
from tests.builders.voucher.vouchers import CLIENT, NOW

pytestmark = pytest.mark.unit

TABLE = home_care_fee()
CARER, HOME = "CARER_LEAVE_FEE", "HOME_CARE_FEE"
RICH = 1_000_000_00


def set_of(rule: str, body: FeeParameters, first: date = date(2022, 1, 1), last: date | None = None) -> ParameterSet:
    """A set of a fee rule."""
    return ParameterSet(
        uuid4(), "MAAKUNTA_2017:06", ParameterKind.FEE, rule, "set", 1, first, last, body, NOW, "finance-1"
    )


def on(*sets: ParameterSet) -> SetOn:
    """Finds the set in force."""
    return lambda rule, day: next((one for one in sets if one.subject == rule and one.holds_on(day)), None)


def stated(household: int, income: int, first: date = date(2025, 1, 1)) -> IncomeStatement:
    """A statement from that day on."""
    means = Means(household, income)
    return IncomeStatement(uuid4(), "MAAKUNTA_2017:06", CLIENT, first, None, means, "", NOW, "finance-1", NOW)


def hour(day: date, units: int = 20, **changes: object) -> Usage:
    """Hours of home care at 38.00, 20 a month granted."""
    return replace(Usage("SOC-HOME-CARE", HOME, day, units, 38_00, 20), **changes)  # type: ignore[arg-type]


def test_a_service_free_by_law_costs_nothing_without_any_set_INV_12() -> None:
    used = [Usage("HLT-OT", "FREE", date(2025, 6, 1), 3, 78_00, 3)]
    assert amounts(client_fees(used, set_on=on(), statements=[])) == [(date(2025, 6, 1), 0)]


def amounts(fees: list[ClientFee]) -> list[tuple[date, int | None]]:
    """Month and amount of each."""
    return [(one.month, one.amount) for one in fees]


def test_story_2_home_care_is_263_34_a_month_for_six_months_MONEY_5() -> None:
    used = [hour(date(2025, month, 10), 19 if month > 8 else 20) for month in range(6, 12)]
    fees = client_fees(used, set_on=on(set_of(HOME, TABLE)), statements=[stated(2, 2300_00)])
    assert amounts(fees) == [(date(2025, month, 1), 263_34) for month in range(6, 12)]
    assert sum(one.amount or 0 for one in fees) == 1580_04
    assert fees[0].steps == (
        Step(Label.INCOME, 2300_00, (2,)),
        Step(Label.THRESHOLD, 1103_00, (2,)),
        Step(Label.EXCESS, 1197_00),
        Step(Label.SHARE_OF_EXCESS, 263_34, (22_00, 20)),
        Step(Label.FEE, 263_34),
    )


def test_story_2_eleven_days_of_leave_cost_11_60_each_MONEY_5() -> None:
    days = [date(2025, month, day) for month in range(6, 12) for day in (7, 21)][:11]
    used = [Usage("SOC-SHORT-24H", CARER, day, 1, 165_00, 2) for day in days]
    fees = client_fees(used, set_on=on(set_of(CARER, FeePerUnit(11_60))), statements=[])
    assert sum(one.amount or 0 for one in fees) == 127_60
    assert amounts(fees)[-1] == (date(2025, 11, 1), 11_60)


@pytest.mark.parametrize(
    ("household", "hours", "percent"),
    [
        *((1, hours, percent) for hours, percent in enumerate([8, 10, 12, 14, 16, 17, 18], start=4)),
        *((1, hours, percent) for hours, percent in ((0, 8), (3, 8), (16, 24), (20, 26), (28, 30), (38, 35))),
        (1, 500, 35),
        (2, 20, 22),
        (2, 24, 24),
        (3, 22, 19),
        (4, 16, 16),
        (5, 13, 14),
        (6, 9, 12),
        (6, 500, 12),
        (7, 500, 11),
        (18, 500, 0),
    ],
)
def test_the_table_of_percentages_MONEY_5(household: int, hours: int, percent: int) -> None:
    assert TABLE.percent(household=household, hours=hours) == percent * 100


def test_half_percentages_are_exact_MONEY_4() -> None:
    assert TABLE.percent(household=1, hours=17) == 24_50
    assert TABLE.percent(household=2, hours=5) == 8_75


@pytest.mark.parametrize(
    ("household", "threshold"),
    [(1, 598_00), (2, 1103_00), (3, 1731_00), (4, 2140_00), (5, 2591_00), (6, 2976_00), (7, 3332_00), (9, 4044_00)],
)
def test_up_to_the_threshold_nothing_is_charged_MONEY_5(household: int, threshold: int) -> None:
    def fee(income: int) -> int:
        return monthly_fee_steps(TABLE, Means(household, income), hours=20, value=RICH)[-1].cents

    assert fee(threshold) == 0
    assert fee(threshold + 100_00) == TABLE.percent(household=household, hours=20)


def test_half_a_cent_of_a_fee_is_rounded_up_MONEY_5() -> None:
    steps = [monthly_fee_steps(TABLE, Means(1, 598_00 + excess), hours=17, value=RICH) for excess in (1, 2, 3, 6)]
    assert [one[-1].cents for one in steps] == [0, 0, 1, 1]


def test_a_fee_is_never_above_the_value_of_what_was_used_MONEY_5() -> None:
    fees = client_fees([hour(date(2025, 6, 10), 2)], set_on=on(set_of(HOME, TABLE)), statements=[stated(2, 2300_00)])
    assert fees[0].steps[-2:] == (Step(Label.COST_LIMIT, 76_00), Step(Label.FEE, 76_00))


def test_what_cannot_be_told_says_why_MONEY_5() -> None:
    used = [hour(date(2025, 5, 31)), Usage("HLT-SPECIAL", "SPECIAL_FEE", date(2025, 6, 1), 1, 260_00, 1)]
    fees = client_fees(used, set_on=on(set_of(HOME, TABLE)), statements=[stated(2, 2300_00, date(2025, 6, 1))])
    assert [(one.state, one.amount, one.set_id is None) for one in fees] == [
        (FeeState.INCOME_STATEMENT_MISSING, None, False),
        (FeeState.FEE_RULE_MISSING, None, True),
    ]


def test_a_new_fee_within_the_month_and_a_new_income_from_the_next_month_on_MONEY_5() -> None:
    old = set_of(CARER, FeePerUnit(11_60), last=date(2025, 6, 14))
    new = set_of(CARER, FeePerUnit(12_00), first=date(2025, 6, 15))
    used = [Usage("SOC-SHORT-24H", CARER, date(2025, 6, day), 1, 165_00, 2) for day in (14, 15)]
    used += [hour(date(2025, month, day), 10) for month in (6, 7) for day in (1, 20)]
    statements = [stated(2, 2300_00), stated(2, 3000_00, date(2025, 6, 20))]
    statements[0].end(date(2025, 6, 19), now=NOW)
    fees = client_fees(used, set_on=on(old, new, set_of(HOME, TABLE)), statements=statements)
    assert [(one.month.month, one.service_code, one.amount) for one in fees] == [
        (6, "SOC-HOME-CARE", 263_34),
        (6, "SOC-SHORT-24H", 11_60),
        (6, "SOC-SHORT-24H", 12_00),
        (7, "SOC-HOME-CARE", 417_34),
    ]


@pytest.mark.parametrize("bought", [False, True])
def test_what_is_free_or_bought_from_the_provider_costs_nothing_here_MONEY_5(bought: bool) -> None:
    rule = set_of("FREE", NoFee(client_pays_provider=bought))
    used = [Usage("HLT-OT", "FREE", date(2025, 6, 1), 3, 78_00, 3)]
    assert amounts(client_fees(used, set_on=on(rule), statements=[])) == [(date(2025, 6, 1), 0)]


@pytest.mark.parametrize(
    ("units", "first", "last", "expected"),
    [
        (120, date(2025, 6, 1), date(2025, 11, 30), 20),
        (20, date(2025, 2, 1), date(2025, 2, 28), 20),
        (20, date(2024, 2, 1), date(2024, 2, 29), 20),
        (20, date(2025, 3, 15), date(2025, 4, 14), 20),
        (10, date(2025, 3, 1), date(2025, 3, 15), 21),
        (5, date(2025, 3, 1), date(2025, 4, 30), 3),
    ],
)
def test_units_granted_a_month_MONEY_5(units: int, first: date, last: date, expected: int) -> None:
    assert granted_a_month(units, first, last) == expected


USES = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 30), st.sampled_from([CARER, HOME])), min_size=1, max_size=20
)


@given(USES, st.integers(1, 9), st.integers(0, 8000_00))
def test_fees_lie_between_nothing_and_the_value_and_the_order_of_claims_does_not_matter_MONEY_5(
    uses: list[tuple[int, int, str]], household: int, income: int
) -> None:
    first = date(2025, 1, 1).toordinal()
    used = [Usage(rule, rule, date.fromordinal(first + day), units, 38_00, 20) for day, units, rule in uses]
    sets = on(set_of(CARER, FeePerUnit(11_60)), set_of(HOME, TABLE))
    fees = client_fees(used, set_on=sets, statements=[stated(household, income)])
    assert fees == client_fees(reversed(used), set_on=sets, statements=[stated(household, income)])
    assert sum(one.units for one in fees) == sum(one.units for one in used)
    assert all(0 <= (one.amount or 0) <= one.units * 38_00 for one in fees)
    assert len({(one.month, one.service_code) for one in fees}) == len(fees)


def test_the_ids_of_sets_are_told() -> None:
    rule = set_of(CARER, FeePerUnit(1))
    (fee,) = client_fees(
        [Usage("S", CARER, date(2025, 6, 1), 1, 5_00, 1)], set_on=on(replace(rule, id=UUID(int=7))), statements=[]
    )
    assert fee.set_id == UUID(int=7)
