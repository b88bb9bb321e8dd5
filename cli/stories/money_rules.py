"""Loads the county's dated parameters of voucher values and client fees from the reference data."""

from cli.stories.apis import Apis
from cli.stories.player import Player
from cli.stories.reference import DATA, Entry, entries, money, optional_day
from cli.stories.values import day
from sote.voucher.v1 import fee_pb2, fee_service_pb2, value_pb2, value_service_pb2


def load_money_rules(play: Player, apis: Apis) -> None:
    """One call for each set of parameters."""
    treasurer = play.actor("finance-1", "FIN", "county")
    for entry in entries(DATA / "value_parameters.yaml", "value_parameters"):
        play.do(f"values {entry['code']}", treasurer, apis.values.PutValueParameters, values_request(entry))
    for entry in entries(DATA / "fee_rules.yaml", "fee_rules"):
        play.do(f"fees {entry['code']}", treasurer, apis.fees.PutFeeRule, fees_request(entry))


def values_request(entry: Entry) -> value_service_pb2.PutValueParametersRequest:
    """What enters one set of values."""
    values = entry["income_dependent"]
    by_income = value_pb2.IncomeDependentValue(
        value_max=money(values["value_max_cents"]),
        value_min=money(values["value_min_cents"]),
        threshold_cents=values["threshold_cents"],
        threshold_step=money(values["threshold_step_cents"]),
        percent_hundredths=values["percent_hundredths"],
        round_up_to_cents=values["round_up_to_cents"],
    )
    return value_service_pb2.PutValueParametersRequest(
        service_code=entry["service_code"],
        code=entry["code"],
        valid_from=day(entry["valid_from"]),
        valid_to=optional_day(entry.get("valid_to")),
        income_dependent=by_income,
    )


def fees_request(entry: Entry) -> fee_service_pb2.PutFeeRuleRequest:
    """What enters one set of a fee rule."""
    request = fee_service_pb2.PutFeeRuleRequest(
        fee_rule=entry["fee_rule"],
        code=entry["code"],
        valid_from=day(entry["valid_from"]),
        valid_to=optional_day(entry.get("valid_to")),
    )
    if "none" in entry:
        request.none.client_pays_provider = entry["none"]["client_pays_provider"]
    elif "per_unit" in entry:
        request.per_unit.fee.CopyFrom(money(entry["per_unit"]["fee_cents"]))
    else:
        request.monthly_by_income.CopyFrom(_monthly(entry["monthly_by_income"]))
    return request


def _monthly(fees: Entry) -> fee_pb2.MonthlyFeeByIncome:
    return fee_pb2.MonthlyFeeByIncome(
        threshold_cents=fees["threshold_cents"],
        threshold_step=money(fees["threshold_step_cents"]),
        first_hours=fees["first_hours"],
        rows=[fee_pb2.HouseholdPercents(percent_hundredths=row) for row in fees["percent_hundredths"]],
    )
