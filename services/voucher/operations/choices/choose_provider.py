"""The client chooses a provider; the county's share is committed (VOUCHER-4)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.weekdays import FINLAND
from services.voucher.domain.choices.choice import check_guidance
from services.voucher.domain.choices.quote import at_quoted_price, check_quote
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.binding import bind_target
from services.voucher.operations.choices.offers import offer_at
from services.voucher.operations.vouchers.voucher import announce_voucher, load_voucher_of, publish_vouchers
from services.voucher.storage.choices.quote import find_quote
from services.voucher.storage.neighbours import client, provider
from sote.voucher.v1.events_pb2 import VoucherReserved


def choose_provider(
    session: Session,
    *,
    voucher_id: UUID,
    provider_id: UUID,
    unit_id: UUID | None,
    quote_id: UUID | None = None,
    by_client: UUID | None,
    etag: str = "",
    rules: Rules,
    now: datetime,
) -> Voucher:
    """Take the client's choice, told by the client (`by_client`) or a helper (None).

    Refuses by the guidance rule (S1.12, S1.14) and by every rule of VOUCHER-4. The ledger then holds the county's
    share of all units left as committed: a shortfall is reserved first, what exceeds it is released. With a quote
    that still runs the price is exactly the quoted one, whatever the contract says by now.
    """
    today = helsinki_date(now)
    voucher = load_voucher_of(session, voucher_id, by_client, etag=etag)
    voucher.require("choose")
    _check_guidance(session, voucher, rules, today)
    provider.lock_provider(session, provider_id)
    contracts: Sequence[ContractCopy] = provider.contracts_of(session, provider_id)
    if quote_id is not None:
        quote = check_quote(find_quote(session, quote_id), voucher, provider_id, now=now)
        contracts = at_quoted_price(contracts, quote, voucher.service_code)
    offer = offer_at(session, voucher, contracts, provider_id, unit_id, today)
    target = voucher.choose(offer, rules=rules, calendar=FINLAND, now=now, today=today)
    bind_target(session, voucher, target, now)
    announce_voucher(session, voucher, VoucherReserved)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return voucher


def _check_guidance(session: Session, voucher: Voucher, rules: Rules, today: date) -> None:
    given = [
        (guidance.kind, helsinki_date(guidance.given_time))
        for guidance in client.guidance_for(session, voucher.id)
        if guidance.client_id == voucher.client_id
    ]
    known = client.find_client(session, voucher.client_id)
    flagged = known is not None and bool(known.attention)
    check_guidance(given, flagged=flagged, valid_days=rules.guidance_valid_days, today=today)
