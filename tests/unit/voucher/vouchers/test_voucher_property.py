"""Whatever is done to a voucher in whatever order, its sums keep to what was granted (INV-06, INV-12)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.chassis.weekdays import FINLAND
from services.kernel.refusal import Refusal
from services.voucher.domain.claims.rerouting import Leaving, Reroute, RerouteCause, claim_held, free, reroute
from services.voucher.domain.money import Regime, price_fits, shares
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import DeclineReason, RevokeReason
from services.voucher.domain.vouchers.states import ENDED, State
from tests.builders.voucher.vouchers import NOW, PROVIDER, TODAY, offer, voucher

pytestmark = pytest.mark.unit


class AnyLife(RuleBasedStateMachine):
    """Random commands; a refused one must leave the voucher as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY
        self.one = voucher(regime=Regime.ASIAKASSETELI)
        self.paid = 0
        self.left: list[Reroute] = []
        self.ended: State | None = None

    @initialize(state=st.sampled_from([State.DRAFT, State.ISSUED, State.ACTIVE]))
    def begins(self, state: State) -> None:
        self.one = voucher(state)

    def _try(self, act: object) -> bool:
        before = dict(vars(self.one))
        try:
            act()  # type: ignore[operator]
        except Refusal:
            assert vars(self.one) == before
            return False
        return True

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule()
    def issue(self) -> None:
        self._try(lambda: self.one.issue(urgent_reason="", now=NOW, today=self.today))

    @rule(price=st.integers(1_00, 90_00))
    def choose(self, price: int) -> None:
        one = self.one
        if price_fits(one.regime, price=price, value=one.unit_value, fee_rule=one.fee_rule):
            parts = shares(one.regime, price=price, value=one.unit_value, units=1)
            made = replace(offer(), unit_price=price, county_share=parts.county, client_share=parts.client)
            self._try(lambda: one.choose(made, rules=Rules(), calendar=FINLAND, now=NOW, today=self.today))

    @rule()
    def accept(self) -> None:
        self._try(lambda: self.one.accept(by=PROVIDER, content_version=1, now=NOW, today=self.today))

    @rule()
    def decline(self) -> None:
        self._try(lambda: self.one.decline(by=PROVIDER, reason=DeclineReason.CAPACITY, now=NOW))

    @rule(units=st.integers(1, 9))
    def redeem(self, units: int) -> None:
        price = self.one.agreed_price or 0
        if self._try(lambda: self.one.redeem(units=units, price=price, now=NOW)):
            self.paid += units * price
            self.one.complete(now=NOW)

    @rule(cut_off=st.dates(date(2025, 2, 1), date(2025, 5, 1)), held=st.integers(0, 9))
    def leave(self, cut_off: date, held: int) -> None:
        left: list[Reroute] = []
        within = min(held, self.one.units_left)
        changed = lambda: left.append(  # noqa: E731
            reroute(
                self.one,
                Leaving(uuid4(), RerouteCause.CLIENT_CHANGE, cut_off, "official", NOW),
                held=within,
                rules=Rules(),
                calendar=FINLAND,
                today=self.today,
            )
        )
        self._try(changed)
        self.left += left

    @precondition(lambda self: self.left)
    @rule(data=st.data(), units=st.integers(1, 5))
    def claim_held(self, data: st.DataObject, units: int) -> None:
        left = data.draw(st.sampled_from(self.left))
        if self._try(lambda: claim_held(self.one, left, units=units, now=NOW)):
            self.paid += units * left.county_share
            self.one.complete(now=NOW)

    @precondition(lambda self: self.left and self.one.state not in {State.CLOSING, *ENDED})
    @rule(data=st.data())
    def free(self, data: st.DataObject) -> None:
        left = data.draw(st.sampled_from(self.left))
        free(self.one, left, units=left.units_open, now=NOW)

    @rule(cut_off=st.dates(date(2025, 2, 1), date(2025, 5, 1)), claimable=st.booleans())
    def revoke(self, cut_off: date, claimable: bool) -> None:
        reason = RevokeReason.NEED_ENDED
        self._try(lambda: self.one.revoke(reason=reason, cut_off=cut_off, claimable=claimable, now=NOW))

    @rule()
    def end(self) -> None:
        self._try(lambda: self.one.end_of_validity(now=NOW, today=self.today))
        self._try(lambda: self.one.expire(now=NOW, today=self.today))

    @rule(settled=st.booleans())
    def finish(self, settled: bool) -> None:
        if self.one.may_finish(open_claims=False, today=self.today):
            self.one.finish(anything_settled=settled, now=NOW)

    @invariant()
    def keeps_inv_06(self) -> None:
        one = self.one
        assert 0 <= one.units_redeemed <= one.units_redeemed + one.units_held <= one.units_granted
        assert 0 <= one.redeemed_cents <= one.used_cents <= one.max_value
        assert one.used_cents + (one.county_share or 0) * one.units_left <= one.max_value
        assert one.units_held == sum(left.units_open for left in self.left)
        assert one.held_cents == sum(left.units_open * left.county_share for left in self.left)
        assert one.redeemed_cents == self.paid

    @invariant()
    def has_a_provider_exactly_while_it_must(self) -> None:
        if self.one.state in {State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED}:
            assert self.one.provider_id == PROVIDER
            assert self.one.county_share is not None
        if self.one.state in {State.DRAFT, State.ISSUED, State.REFUSED, State.REROUTING}:
            assert self.one.provider_id is None

    @invariant()
    def never_leaves_an_end(self) -> None:
        assert self.ended is None or self.one.state is self.ended
        if self.one.state in ENDED:
            self.ended = self.one.state


AnyLife.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestINV06AnyLife = AnyLife.TestCase
