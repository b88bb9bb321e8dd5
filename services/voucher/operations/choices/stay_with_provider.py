"""The client stays with the provider whose contract is in force again (VOUCHER-10)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.weekdays import FINLAND
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.binding import bind_target
from services.voucher.operations.choices.offers import offer_at
from services.voucher.operations.vouchers.voucher import announce_voucher, load_voucher_of, publish_vouchers
from services.voucher.storage.claims import reroute as reroute_rows
from services.voucher.storage.neighbours import provider
from sote.voucher.v1.events_pb2 import VoucherActivated, VoucherReserved


def stay_with_provider(
    session: Session, *, voucher_id: UUID, by_client: UUID | None, etag: str = "", rules: Rules, now: datetime
) -> Voucher:
    """Go back to the provider left last, at its present price; its earlier acceptance of the same content still binds.

    No guidance is asked: nothing new is chosen. Refuses with IllegalTransition when not re-routing or when the provider
    itself left, and by every rule of VOUCHER-4 on the provider, NoActiveContract while it is not reinstated.
    """
    today = helsinki_date(now)
    voucher = load_voucher_of(session, voucher_id, by_client, etag=etag)
    if voucher.state is not State.REROUTING:
        raise IllegalTransition("a voucher", voucher.state, "stay")
    former = reroute_rows.reroutes_of(session, voucher.id)[-1]
    if former.cause is RerouteCause.PROVIDER_QUIT:
        raise IllegalTransition("a voucher that its provider gave up", voucher.state, "stay")
    provider.lock_provider(session, former.provider_id)
    contracts = provider.contracts_of(session, former.provider_id)
    offer = offer_at(session, voucher, contracts, former.provider_id, former.unit_id, today, staying=True)
    accepted = voucher.accepted_content_version
    target = voucher.choose(offer, rules=rules, calendar=FINLAND, now=now, today=today)
    voucher.chosen_on = former.chosen_on  # nothing new was chosen
    bind_target(session, voucher, target, now)
    announce_voucher(session, voucher, VoucherReserved)
    if accepted == voucher.content_spec.version:
        voucher.accept(by=None, content_version=accepted, now=now, today=today)
        announce_voucher(session, voucher, VoucherActivated)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return voucher
