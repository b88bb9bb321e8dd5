"""The voucher: a promise to pay for units of a care service, and every command on it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.kernel.care import CareUnit
from services.voucher.domain.money import Regime, Shares, ValueKind, agreed_shares, shares
from services.voucher.domain.rules import Calendar, Rules
from services.voucher.domain.values.value import Worth
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.reasons import DeclineReason, RevokeReason
from services.voucher.domain.vouchers.refusals import (
    AcceptanceOverdue,
    ContentVersionChanged,
    NoRelationship,
    OutsideValidity,
    UnitsExceeded,
    ValueExceeded,
)
from services.voucher.domain.vouchers.states import State, after


@dataclass(eq=False)
class Voucher:
    """A voucher; amounts in cents, days inclusive. Its methods are the rows of the table of states and change nothing
    else."""

    id: UUID
    county_scheme: str
    county_code: str
    number: str
    client_id: UUID
    assessment_id: UUID
    decision_id: UUID
    plan_id: UUID | None
    plan_service_id: UUID | None
    enrolment_id: UUID | None
    item_code: str
    service_code: str
    unit: CareUnit
    regime: Regime
    value_kind: ValueKind
    fee_rule: str
    units_granted: int
    unit_value: int
    max_value: int
    valid_from: date
    valid_to: date
    claim_until: date
    content_spec: ContentSpec
    issuer_organisation_id: UUID
    issuer_subject: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: State = State.DRAFT
    urgent_reason: str = ""
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    contract_id: UUID | None = None
    contract_version: int = 0
    agreed_price: int | None = None
    county_share: int | None = None
    client_share: int | None = None
    accept_due: date | None = None
    chosen_on: date | None = None
    accepted_content_version: int = 0
    units_redeemed: int = 0
    redeemed_cents: int = 0
    units_held: int = 0
    held_cents: int = 0
    served_from: date | None = None
    cut_off: date | None = None
    revoke_reason: RevokeReason | None = None
    decline_reason: DeclineReason | None = None
    parameter_set_id: UUID | None = None
    income_statement_id: UUID | None = None
    version: int = 1

    @property
    def units_left(self) -> int:
        """Units neither redeemed nor held for a former provider; held ones count as used (INV-06)."""
        return self.units_granted - self.units_redeemed - self.units_held

    @property
    def used_cents(self) -> int:
        """The value redeemed, or held for a former provider."""
        return self.redeemed_cents + self.held_cents

    @property
    def value_of_unit_left(self) -> int:
        """The most the county pays for a unit at the next provider; a ceiling is spread over the units left."""
        if self.value_kind is not ValueKind.CEILING_TOTAL or not self.units_left:
            return self.unit_value
        return (self.max_value - self.used_cents) // self.units_left

    @property
    def first_service_day(self) -> date:
        """The first day the present provider serves: the last cut-off after a re-route, else the first of all."""
        return self.valid_from if self.served_from is None else max(self.valid_from, self.served_from)

    @property
    def last_service_day(self) -> date:
        """The last day of service that is paid (INV-07)."""
        return min(self.valid_to, self.cut_off or self.valid_to)

    def value_as(self, worth: Worth) -> None:
        """Take the value computed for it; the one at issue is what the county stands by."""
        self.value_kind = worth.kind
        self.unit_value = worth.unit_value
        self.max_value = worth.max_value
        self.parameter_set_id = worth.parameter_set_id
        self.income_statement_id = worth.statement_id

    def issue(self, *, urgent_reason: str, now: datetime, today: date) -> None:
        """VOUCHER-2: the county stands by it from now on; its whole value has to be reserved with it."""
        if today > self.valid_to:
            raise OutsideValidity("the voucher's last day is over")
        self._go("issue", now)
        self.urgent_reason = urgent_reason

    def refuse(self, *, now: datetime) -> None:
        """VOUCHER-3: the client does not want it."""
        self._go("refuse", now)

    def choose(self, offer: Offer, *, rules: Rules, calendar: Calendar, now: datetime, today: date) -> int:
        """VOUCHER-4: take the offer for every unit left; gives the county's share of them, the commitment's target."""
        target = offer.county_share * self.units_left
        if self.used_cents + target > self.max_value:
            raise ValueExceeded("the county's share at this provider would exceed the voucher's value")
        self.require("choose")
        if not self.units_left:
            raise UnitsExceeded("no unit is left for another provider")
        self._go("choose", now)
        self.provider_id = offer.provider_id
        self.unit_id = offer.unit_id
        self.contract_id = offer.contract_id
        self.contract_version = offer.contract_version
        self.agreed_price = offer.unit_price
        self.county_share = offer.county_share
        self.client_share = offer.client_share
        self.accepted_content_version = 0
        self.accept_due = calendar.nth_weekday_after(today, rules.accept_weekdays)
        self.chosen_on = today
        return target

    def accept(self, *, by: UUID | None, content_version: int, now: datetime, today: date) -> None:
        """VOUCHER-5: the chosen provider binds itself to this version of the content."""
        self.require("accept")
        self.must_be_with(by)
        if self.accept_due is not None and today > self.accept_due:
            raise AcceptanceOverdue("the time to accept is over")
        if content_version != self.content_spec.version:
            raise ContentVersionChanged("the content has another version now")
        self._go("accept_again" if self.units_redeemed else "accept", now)
        self.accepted_content_version = content_version
        self.accept_due = None

    def decline(self, *, by: UUID | None, reason: DeclineReason, now: datetime) -> UUID:
        """VOUCHER-6: the chosen provider says no, or nothing in time (`by` None: the county says so); gives the
        provider."""
        self.require("decline")
        self.must_be_with(by)
        declined = self.provider_id
        if declined is None:
            raise NoRelationship("no provider is chosen")
        self._go("decline" if self.served_from is None else "decline_again", now)
        self.decline_reason = reason
        self.leave_provider()
        return declined

    def leave_provider(self) -> None:
        """Nobody is chosen any more."""
        self.provider_id = self.unit_id = self.contract_id = None
        self.agreed_price = self.county_share = self.client_share = None
        self.contract_version = 0
        self.accept_due = self.chosen_on = None

    def redeem(self, *, units: int, price: int, now: datetime) -> Shares:
        """VOUCHER-7, and VOUCHER-14 in CLOSING: take units at the agreed price; refuses beyond units or value
        (INV-06)."""
        target = self.require(self.claim_command)
        if units > self.units_left:
            raise UnitsExceeded("the voucher has fewer units left")
        parts = self.split(price=price, units=units)
        if self.used_cents + parts.county > self.max_value:
            raise ValueExceeded("the voucher has less value left")
        self.state = target
        self.updated_at = now
        self.units_redeemed += units
        self.redeemed_cents += parts.county
        return parts

    def split(self, *, price: int, units: int) -> Shares:
        """Who pays what of units at this price: as agreed at the choice, any other price by the rule of the regime."""
        if self.county_share is not None and price == self.agreed_price:
            return agreed_shares(price=price, county_share=self.county_share, units=units)
        return shares(self.regime, price=price, value=self.unit_value, units=units)

    @property
    def claim_command(self) -> str:
        """What a claim is in this state: `redeem`, or `claim` while it is closing."""
        return "claim" if self.state is State.CLOSING else "redeem"

    def complete(self, *, now: datetime) -> bool:
        """VOUCHER-8: once every unit is redeemed the voucher closes; tells whether it did."""
        if self.units_left or self.units_held or self.state is not State.PARTIALLY_REDEEMED:
            return False
        self._go("complete", now)
        return True

    def expire(self, *, now: datetime, today: date) -> None:
        """VOUCHER-11: its time ran out before anything was redeemed."""
        self._after_validity(today)
        self._go("expire", now)

    def end_of_validity(self, *, now: datetime, today: date) -> None:
        """VOUCHER-12: its last day is over; only claims are taken now."""
        self._after_validity(today)
        self._go("end_of_validity", now)

    def revoke(self, *, reason: RevokeReason, cut_off: date, claimable: bool, now: datetime) -> None:
        """VOUCHER-13: the county takes it back; `claimable` tells whether recorded services up to `cut_off` may be
        claimed."""
        with_claims = claimable or self.units_redeemed > 0 or self.units_held > 0
        window = self.claim_until - self.last_service_day
        unaccepted = self.state is State.RESERVED
        self._go("revoke_with_claims" if with_claims else "revoke", now)
        if unaccepted and with_claims:
            self.leave_provider()
        self.revoke_reason = reason
        self.cut_off = cut_off
        self.claim_until = self.last_service_day + window
        self.accept_due = None

    def finish(self, *, anything_settled: bool, now: datetime) -> None:
        """VOUCHER-15: every claim is settled or rejected and none can follow."""
        if anything_settled:
            self._go("finish_settled", now)
        else:
            self._go("finish_revoked" if self.revoke_reason else "finish_expired", now)

    def may_finish(self, *, open_claims: bool, today: date) -> bool:
        """Whether VOUCHER-15 is due: nothing left or the claim window over, and no claim without its end."""
        over = today > self.claim_until or not (self.units_left or self.units_held)
        return self.state is State.CLOSING and over and not open_claims

    def give_back(self, *, units: int, cents: int, now: datetime) -> None:
        """A redemption was reversed: its units and value are free again."""
        self.units_redeemed -= units
        self.redeemed_cents -= cents
        self.updated_at = now

    def must_be_with(self, provider: UUID | None) -> None:
        """Refuse with NoRelationship unless `provider` is the chosen one; None is the county itself."""
        if provider is not None and provider != self.provider_id:
            raise NoRelationship("the voucher is not at this provider")

    def reword(self, content: ContentSpec, *, now: datetime) -> None:
        """S2.18: another wording is another version; once a provider is chosen the content stays as it is."""
        self._go("reword", now)
        self.content_spec = replace(content, version=self.content_spec.version + 1)

    def _after_validity(self, today: date) -> None:
        if today <= self.valid_to:
            raise OutsideValidity("the voucher's last day is not over")

    def require(self, command: str) -> State:
        """Where the command leads; refuses with IllegalTransition where the state has no such command."""
        return after(self.state, command)

    def _go(self, command: str, now: datetime) -> None:
        self.state = self.require(command)
        self.updated_at = now


def claim_end(last_service_day: date, rules: Rules) -> date:
    """The last day on which services up to `last_service_day` may be claimed."""
    return last_service_day + timedelta(days=rules.claim_window_days)
