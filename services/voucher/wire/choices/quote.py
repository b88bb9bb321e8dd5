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
        quotes=[quote(one, providers[one.provider_id]) for one in given],
        options_digest=given[0].options_digest,
        valid_until_time=instant(given[0].valid_until),
    )


def quote(one: Quote, provider: ProviderCopy) -> quote_pb2.Quote:
    """A quote, its provider as it is known now."""
    return quote_pb2.Quote(
        name=resource_name(QUOTES, one.id),
        uid=str(one.id),
        create_time=instant(one.created_at),
        voucher=resource_name(VOUCHERS, one.voucher_id),
        option=_option(one, provider),
        units=one.units,
        county_share_total=money(one.county_share * one.units),
        client_fee=_fee(one.fee),
        valid_until_time=instant(one.valid_until),
        options_digest=one.options_digest,
        position=one.position,
    )


def _option(one: Quote, provider: ProviderCopy) -> voucher_pb2.EligibleProvider:
    return voucher_pb2.EligibleProvider(
        provider_id=str(one.provider_id),
        display_name=provider.display_name,
        business_id=provider.business_id,
        contract_id=str(one.contract_id),
        units=[eligible_unit(unit) for unit in provider.units if unit.unit_id in one.unit_ids],
        unit_price=money(one.unit_price),
        county_share_per_unit=money(one.county_share),
        client_share_per_unit=money(one.client_share),
        client_share_total=money(one.client_share * one.units),
    )


def _fee(fee: QuotedFee) -> quote_pb2.QuotedFee:
    basis = "UNSPECIFIED" if fee.per is FeePer.NOTHING else fee.per.value
    return quote_pb2.QuotedFee(
        fee_rule=fee.rule,
        state=value_of(fee_pb2.ClientFeeState, fee.state),
        basis=value_of(quote_pb2.QuotedFeeBasis, basis),
        amount=None if fee.amount is None else money(fee.amount),
    )
