"""Changing the provider of a voucher: the units held for the former one, and its claims on them
(VOUCHER-17, VOUCHER-9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.kernel.care import CareUnit
from services.voucher.domain.money import Shares, agreed_shares
from services.voucher.domain.rules import Calendar, Rules
from services.voucher.domain.vouchers.refusals import NoRelationship, NothingHeld, OutsideValidity, UnitsExceeded
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher, claim_end


class RerouteCause(StrEnum):
    """Why the provider of a voucher changes (VOUCHER-9)."""

    CONTRACT = "CONTRACT"
    PROVIDER_QUIT = "PROVIDER_QUIT"
    CLIENT_CHANGE = "CLIENT_CHANGE"


@dataclass(frozen=True)
class Leaving:
    """A command to leave the provider: why, from which day on, by whom and when; `id` is the re-route's own."""

    id: UUID
    cause: RerouteCause
    cut_off: date
    subject: str
    now: datetime


@dataclass(eq=False)
class Reroute:
    """One re-route: the terms of the provider left, and its units held; cents a unit, `cut_off` is its first day off.

    `declare_due` is the last day on which the provider may tell how many units it still has to claim; None once told,
    or where the days themselves tell it. `chosen_on` is the day the client had chosen it.
    """

    id: UUID
    voucher_id: UUID
    provider_id: UUID
    unit_id: UUID | None
    contract_id: UUID
    agreed_price: int
    county_share: int
    cause: RerouteCause
    first_day: date
    cut_off: date
    claim_until: date
    declare_due: date | None
    units_held: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    chosen_on: date | None = None
    units_claimed: int = 0
    units_freed: int = 0
    version: int = 1

    def split(self, *, units: int) -> Shares:
        """Who pays what of units at the price of the provider left."""
        return agreed_shares(price=self.agreed_price, county_share=self.county_share, units=units)

    @property
    def units_open(self) -> int:
        """Units that wait for the former provider's claim."""
        return self.units_held - self.units_claimed - self.units_freed


def units_to_hold(
    voucher: Voucher,
    *,
    cut_off: date,
    claimed: Sequence[tuple[date, int]],
    delivered: Sequence[tuple[date, int]],
) -> int:
    """Units the present provider may still claim for days before `cut_off`, at most those left.

    `claimed` are (day, units) of its claims that count, `delivered` those of its recorded deliveries not claimed yet.
    By the day: every day after the last one redeemed, and recorded days before that. Otherwise the planned rate, the
    units granted spread evenly over the validity, less what it claimed; never fewer than it has delivered.
    """
    if voucher.state is State.RESERVED:
        return 0
    first = voucher.first_service_day
    waiting = [(day, units) for day, units in delivered if first <= day < cut_off]
    redeemed = [(day, units) for day, units in claimed if first <= day]
    if voucher.unit is CareUnit.DAY:
        start = max((day + timedelta(days=1) for day, _ in redeemed), default=first)
        held = max(0, (cut_off - start).days) + sum(units for day, units in waiting if day < start)
    else:
        served, total = max(0, (cut_off - first).days), (voucher.valid_to - voucher.valid_from).days + 1
        planned = -(-voucher.units_granted * served // total)
        held = max(planned - sum(units for _, units in redeemed), sum(units for _, units in waiting))
    return min(max(0, held), voucher.units_left)


def reroute(voucher: Voucher, leaving: Leaving, *, held: int, rules: Rules, calendar: Calendar, today: date) -> Reroute:
    """VOUCHER-9: leave the provider; `held` units stay its own at its price, the rest is to be offered anew.

    What the days do not tell is to be declared within `declare_weekdays` of the cut-off, or of today if that is later.
    """
    voucher.require("reroute")
    if leaving.cut_off > voucher.valid_to:
        raise OutsideValidity("the voucher ends before this day: there is nothing to re-route")
    declare_due = calendar.nth_weekday_after(max(today, leaving.cut_off), rules.declare_weekdays)
    former = _left(voucher, held, leaving, rules, declare_due)
    voucher.state = voucher.require("reroute")
    voucher.units_held += held
    voucher.held_cents += held * former.county_share
    voucher.served_from = max(former.cut_off, former.first_day)
    voucher.leave_provider()
    voucher.updated_at = leaving.now
    return former


def _left(voucher: Voucher, held: int, leaving: Leaving, rules: Rules, declare_due: date) -> Reroute:
    if voucher.provider_id is None or voucher.contract_id is None or voucher.county_share is None:
        raise NoRelationship("no provider is chosen")
    to_declare = held > 0 and voucher.unit is not CareUnit.DAY
    return Reroute(
        id=leaving.id,
        voucher_id=voucher.id,
        provider_id=voucher.provider_id,
        unit_id=voucher.unit_id,
        contract_id=voucher.contract_id,
        agreed_price=voucher.agreed_price or 0,
        county_share=voucher.county_share,
        cause=leaving.cause,
        first_day=voucher.first_service_day,
        cut_off=leaving.cut_off,
        claim_until=claim_end(leaving.cut_off - timedelta(days=1), rules),
        declare_due=declare_due if to_declare else None,
        units_held=held,
        created_at=leaving.now,
        created_by=leaving.subject,
        updated_at=leaving.now,
        chosen_on=voucher.chosen_on,
    )


def claim_held(voucher: Voucher, former: Reroute, *, units: int, now: datetime) -> Shares:
    """VOUCHER-17: the former provider takes units held for it at its price; UnitsExceeded beyond them (INV-06)."""
    voucher.require("claim_held")
    if units > former.units_open:
        raise UnitsExceeded("fewer units are held for this provider")
    parts = former.split(units=units)
    former.units_claimed += units
    former.updated_at = now
    voucher.units_held -= units
    voucher.held_cents -= parts.county
    voucher.units_redeemed += units
    voucher.redeemed_cents += parts.county
    voucher.updated_at = now
    return parts


def declare(voucher: Voucher, former: Reroute, *, units: int, now: datetime, today: date) -> int:
    """VOUCHER-9: the former provider tells how many units it still has to claim; gives how many become free thereby."""
    voucher.require("claim_held")
    if former.declare_due is None or today > former.declare_due:
        raise NothingHeld("nothing is to be declared, or the time for it is over")
    if units > former.units_open:
        raise UnitsExceeded("fewer units are held for this provider")
    former.declare_due = None
    former.updated_at = now
    return former.units_open - units


def ended_units(former: Reroute, *, delivered: int, today: date) -> int:
    """Held units nobody may claim any more: all once the window is over; undeclared ones beyond those `delivered`."""
    if today > former.claim_until:
        return former.units_open
    if former.declare_due is not None and today > former.declare_due:
        return max(0, former.units_open - delivered)
    return 0


def free(voucher: Voucher, former: Reroute, *, units: int, now: datetime) -> int:
    """Give held units back to the voucher; gives the cents they held."""
    cents = units * former.county_share
    former.units_freed += units
    former.updated_at = now
    voucher.units_held -= units
    voucher.held_cents -= cents
    voucher.updated_at = now
    return cents
