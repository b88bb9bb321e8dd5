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
        fees=[_fee(fee, incomes) for fee in every], total=money(sum(fee.amount or 0 for fee in every))
    )


def _fee(fee: ClientFee, incomes: bool) -> fee_pb2.ClientFee:
    return fee_pb2.ClientFee(
        month=day(fee.month),
        service_code=fee.service_code,
        fee_rule=fee.fee_rule,
        parameters=resource_name(FEE_RULES, fee.set_id) if fee.set_id else "",
        units=fee.units,
        state=value_of(fee_pb2.ClientFeeState, fee.state),
        amount=None if fee.amount is None else money(fee.amount),
        steps=explained(fee.steps) if incomes else [],
    )
