"""The county's values and fees as the reference data has them are what the API takes, number by number."""

import protovalidate
import pytest

from cli.stories.money_rules import fees_request, values_request
from cli.stories.reference import DATA, entries
from services.voucher.domain.values.fee import FeePerUnit, NoFee
from services.voucher.wire.values.parameters import fee_parameters_from, period_from, value_parameters_from
from tests.builders.voucher.reference import home_care_fee, home_care_value

pytestmark = pytest.mark.unit

VALUES = {one["code"]: one for one in entries(DATA / "value_parameters.yaml", "value_parameters")}
FEES = {one["fee_rule"]: one for one in entries(DATA / "fee_rules.yaml", "fee_rules")}


def test_values_of_home_care_reach_the_api_as_they_are_MONEY_6() -> None:
    request = values_request(VALUES["home-care-2014-2015"])
    protovalidate.validate(request)
    assert value_parameters_from(request) == home_care_value()
    assert [day and day.isoformat() for day in period_from(request)] == ["2014-01-01", "2015-12-31"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("NONE", NoFee()),
        ("CLIENT_PAYS", NoFee(client_pays_provider=True)),
        ("CARER_LEAVE_FEE", FeePerUnit(11_60)),
        ("HOME_CARE_FEE", home_care_fee()),
    ],
)
def test_fee_rules_reach_the_api_as_they_are_MONEY_5(rule: str, expected: object) -> None:
    request = fees_request(FEES[rule])
    protovalidate.validate(request)
    assert fee_parameters_from(request) == expected
    assert period_from(request)[1] is None


def test_every_set_of_the_reference_data_is_one_the_api_takes_MONEY_6() -> None:
    for entry in FEES.values():
        fee_parameters_from(fees_request(entry))
    for entry in VALUES.values():
        value_parameters_from(values_request(entry))
