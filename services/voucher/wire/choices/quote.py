"""Quotes in protobuf."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.chassis.names import resource_name
from services.chassis.values import instant, money
from services.chassis.words import value_of
from services.voucher.domain.choices.quote import FeePer, Quote, QuotedFee
from services.voucher.domain.neighbours.provider import ProviderCopy
from services.voucher.wire.vouchers.voucher import VOUCHERS, eligible_unit
from sote.voucher.v1 import fee_pb2, quote_pb2, quote_service_pb2, voucher_pb2

QUOTES = "quotes"


def quotes_response(
    given: Sequence[Quote], providers: Mapping[UUID, ProviderCopy]
) -> quote_service_pb2.QuoteProvidersResponse:
    """The quotes in the order given; nothing is told of a list without any."""
    if not given:
        return quote_service_pb2.QuoteProvidersResponse()
    return quote_service_pb2.QuoteProvidersResponse(
        quotes=[quote(value, providers[value.provider_id]) for value in given],
        options_digest=given[0].options_digest,
        valid_until_time=instant(given[0].valid_until),
    )


def quote(value: Quote, provider: ProviderCopy) -> quote_pb2.Quote:
    """A quote, its provider as it is known now."""
    return quote_pb2.Quote(
        name=resource_name(QUOTES, value.id),
        uid=str(value.id),
        create_time=instant(value.created_at),
        voucher=resource_name(VOUCHERS, value.voucher_id),
        option=_option(value, provider),
        units=value.units,
        county_share_total=money(value.county_share * value.units),
        client_fee=_fee(value.fee),
        valid_until_time=instant(value.valid_until),
        options_digest=value.options_digest,
        position=value.position,
    )


def _option(value: Quote, provider: ProviderCopy) -> voucher_pb2.EligibleProvider:
    return voucher_pb2.EligibleProvider(
        provider_id=str(value.provider_id),
        display_name=provider.display_name,
        business_id=provider.business_id,
        contract_id=str(value.contract_id),
        units=[eligible_unit(unit) for unit in provider.units if unit.unit_id in value.unit_ids],
        unit_price=money(value.unit_price),
        county_share_per_unit=money(value.county_share),
        client_share_per_unit=money(value.client_share),
        client_share_total=money(value.client_share * value.units),
    )


def _fee(fee: QuotedFee) -> quote_pb2.QuotedFee:
    basis = "UNSPECIFIED" if fee.per is FeePer.NOTHING else fee.per.value
    return quote_pb2.QuotedFee(
        fee_rule=fee.rule,
        state=value_of(fee_pb2.ClientFeeState, fee.state),
        basis=value_of(quote_pb2.QuotedFeeBasis, basis),
        amount=None if fee.amount is None else money(fee.amount),
    )
