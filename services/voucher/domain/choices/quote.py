"""What choosing a provider costs, told before the choice and held for a time (QUOTE-1, INV-23)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.refusal import Refusal
from services.voucher.domain.money import FREE
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.values.client_fee import FeeState, fee_steps
from services.voucher.domain.values.fee import MonthlyFeeByIncome, NoFee
from services.voucher.domain.values.income import IncomeStatement
from services.voucher.domain.values.parameters import ParameterSet
from services.voucher.domain.vouchers.voucher import Voucher


class QuoteNotFound(Refusal):
    """There is no such quote for this voucher and provider."""

    reason = "QUOTE_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "sote.voucher.v1.Quote"


class QuoteExpired(Refusal):
    """The quote's time is over, or the voucher has other units left than it was given for."""

    reason = "QUOTE_EXPIRED"
    rule = "QUOTE-1"
    legal_basis = "Act on Service Vouchers in Social Welfare and Health Care (569/2009)"


class FeePer(StrEnum):
    """What a quoted fee is for; NOTHING where none is charged or none can be told."""

    NOTHING = "NOTHING"
    UNIT = "UNIT"
    MONTH = "MONTH"


@dataclass(frozen=True)
class QuotedFee:
    """What the client would owe the county beside; cents, None where it cannot be told."""

    rule: str
    state: FeeState
    per: FeePer
    amount: int | None


@dataclass(frozen=True)
class Quote:
    """One provider's price and shares, in cents a unit, for the `units` left of a voucher.

    `line_unit_ids` are the units the quoted line of the contract is for; none means every unit.
    """

    id: UUID
    voucher_id: UUID
    provider_id: UUID
    contract_id: UUID
    line_unit_ids: tuple[UUID, ...]
    unit_ids: tuple[UUID, ...]
    position: int
    units: int
    unit_price: int
    county_share: int
    client_share: int
    fee: QuotedFee
    options_digest: str
    created_at: datetime
    created_by: str
    valid_until: datetime


def quoted_fee(
    rule: str, found: ParameterSet | None, statement: IncomeStatement | None, *, unit_value: int, granted_a_month: int
) -> QuotedFee:
    """The fee of one unit, or of a month in which the units granted for it are used."""
    if found is None and rule == FREE:
        return QuotedFee(rule, FeeState.CHARGED, FeePer.NOTHING, 0)
    if found is None:
        return QuotedFee(rule, FeeState.FEE_RULE_MISSING, FeePer.NOTHING, None)
    if isinstance(found.fees, NoFee):
        return QuotedFee(rule, FeeState.CHARGED, FeePer.NOTHING, 0)
    monthly = isinstance(found.fees, MonthlyFeeByIncome)
    units = granted_a_month if monthly else 1
    steps = fee_steps(found, statement, units=units, hours=granted_a_month, value=unit_value * units)
    if steps is None:
        return QuotedFee(rule, FeeState.INCOME_STATEMENT_MISSING, FeePer.NOTHING, None)
    return QuotedFee(rule, FeeState.CHARGED, FeePer.MONTH if monthly else FeePer.UNIT, steps[-1].cents)


def check_quote(quote: Quote | None, voucher: Voucher, provider_id: UUID, *, now: datetime) -> Quote:
    """The quote if it is for this choice and still runs; else refuses with QuoteNotFound or QuoteExpired."""
    if quote is None or (quote.voucher_id, quote.provider_id) != (voucher.id, provider_id):
        raise QuoteNotFound("there is no such quote for this voucher and provider")
    if now > quote.valid_until or quote.units != voucher.units_left:
        raise QuoteExpired("the quote's time is over, or the voucher has other units left than it was given for")
    return quote


def at_quoted_price(contracts: Iterable[ContractCopy], quote: Quote, service_code: str) -> Sequence[ContractCopy]:
    """The quoted contract as it is now, its quoted line at the quoted price: nothing else may be chosen by it."""
    return [
        replace(
            contract,
            lines=tuple(
                replace(line, unit_price_cents=quote.unit_price)
                for line in contract.lines
                if line.service_code == service_code and line.unit_ids == quote.line_unit_ids
            ),
        )
        for contract in contracts
        if contract.contract_id == quote.contract_id
    ]
