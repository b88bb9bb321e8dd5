"""Every pair of state and command, on the table and on the voucher's own methods."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import uuid4

import pytest

from services.chassis.weekdays import FINLAND
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.changes.amendment import Change, amend
from services.voucher.domain.claims.rerouting import Leaving, RerouteCause, claim_held, reroute
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.reasons import DeclineReason, RevokeReason
from services.voucher.domain.vouchers.states import COMMANDS, TRANSITIONS, State, after
from services.voucher.domain.vouchers.voucher import Voucher
from tests.builders.voucher.vouchers import FIRST, LAST, NOW, PROVIDER, TODAY, offer, reroute_of, voucher

pytestmark = pytest.mark.unit

LATER = date(2025, 4, 1)
PAIRS = [(state, command) for state in State for command in COMMANDS]


def again(one: Voucher) -> Voucher:
    """The same voucher, as one that left a provider with a unit redeemed and another held."""
    one.units_redeemed, one.units_held, one.held_cents, one.served_from = 1, 1, 82_00, TODAY
    return one


def leave(one: Voucher) -> object:
    """VOUCHER-9 as of today with nothing held."""
    return reroute(
        one,
        Leaving(uuid4(), RerouteCause.CLIENT_CHANGE, TODAY, "official", NOW),
        held=0,
        rules=Rules(),
        calendar=FINLAND,
        today=TODAY,
    )


ACTS: Mapping[str, Callable[[Voucher], object]] = {
    "issue": lambda one: one.issue(urgent_reason="", now=NOW, today=TODAY),
    "reword": lambda one: one.reword(ContentSpec(), now=NOW),
    "refuse": lambda one: one.refuse(now=NOW),
    "choose": lambda one: one.choose(offer(), rules=Rules(), calendar=FINLAND, now=NOW, today=TODAY),
    "accept": lambda one: one.accept(by=PROVIDER, content_version=1, now=NOW, today=TODAY),
    "accept_again": lambda one: one.accept(by=PROVIDER, content_version=1, now=NOW, today=TODAY),
    "decline": lambda one: one.decline(by=PROVIDER, reason=DeclineReason.CAPACITY, now=NOW),
    "decline_again": lambda one: one.decline(by=PROVIDER, reason=DeclineReason.CAPACITY, now=NOW),
    "reroute": lambda one: leave(one),
    "claim_held": lambda one: claim_held(one, reroute_of(one), units=1, now=NOW),
    "redeem": lambda one: one.redeem(units=1, price=82_00, now=NOW),
    "expire": lambda one: one.expire(now=NOW, today=LATER),
    "end_of_validity": lambda one: one.end_of_validity(now=NOW, today=LATER),
    "revoke": lambda one: one.revoke(reason=RevokeReason.NEED_ENDED, cut_off=TODAY, claimable=False, now=NOW),
    "revoke_with_claims": lambda one: one.revoke(
        reason=RevokeReason.NEED_ENDED, cut_off=TODAY, claimable=True, now=NOW
    ),
    "claim": lambda one: one.redeem(units=1, price=82_00, now=NOW),
    "finish_settled": lambda one: one.finish(anything_settled=True, now=NOW),
    "finish_expired": lambda one: one.finish(anything_settled=False, now=NOW),
    "extend": lambda one: amend(one, Change(16, FIRST, LAST), command="extend", now=NOW),
    "amend": lambda one: amend(one, Change(16, FIRST, LAST), command="amend", now=NOW),
}
AGAIN = {"accept_again", "decline_again", "claim_held"}


@pytest.mark.parametrize(("state", "command"), PAIRS)
def test_every_pair_of_state_and_command_REFUSAL_1(state: State, command: str) -> None:
    if (state, command) in TRANSITIONS:
        assert after(state, command) is TRANSITIONS[state, command]
    else:
        with pytest.raises(IllegalTransition):
            after(state, command)


# A claim is `redeem` before CLOSING and `claim` in it: one method, told apart by the state.
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", [command for command in ACTS if command not in {"redeem", "claim"}])
def test_every_method_goes_where_the_table_says_or_changes_nothing_REFUSAL_1(state: State, command: str) -> None:
    one = again(voucher(state)) if command in AGAIN else voucher(state)
    if (state, command) in TRANSITIONS:
        ACTS[command](one)
        assert one.state is TRANSITIONS[state, command]
        return
    before = dict(vars(one))
    with pytest.raises(IllegalTransition):
        ACTS[command](one)
    assert vars(one) == before


@pytest.mark.parametrize("state", State)
def test_a_claim_is_taken_in_three_states_only_VOUCHER_7_VOUCHER_14(state: State) -> None:
    one = voucher(state)
    takers = {
        State.ACTIVE: State.PARTIALLY_REDEEMED,
        State.PARTIALLY_REDEEMED: State.PARTIALLY_REDEEMED,
        State.CLOSING: State.CLOSING,
    }
    if state in takers:
        ACTS["redeem"](one)
        assert one.state is takers[state]
        return
    with pytest.raises(IllegalTransition):
        ACTS["redeem"](one)
    assert one.units_redeemed == 0


def test_the_last_unit_closes_and_no_other_does_VOUCHER_8() -> None:
    one = voucher(State.ACTIVE)
    one.redeem(units=14, price=82_00, now=NOW)
    assert not one.complete(now=NOW)
    one.redeem(units=1, price=82_00, now=NOW)
    assert one.complete(now=NOW)
    assert one.state is State.CLOSING
    assert not one.complete(now=NOW)


def test_a_revoked_voucher_without_settlement_ends_revoked_VOUCHER_15() -> None:
    one = voucher(State.CLOSING, revoke_reason=RevokeReason.DECEASED)
    one.finish(anything_settled=False, now=NOW)
    assert one.state is State.REVOKED
