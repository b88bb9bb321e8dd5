"""List every provider a voucher may be used at, in a neutral order (INV-23); changes nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.choices.choice import digest_of
from services.voucher.operations.choices.offers import offers_for, voucher_to_choose_with
from services.voucher.wire.vouchers import voucher as vouchers
from sote.voucher.v1.voucher_service_pb2 import ListEligibleProvidersResponse


def list_eligible_providers(
    session: Session, *, voucher_id: UUID, by_client: UUID | None, now: datetime
) -> ListEligibleProvidersResponse:
    """The complete list by the very rule that `choose_provider` applies; refuses when no choice is to be made.

    Who declined the voucher, or gave its client up, is not offered for it again; a client who insists may still choose
    it (PROCESS-E2).
    """
    voucher = voucher_to_choose_with(session, voucher_id, by_client)
    order, providers = offers_for(session, voucher, helsinki_date(now))
    return vouchers.eligible(order, providers, units=voucher.units_left, digest=digest_of(order))
