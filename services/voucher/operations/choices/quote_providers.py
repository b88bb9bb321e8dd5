"""Quote every provider a voucher may be used at: price, shares and client fee, held for a time (QUOTE-1)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.vault import Vault
from services.voucher.domain.choices.choice import digest_of
from services.voucher.domain.choices.quote import FeePer, Quote, QuotedFee, quoted_fee
from services.voucher.domain.money import Regime
from services.voucher.domain.neighbours.provider import ProviderCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.values.client_fee import FeeState, granted_a_month
from services.voucher.domain.values.parameters import ParameterKind
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.offers import offers_for, voucher_to_choose_with
from services.voucher.storage.choices.quote import add_quotes
from services.voucher.storage.values.income import statement_in_force
from services.voucher.storage.values.parameters import set_in_force


def quote_providers(
    session: Session,
    *,
    voucher_id: UUID,
    by_client: UUID | None,
    subject: str,
    vault: Vault,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> tuple[Sequence[Quote], dict[UUID, ProviderCopy]]:
    """The neutral list of `list_eligible_providers`, each option a quote; gives the quotes with their providers."""
    voucher = voucher_to_choose_with(session, voucher_id, by_client)
    today = helsinki_date(now)
    order, providers = offers_for(session, voucher, today)
    fee = _fee(session, voucher, vault, today)
    digest, until = digest_of(order), now + timedelta(days=rules.quote_valid_days)

    def quote(position: int, offer: Offer) -> Quote:
        return Quote(
            id=new_id(),
            voucher_id=voucher.id,
            provider_id=offer.provider_id,
            contract_id=offer.contract_id,
            line_unit_ids=offer.line_unit_ids,
            unit_ids=tuple(unit.unit_id for unit in offer.units),
            position=position,
            units=voucher.units_left,
            unit_price=offer.unit_price,
            county_share=offer.county_share,
            client_share=offer.client_share,
            fee=fee,
            options_digest=digest,
            created_at=now,
            created_by=subject,
            valid_until=until,
        )

    given = [quote(position, offer) for position, offer in enumerate(order, start=1)]
    add_quotes(session, given)
    return given, providers


def _fee(session: Session, voucher: Voucher, vault: Vault, today: date) -> QuotedFee:
    """What the client would owe the county by what is in force on the first day left; nothing in PALVELUSETELI."""
    if voucher.regime is Regime.PALVELUSETELI:
        return QuotedFee("", FeeState.CHARGED, FeePer.NOTHING, 0)
    day = max(today, voucher.first_service_day)
    found = set_in_force(session, ParameterKind.FEE, voucher.fee_rule, day)
    asked = found is not None and found.depends_on_income
    return quoted_fee(
        voucher.fee_rule,
        found,
        statement_in_force(session, vault, voucher.client_id, day) if asked else None,
        unit_value=voucher.unit_value,
        granted_a_month=granted_a_month(voucher.units_granted, voucher.valid_from, voucher.valid_to),
    )
