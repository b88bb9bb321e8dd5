"""Terms of a voucher that change after its issue: extended by an official (VOUCHER-16), or as plan or decision say."""

from dataclasses import dataclass
from datetime import date, datetime

from services.kernel.refusal import Refusal
from services.voucher.domain.money import ValueKind
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.vouchers.refusals import ValueExceeded
from services.voucher.domain.vouchers.states import WITH_PROVIDER, State
from services.voucher.domain.vouchers.voucher import Voucher


@dataclass(frozen=True)
class Change:
    """What a voucher shall be from now on: units granted in all, first and last day."""

    units: int
    valid_from: date
    valid_to: date


class NothingToExtend(Refusal):
    """An extension gives more units or a later last day, and takes neither away."""

    reason = "NOTHING_TO_EXTEND"
    rule = "VOUCHER-16"


def terms_of(voucher: Voucher) -> Change:
    """What it is now."""
    return Change(voucher.units_granted, voucher.valid_from, voucher.valid_to)


def check_extension(voucher: Voucher, change: Change) -> None:
    """Refuse with NothingToExtend what gives nothing, or takes something away."""
    now = terms_of(voucher)
    if change == now or change.units < now.units or change.valid_to < now.valid_to:
        raise NothingToExtend("an extension gives more units or a later last day")


def amend(voucher: Voucher, change: Change, *, command: str, now: datetime) -> int:
    """Take the changed terms; gives the cents more (or less, below zero) that have to be bound for it.

    `command` is `extend` or `amend`. Refuses with ValueExceeded where the units cost more than a ceiling leaves.
    """
    state = voucher.require(command)
    more = change.units - voucher.units_granted
    remaining = voucher.units_left + more
    value = 0 if voucher.value_kind is ValueKind.CEILING_TOTAL else voucher.unit_value * more
    share = voucher.county_share or 0
    if voucher.state in WITH_PROVIDER and voucher.used_cents + share * remaining > voucher.max_value + value:
        raise ValueExceeded("the county's share of the units would exceed the voucher's value")
    window = voucher.claim_until - voucher.last_service_day
    voucher.state = state
    voucher.units_granted = change.units
    voucher.max_value += value
    voucher.valid_from, voucher.valid_to = change.valid_from, change.valid_to
    voucher.claim_until = voucher.last_service_day + window
    voucher.updated_at = now
    return share * more if voucher.state in WITH_PROVIDER else value


def shorten(voucher: Voucher, last_day: date, *, now: datetime) -> bool:
    """End the paid days of a closing voucher on `last_day`, with its claim window; tells whether that changed it."""
    if voucher.state is not State.CLOSING or last_day == voucher.cut_off:
        return False
    if voucher.cut_off is None and last_day >= voucher.valid_to:
        return False
    window = voucher.claim_until - voucher.last_service_day
    voucher.cut_off = last_day
    voucher.claim_until = voucher.last_service_day + window
    voucher.updated_at = now
    return True


def within_decision(voucher: Voucher, decision: DecisionCopy) -> Change:
    """The voucher's terms as far as a changed decision grants them from its effective day on.

    What is used stays granted, and days before the change stay as they were.
    """
    used = voucher.units_redeemed + voucher.units_held
    last = voucher.valid_to
    if decision.to_date < last:
        last = min(last, max(decision.to_date, decision.last_day_before))
    return Change(min(voucher.units_granted, max(decision.units, used)), voucher.valid_from, last)
