"""Who pays what (MONEY-1), with the vectors of the ministry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voucher.domain.money import (
    FREE,
    Regime,
    Shares,
    agreed_shares,
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
def test_shares_MONEY_1(regime: Regime, price: int, value: int, units: int, expected: Shares) -> None:
    assert shares(regime, price=price, value=value, units=units) == expected


@given(st.sampled_from(Regime), CENTS, CENTS, st.integers(1, 1000))
def test_the_shares_are_the_price_and_the_client_pays_nothing_in_asiakasseteli_INV_12(
    regime: Regime, price: int, value: int, units: int
) -> None:
    parts = shares(regime, price=price, value=value, units=units)
    assert parts.county + parts.client == price * units
    assert min(parts.county, parts.client) >= 0
    assert regime is Regime.PALVELUSETELI or parts.client == 0


@given(st.sampled_from(Regime), CENTS, CENTS, st.sampled_from([FREE, "HOME_CARE"]))
def test_a_price_that_fits_never_costs_the_client_a_free_service_INV_12(
    regime: Regime, price: int, value: int, fee_rule: str
) -> None:
    if price_fits(regime, price=price, value=value, fee_rule=fee_rule):
        parts = shares(regime, price=price, value=value, units=1)
        assert parts.county <= value or regime is Regime.ASIAKASSETELI
        assert parts.client == 0 or (regime is Regime.PALVELUSETELI and fee_rule != FREE)


def test_the_guard_on_the_price_MONEY_2() -> None:
    assert price_fits(Regime.ASIAKASSETELI, price=85_00, value=85_00, fee_rule="X")
    assert not price_fits(Regime.ASIAKASSETELI, price=85_01, value=85_00, fee_rule="X")
    assert price_fits(Regime.PALVELUSETELI, price=85_01, value=85_00, fee_rule="X")
    assert not price_fits(Regime.PALVELUSETELI, price=85_01, value=85_00, fee_rule=FREE)


@given(st.sampled_from(Regime), CENTS, CENTS, st.integers(1, 1000))
def test_the_shares_agreed_are_those_of_the_regime_INV_12(regime: Regime, price: int, value: int, units: int) -> None:
    one = shares(regime, price=price, value=value, units=1)
    agreed = agreed_shares(price=price, county_share=one.county, units=units)
    assert agreed == shares(regime, price=price, value=value, units=units)
