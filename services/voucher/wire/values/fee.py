"""Clients' fees in protobuf."""

from collections.abc import Iterable

from services.chassis.names import resource_name
from services.chassis.values import day, money
from services.chassis.words import value_of
from services.voucher.domain.values.client_fee import ClientFee
from services.voucher.wire.values.parameters import FEE_RULES, explained
from sote.voucher.v1 import fee_pb2, fee_service_pb2


def client_fees_response(fees: Iterable[ClientFee], *, incomes: bool) -> fee_service_pb2.ListClientFeesResponse:
    """The fees with their sum; the lines they came about by only for a reader who may see incomes."""
    every = list(fees)
    return fee_service_pb2.ListClientFeesResponse(
        fees=[_fee(one, incomes) for one in every], total=money(sum(one.amount or 0 for one in every))
    )


def _fee(one: ClientFee, incomes: bool) -> fee_pb2.ClientFee:
    return fee_pb2.ClientFee(
        month=day(one.month),
        service_code=one.service_code,
        fee_rule=one.fee_rule,
        parameters=resource_name(FEE_RULES, one.set_id) if one.set_id else "",
        units=one.units,
        state=value_of(fee_pb2.ClientFeeState, one.state),
        amount=None if one.amount is None else money(one.amount),
        steps=explained(one.steps) if incomes else [],
    )
