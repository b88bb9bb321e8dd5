"""The states of a voucher and what leads from one to the next."""

from collections.abc import Mapping
from enum import StrEnum

from services.kernel.machine import move


class State(StrEnum):
    """Where a voucher is in its life."""

    DRAFT = "DRAFT"
    ISSUED = "ISSUED"
    RESERVED = "RESERVED"
    ACTIVE = "ACTIVE"
    PARTIALLY_REDEEMED = "PARTIALLY_REDEEMED"
    REROUTING = "REROUTING"
    CLOSING = "CLOSING"
    SETTLED = "SETTLED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    REFUSED = "REFUSED"


ENDED = frozenset({State.SETTLED, State.EXPIRED, State.REVOKED, State.REFUSED})
OPEN = frozenset(State) - ENDED
LIVE = OPEN - {State.DRAFT, State.CLOSING}
"""States in which a voucher is given and not yet ending: it can be revoked, extended and amended."""
OVERLAPPING = OPEN - {State.CLOSING}
"""States in which a voucher occupies its period: another one of the same client and service may not overlap."""
WITH_PROVIDER = frozenset({State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED})
"""States in which a voucher takes a place at its provider (INV-05)."""

TRANSITIONS: Mapping[tuple[State, str], State] = {
    (State.DRAFT, "issue"): State.ISSUED,
    (State.DRAFT, "reword"): State.DRAFT,
    (State.ISSUED, "reword"): State.ISSUED,
    (State.ISSUED, "refuse"): State.REFUSED,
    (State.ISSUED, "choose"): State.RESERVED,
    (State.REROUTING, "choose"): State.RESERVED,
    (State.RESERVED, "accept"): State.ACTIVE,
    (State.RESERVED, "accept_again"): State.PARTIALLY_REDEEMED,
    (State.RESERVED, "decline"): State.ISSUED,
    (State.RESERVED, "decline_again"): State.REROUTING,
    **{(state, "reroute"): State.REROUTING for state in (State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED)},
    (State.ACTIVE, "redeem"): State.PARTIALLY_REDEEMED,
    (State.PARTIALLY_REDEEMED, "redeem"): State.PARTIALLY_REDEEMED,
    (State.PARTIALLY_REDEEMED, "complete"): State.CLOSING,
    (State.ISSUED, "expire"): State.EXPIRED,
    (State.RESERVED, "expire"): State.EXPIRED,
    (State.ACTIVE, "end_of_validity"): State.CLOSING,
    (State.PARTIALLY_REDEEMED, "end_of_validity"): State.CLOSING,
    (State.REROUTING, "end_of_validity"): State.CLOSING,
    **{
        (state, "revoke"): State.REVOKED
        for state in (State.ISSUED, State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED, State.REROUTING)
    },
    **{
        (state, "revoke_with_claims"): State.CLOSING
        for state in (State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED, State.REROUTING)
    },
    **{(state, command): state for command in ("extend", "amend") for state in State if state in LIVE},
    **{
        (state, "claim_held"): state
        for state in (State.REROUTING, State.RESERVED, State.ACTIVE, State.PARTIALLY_REDEEMED, State.CLOSING)
    },
    (State.CLOSING, "claim"): State.CLOSING,
    (State.CLOSING, "finish_settled"): State.SETTLED,
    (State.CLOSING, "finish_expired"): State.EXPIRED,
    (State.CLOSING, "finish_revoked"): State.REVOKED,
}
"""(state, command) -> state; whatever is not listed is refused. Rows VOUCHER-1 to VOUCHER-9 and VOUCHER-11 to
VOUCHER-16.

`accept_again` and `decline_again` are VOUCHER-5 and VOUCHER-6 of a voucher that was with another provider before;
VOUCHER-10 is `choose` followed by one of the two ways to accept. `claim_held` is VOUCHER-17: the former provider's
claim moves nothing; nor does `reword`, another version of the content (S2.18). `extend` is VOUCHER-16; `amend` is
what a new version of the plan or a changed decision does to the terms (PLANBOUND-1)."""

COMMANDS = tuple(dict.fromkeys(command for _, command in TRANSITIONS))


def after(state: State, command: str) -> State:
    """The state the command leads to; refuses with IllegalTransition where it is not possible."""
    return move(TRANSITIONS, state, command, noun="a voucher")
