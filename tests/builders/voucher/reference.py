"""The tables of the acts that values and fees are computed by, as the county's reference data has them."""

from pathlib import Path
from typing import Any

import yaml

from services.voucher.domain.values.fee import MonthlyFeeByIncome
from services.voucher.domain.values.value import IncomeParameters

DATA = Path(__file__).resolve().parents[3] / "data"


def reference(file: str, key: str, code: str) -> dict[str, Any]:
    """The set with this code in a file of the reference data."""
    (found,) = [one for one in yaml.safe_load((DATA / file).read_text())[key] if one["code"] == code]
    return dict(found)


def home_care_value() -> IncomeParameters:
    """Values of regular home care 2014-2015."""
    told = reference("value_parameters.yaml", "value_parameters", "home-care-2014-2015")["income_dependent"]
    return IncomeParameters(
        value_max=told["value_max_cents"],
        value_min=told["value_min_cents"],
        thresholds=tuple(told["threshold_cents"]),
        percents=tuple(told["percent_hundredths"]),
        threshold_step=told["threshold_step_cents"],
        round_up_to=told["round_up_to_cents"],
    )


def home_care_fee() -> MonthlyFeeByIncome:
    """Fees of regular home care 2022-2023."""
    told = reference("fee_rules.yaml", "fee_rules", "home-care-fee-2022-2023")["monthly_by_income"]
    return MonthlyFeeByIncome(
        thresholds=tuple(told["threshold_cents"]),
        threshold_step=told["threshold_step_cents"],
        first_hours=told["first_hours"],
        percents=tuple(tuple(row) for row in told["percent_hundredths"]),
    )
