"""Claims that turn out not to be payable are taken back: rejected, or reversed once they are paid
(REDEMPTION-2, PROCESS-D2)."""

from datetime import date, datetime
from functools import partial
from uuid import uuid5

from sqlalchemy.orm import Session

from services.chassis.values import id_text, money
from services.voucher.domain.claims.redemption import Redemption, RedemptionState, RejectCode
from services.voucher.domain.claims.reversal import Reversal, ReversalReason
from services.voucher.domain.purse.ledger import Account
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import GONE
from services.voucher.domain.vouchers.states import ENDED
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.held_units import rebind
from services.voucher.operations.claims.redemption import announce_redemption
from services.voucher.operations.claims.service_days import days_of
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import announce_voucher, money_of
from services.voucher.storage.claims import redemption as rows
from services.voucher.storage.claims.paid_delivery import free_delivery
from services.voucher.storage.spending.settlement import reduced_by
from services.voucher.wire.claims.reversal import reversal_reason_code
from sote.voucher.v1.events_pb2 import RedemptionRejected, RedemptionReversed, VoucherUnitsReturned

SYSTEM = "system"


def overturn_claims(
    session: Session, voucher: Voucher, *, last_day: date | None = None, rules: Rules, now: datetime
) -> bool:
    """Take back every claim on a locked voucher for a day that is not paid after all; the caller publishes.

    `last_day` is the client's last one, where that is what the news is. Tells whether there was any claim to take back.
    One in a batch that is under way is taken back when the batch is paid.
    """
    days = days_of(session, [voucher], rules)[voucher.id]
    gone = last_day is not None or voucher.revoke_reason in GONE
    reason = ReversalReason.CLIENT_GONE if gone else ReversalReason.ERROR
    found = False
    for claim in rows.correctable(session, voucher.id):
        code = days.refuses(voucher, claim.service_date)
        if last_day is not None and claim.service_date > last_day:
            code = RejectCode.EXPIRED
        if code is not None and claim.state is RedemptionState.SETTLED:
            take_payment_back(session, voucher, claim, reason=reason, subject=SYSTEM, now=now)
        elif code is not None:
            _reject(session, voucher, claim, code, now)
        found = found or code is not None
    return found


def take_payment_back(
    session: Session, voucher: Voucher, claim: Redemption, *, reason: ReversalReason, subject: str, now: datetime
) -> Reversal:
    """SETTLED -> REVERSED for a claim on a locked voucher: what was paid is owed by the provider (REDEMPTION-2).

    The claim's row stays as it was paid; units and value are the voucher's again, and the money too unless it ended.
    """
    claim.reverse(now=now)
    free_delivery(session, claim.delivery_id, claim.id)
    paid = claim.county_share - reduced_by(session, claim.id)
    made = _reversal(claim, paid, reason, subject, now)
    session.add(made)
    if paid:
        to = Account.AVAILABLE if voucher.state in ENDED else Account.COMMITTED
        ledger.reverse_spend(
            session,
            source=money_of(voucher),
            amount_cents=paid,
            to=to,
            service_date=claim.service_date,
            provider_id=claim.provider_id,
            now=now,
        )
    _return_units(session, voucher, claim, paid, now)
    fact = RedemptionReversed(
        redemption_id=str(claim.id),
        voucher_id=str(voucher.id),
        provider_id=str(claim.provider_id),
        contract_id=id_text(claim.contract_id),
        reason=reversal_reason_code(reason),
        county_share=money(paid),
    )
    announce_redemption(session, claim, fact)
    return made


def _reject(session: Session, voucher: Voucher, claim: Redemption, code: RejectCode, now: datetime) -> None:
    claim.reject(code, now=now)
    free_delivery(session, claim.delivery_id, claim.id)
    _return_units(session, voucher, claim, claim.county_share, now)
    fact = RedemptionRejected(
        redemption_id=str(claim.id),
        voucher_id=str(voucher.id),
        provider_id=str(claim.provider_id),
        reject_code=code.value,
    )
    announce_redemption(session, claim, fact)


def _return_units(session: Session, voucher: Voucher, claim: Redemption, committed: int, now: datetime) -> None:
    """The units are free again; `committed` cents of the voucher's are for them from here on."""
    voucher.give_back(units=claim.units, cents=claim.county_share, now=now)
    rebind(session, voucher, units=claim.units, cents=committed, now=now)
    announce_voucher(session, voucher, partial(VoucherUnitsReturned, redemption_id=str(claim.id), units=claim.units))


def _reversal(claim: Redemption, paid: int, reason: ReversalReason, subject: str, now: datetime) -> Reversal:
    return Reversal(
        id=uuid5(claim.id, "reversal"),
        redemption_id=claim.id,
        voucher_id=claim.voucher_id,
        client_id=claim.client_id,
        provider_id=claim.provider_id,
        reason=reason,
        cents=paid,
        created_at=now,
        created_by=subject,
        updated_at=now,
    )
