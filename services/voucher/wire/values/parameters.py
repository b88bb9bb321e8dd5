"""Dated parameters of values and fees in protobuf, both ways, and amounts explained line by line."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from google.protobuf.message import Message

from services.chassis.etags import etag_of
from services.chassis.names import InvalidField, resource_name
from services.chassis.values import day, instant, money
from services.chassis.words import value_of
from services.voucher.domain.values.explanation import Step
from services.voucher.domain.values.fee import FeeParameters, FeePerUnit, MonthlyFeeByIncome, NoFee
from services.voucher.domain.values.parameters import ParameterSet
from services.voucher.domain.values.value import CeilingTotal, FixedValue, IncomeParameters, ValueParameters
from services.voucher.wire.optional import optional_date
from sote.type.v1.money_pb2 import Money
from sote.voucher.v1 import fee_pb2, fee_service_pb2, value_pb2, value_service_pb2

VALUE_PARAMETERS = "valueParameters"
FEE_RULES = "feeRules"
Versioned = TypeVar("Versioned", value_pb2.ValueParameters, fee_pb2.FeeRule)


def value_parameters(parameters: ParameterSet) -> value_pb2.ValueParameters:
    """A set of parameters of values."""
    message = value_pb2.ValueParameters(service_code=parameters.subject)
    match parameters.body:
        case FixedValue(unit_value=value):
            message.fixed.unit_value.CopyFrom(money(value))
        case CeilingTotal(ceiling=ceiling):
            message.ceiling_total.ceiling.CopyFrom(money(ceiling))
        case IncomeParameters() as body:
            message.income_dependent.CopyFrom(_income(body))
    return _version(message, parameters, VALUE_PARAMETERS)


def fee_rule(value: ParameterSet) -> fee_pb2.FeeRule:
    """A set of parameters of a fee rule."""
    message = fee_pb2.FeeRule(fee_rule=value.subject)
    match value.body:
        case NoFee(client_pays_provider=bought):
            message.none.client_pays_provider = bought
        case FeePerUnit(cents=cents):
            message.per_unit.fee.CopyFrom(money(cents))
        case MonthlyFeeByIncome() as body:
            message.monthly_by_income.CopyFrom(_monthly(body))
    return _version(message, value, FEE_RULES)


def explained(steps: Iterable[Step]) -> list[value_pb2.ExplanationStep]:
    """The lines of an explanation."""
    return [
        value_pb2.ExplanationStep(
            label=value_of(value_pb2.ExplanationLabel, step.label),
            amount=money(step.cents),
            operands=step.operands,
        )
        for step in steps
    ]


def value_parameters_from(request: value_service_pb2.PutValueParametersRequest) -> ValueParameters:
    """The parameters a request enters; refuses with InvalidField what no value can be computed by."""
    match request.WhichOneof("parameters"):
        case "fixed":
            return FixedValue(_cents(request.fixed.unit_value, "fixed.unit_value"))
        case "ceiling_total":
            return CeilingTotal(_cents(request.ceiling_total.ceiling, "ceiling_total.ceiling"))
        case _:
            return _income_from(request.income_dependent)


def fee_parameters_from(request: fee_service_pb2.PutFeeRuleRequest) -> FeeParameters:
    """The parameters a request enters; refuses with InvalidField what no fee can be computed by."""
    match request.WhichOneof("parameters"):
        case "none":
            return NoFee(request.none.client_pays_provider)
        case "per_unit":
            return FeePerUnit(_cents(request.per_unit.fee, "per_unit.fee"))
        case _:
            return _monthly_from(request.monthly_by_income)


def period_from(request: Message) -> tuple[date, date | None]:
    """First and last day of what a request enters; refuses with InvalidField a period that ends before it begins."""
    first, last = optional_date(request, "valid_from"), optional_date(request, "valid_to")
    if first is None:
        raise InvalidField("valid_from", "must be told")
    if last is not None and last < first:
        raise InvalidField("valid_to", "must not be before valid_from")
    return first, last


def _version(message: Versioned, value: ParameterSet, collection: str) -> Versioned:
    message.name, message.uid, message.etag = resource_name(collection, value.id), str(value.id), etag_of(value.number)
    message.code, message.number = value.code, value.number
    message.create_time.CopyFrom(instant(value.created_at))
    message.valid_from.CopyFrom(day(value.valid_from))
    if value.valid_to is not None:
        message.valid_to.CopyFrom(day(value.valid_to))
    if value.superseded_at is not None:
        message.superseded_time.CopyFrom(instant(value.superseded_at))
    return message


def _income(body: IncomeParameters) -> value_pb2.IncomeDependentValue:
    return value_pb2.IncomeDependentValue(
        value_max=money(body.value_max),
        value_min=money(body.value_min),
        threshold_cents=body.thresholds,
        threshold_step=money(body.threshold_step),
        percent_hundredths=body.percents,
        round_up_to_cents=body.round_up_to,
    )


def _income_from(message: value_pb2.IncomeDependentValue) -> IncomeParameters:
    field = "income_dependent"
    parameters = IncomeParameters(
        value_max=_cents(message.value_max, f"{field}.value_max"),
        value_min=_cents(message.value_min, f"{field}.value_min"),
        thresholds=_table(message.threshold_cents, f"{field}.threshold_cents"),
        percents=_table(message.percent_hundredths, f"{field}.percent_hundredths"),
        threshold_step=_cents(message.threshold_step, f"{field}.threshold_step"),
        round_up_to=message.round_up_to_cents or 1,
    )
    if parameters.value_max < parameters.value_min:
        raise InvalidField(f"{field}.value_max", "must not be below value_min")
    if parameters.round_up_to < 1:
        raise InvalidField(f"{field}.round_up_to_cents", "must not be below zero")
    return parameters


def _monthly(body: MonthlyFeeByIncome) -> fee_pb2.MonthlyFeeByIncome:
    return fee_pb2.MonthlyFeeByIncome(
        threshold_cents=body.thresholds,
        threshold_step=money(body.threshold_step),
        first_hours=body.first_hours,
        rows=[fee_pb2.HouseholdPercents(percent_hundredths=row) for row in body.percents],
    )


def _monthly_from(message: fee_pb2.MonthlyFeeByIncome) -> MonthlyFeeByIncome:
    field = "monthly_by_income"
    if message.first_hours < 0:
        raise InvalidField(f"{field}.first_hours", "must not be below zero")
    if not message.rows:
        raise InvalidField(f"{field}.rows", "must not be empty")
    rows = [_table(row.percent_hundredths, f"{field}.rows[{place}]") for place, row in enumerate(message.rows)]
    return MonthlyFeeByIncome(
        thresholds=_table(message.threshold_cents, f"{field}.threshold_cents"),
        threshold_step=_cents(message.threshold_step, f"{field}.threshold_step"),
        first_hours=message.first_hours,
        percents=tuple(rows),
    )


def _table(numbers: Iterable[int], field: str) -> tuple[int, ...]:
    found = tuple(numbers)
    if not found or min(found) < 0:
        raise InvalidField(field, "must have entries, none below zero")
    return found


def _cents(amount: Money, field: str) -> int:
    if amount.cents < 0:
        raise InvalidField(field, "must not be below zero")
    return amount.cents
