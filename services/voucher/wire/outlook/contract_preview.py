"""Previews of contract changes in protobuf, and what the requests for them say."""

from collections.abc import Sequence

from services.chassis.names import InvalidField
from services.chassis.values import day_of, money
from services.chassis.words import value_of
from services.voucher.domain.outlook.contract_preview import Hypothesis, Impact, LineSums
from sote.voucher.v1 import contract_preview_service_pb2 as pb


def hypothesis_from(request: pb.PreviewContractChangeRequest) -> Hypothesis:
    """The change a request is about; refuses with InvalidField a price below zero."""
    if any(price.unit_price.cents < 0 for price in request.prices):
        raise InvalidField("prices.unit_price", "must not be below zero")
    return Hypothesis(
        prices={price.service_code: price.unit_price.cents for price in request.prices},
        removed=frozenset(request.removed_service_codes),
        end_date=day_of(request.end_date, "end_date") if request.HasField("end_date") else None,
        dropped=frozenset(request.dropped_clauses),
    )


def preview(shown: Sequence[Impact], sums: Sequence[LineSums], token: str) -> pb.PreviewContractChangeResponse:
    """A page of impacts with the sums of all of them."""
    return pb.PreviewContractChangeResponse(
        impacts=map(_impact, shown),
        lines=map(_line, sums),
        budget_delta=money(sum(part.delta for part in sums)),
        next_page_token=token,
    )


def _impact(value: Impact) -> pb.ContractChangeImpact:
    return pb.ContractChangeImpact(
        voucher_id="" if value.commitment else str(value.id),
        commitment_id=str(value.id) if value.commitment else "",
        client_id=str(value.client_id),
        service_code=value.service_code,
        effect=value_of(pb.ContractChangeEffect, value.effect),
        units=value.units,
        other_providers=value.other_providers,
        budget_delta=money(value.delta),
    )


def _line(value: LineSums) -> pb.ContractLinePreview:
    return pb.ContractLinePreview(
        service_code=value.service_code,
        touched=value.touched,
        must_choose=value.must_choose,
        without_other_provider=value.without_other,
        budget_delta=money(value.delta),
    )
