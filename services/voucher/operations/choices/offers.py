"""What providers offer for a voucher, by the copies known here (VOUCHER-4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.kernel.refusal import Refusal
from services.voucher.domain.choices.choice import Wanted, neutral_order, offer_of
from services.voucher.domain.neighbours.provider import ContractCopy, ProviderCopy
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.refusals import NoRelationship, UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.choices.occupancy import occupancy
from services.voucher.storage.claims.reroute import given_up_by
from services.voucher.storage.neighbours import provider
from services.voucher.storage.vouchers.decline import declined_by


def voucher_to_choose_with(session: Session, voucher_id: UUID, by_client: UUID | None) -> Voucher:
    """The voucher whose provider is to be chosen, by its client or a helper (None); refuses any other."""
    voucher = session.get(Voucher, voucher_id)
    if by_client is not None and (voucher is None or voucher.client_id != by_client):
        raise NoRelationship("the voucher is not this client's")
    if voucher is None:
        raise UnknownVoucher("there is no such voucher")
    voucher.require("choose")
    return voucher


def offers_for(session: Session, voucher: Voucher, today: date) -> tuple[list[Offer], dict[UUID, ProviderCopy]]:
    """Offers in the neutral order, of who has neither declined the voucher nor given it up; and the providers."""
    contracts = provider.voucher_contracts(session, voucher.service_code)
    unwilling = declined_by(session, voucher.id) | given_up_by(session, voucher.id)
    ids = sorted({contract.provider_id for contract in contracts} - unwilling)
    providers = dict(provider.find_providers(session, ids))
    held = occupancy(session, contracts, voucher.service_code, today=today, besides=voucher.id)
    offers = []
    for provider_id in ids:
        theirs = [contract for contract in contracts if contract.provider_id == provider_id]
        try:
            offers.append(offer_of(wanted_by(voucher), providers.get(provider_id), theirs, held, today=today))
        except Refusal:  # not eligible now: exactly what the list leaves out
            continue
    return neutral_order(voucher.id, offers), providers


def wanted_by(voucher: Voucher) -> Wanted:
    """The part of a voucher a provider's offer depends on."""
    return Wanted(
        voucher_id=voucher.id,
        service_code=voucher.service_code,
        units=voucher.units_left,
        first_day=voucher.first_service_day,
        last_day=voucher.valid_to,
        regime=voucher.regime,
        unit_value=voucher.value_of_unit_left,
        fee_rule=voucher.fee_rule,
    )


def offer_at(
    session: Session,
    voucher: Voucher,
    contracts: Sequence[ContractCopy],
    provider_id: UUID,
    unit_id: UUID | None,
    today: date,
    *,
    staying: bool = False,
) -> Offer:
    """The offer of one provider, at one unit when told; refuses naming why (VOUCHER-4).

    Who is `staying` is no new client, however many the provider takes in a month.
    """
    held = occupancy(session, contracts, voucher.service_code, today=today, besides=voucher.id)
    if staying:
        held = replace(held, new_by_contract={})
    known = provider.find_provider(session, provider_id)
    return offer_of(wanted_by(voucher), known, contracts, held, today=today, unit_id=unit_id)
