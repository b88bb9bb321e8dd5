"""Who pays what (2.7), with the vectors of the ministry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voucher.domain.money import (
    FREE,
    HOME_CARE_2014_2015,
    IncomeParameters,
    Regime,
    Shares,
    income_dependent_value,
    price_fits,
    shares,
)

pytestmark = pytest.mark.unit

CENTS = st.integers(0, 500_00)


@pytest.mark.parametrize(
    ("regime", "price", "value", "units", "expected"),
    [
        (Regime.ASIAKASSETELI, 82_00, 85_00, 15, Shares(1230_00, 0)),
        (Regime.ASIAKASSETELI, 36_00, 36_00, 40, Shares(1440_00, 0)),
        (Regime.PALVELUSETELI, 40_00, 34_00, 10, Shares(340_00, 60_00)),
        (Regime.PALVELUSETELI, 30_00, 34_00, 10, Shares(300_00, 0)),
    ],
)
def test_2_7_shares(regime: Regime, price: int, value: int, units: int, expected: Shares) -> None:
    assert shares(regime, price=price, value=value, units=units) == expected


@given(st.sampled_from(Regime), CENTS, CENTS, st.integers(1, 1000))
def test_INV_12_the_shares_are_the_price_and_the_client_pays_nothing_in_asiakasseteli(
    regime: Regime, price: int, value: int, units: int
) -> None:
    parts = shares(regime, price=price, value=value, units=units)
    assert parts.county + parts.client == price * units
    assert min(parts.county, parts.client) >= 0
    assert regime is Regime.PALVELUSETELI or parts.client == 0


@given(st.sampled_from(Regime), CENTS, CENTS, st.sampled_from([FREE, "HOME_CARE"]))
def test_INV_12_a_price_that_fits_never_costs_the_client_a_free_service(
    regime: Regime, price: int, value: int, fee_rule: str
) -> None:
    if price_fits(regime, price=price, value=value, fee_rule=fee_rule):
        parts = shares(regime, price=price, value=value, units=1)
        assert parts.county <= value or regime is Regime.ASIAKASSETELI
        assert parts.client == 0 or (regime is Regime.PALVELUSETELI and fee_rule != FREE)


def test_2_7_the_guard_on_the_price() -> None:
    assert price_fits(Regime.ASIAKASSETELI, price=85_00, value=85_00, fee_rule="X")
    assert not price_fits(Regime.ASIAKASSETELI, price=85_01, value=85_00, fee_rule="X")
    assert price_fits(Regime.PALVELUSETELI, price=85_01, value=85_00, fee_rule="X")
    assert not price_fits(Regime.PALVELUSETELI, price=85_01, value=85_00, fee_rule=FREE)


MINISTRY = IncomeParameters(25_00, 7_00, (528_00,), (35,), 342_00)


@pytest.mark.parametrize(
    ("parameters", "household", "income", "value"),
    [
        (MINISTRY, 1, 900_00, 22_83),
        (HOME_CARE_2014_2015, 2, 2300_00, 22_38),
        (HOME_CARE_2014_2015, 1, 0, 27_00),
        (HOME_CARE_2014_2015, 1, 563_00, 27_00),
        (HOME_CARE_2014_2015, 1, 9000_00, 7_00),
        (HOME_CARE_2014_2015, 8, 2799_00 + 2 * 342_00 + 600_00, 26_10),
    ],
)
def test_2_7_income_dependent_value(parameters: IncomeParameters, household: int, income: int, value: int) -> None:
    assert income_dependent_value(parameters, household=household, monthly_income=income) == value


def test_2_7_the_county_may_round_up_to_the_clients_benefit() -> None:
    rounded = IncomeParameters(25_00, 7_00, (528_00,), (35,), 342_00, round_up_to=10)
    assert income_dependent_value(rounded, household=1, monthly_income=900_00) == 22_90


@given(st.integers(1, 12), st.integers(0, 20_000_00))
def test_2_7_the_value_stays_between_its_bounds_and_never_grows_with_income(household: int, income: int) -> None:
    value = income_dependent_value(HOME_CARE_2014_2015, household=household, monthly_income=income)
    richer = income_dependent_value(HOME_CARE_2014_2015, household=household, monthly_income=income + 1_00)
    assert 7_00 <= richer <= value <= 27_00


def test_2_7_a_household_has_somebody() -> None:
    with pytest.raises(ValueError, match="at least one person"):
        income_dependent_value(HOME_CARE_2014_2015, household=0, monthly_income=0)
