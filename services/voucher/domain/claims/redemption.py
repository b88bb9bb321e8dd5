"""A provider's claim on a voucher: its states, and the automatic checks it passes or fails
(REDEMPTION-1, PROCESS-A13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.machine import move


class RedemptionState(StrEnum):
    """Where a claim is."""

    RECORDED = "RECORDED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    SETTLED = "SETTLED"
    REVERSED = "REVERSED"


UNSETTLED = frozenset({RedemptionState.RECORDED, RedemptionState.ACCEPTED})
NOT_COUNTED = frozenset({RedemptionState.REJECTED, RedemptionState.REVERSED})

REDEMPTION_TRANSITIONS: Mapping[tuple[RedemptionState, str], RedemptionState] = {
    (RedemptionState.RECORDED, "accept"): RedemptionState.ACCEPTED,
    (RedemptionState.RECORDED, "reject"): RedemptionState.REJECTED,
    (RedemptionState.ACCEPTED, "reject"): RedemptionState.REJECTED,
    (RedemptionState.ACCEPTED, "settle"): RedemptionState.SETTLED,
    (RedemptionState.SETTLED, "reverse"): RedemptionState.REVERSED,
}
"""What was accepted is rejected after all when news of an earlier day tells that the service was not to be paid."""

REDEMPTION_COMMANDS = tuple(dict.fromkeys(command for _, command in REDEMPTION_TRANSITIONS))


class RejectCode(StrEnum):
    """Why a claim is rejected (PROCESS-A13)."""

    EXPIRED = "EXPIRED"
    NO_CONTRACT = "NO_CONTRACT"
    OVER_VALUE = "OVER_VALUE"
    OVER_UNITS = "OVER_UNITS"
    WRONG_SERVICE = "WRONG_SERVICE"
    DUPLICATE = "DUPLICATE"
    NO_DELIVERY = "NO_DELIVERY"
    PRICE = "PRICE"
    LATE_CLAIM = "LATE_CLAIM"
    PLAN_LINE_SUPERSEDED = "PLAN_LINE_SUPERSEDED"
    CLIENT_ABSENT = "CLIENT_ABSENT"


@dataclass(eq=False)
class Redemption:
    """A claim; amounts in cents. `client_pays` is the voucher's: whether the client may owe a part (INV-12)."""

    id: UUID
    county_scheme: str
    county_code: str
    voucher_id: UUID
    client_id: UUID
    provider_id: UUID
    service_code: str
    delivery_id: UUID
    service_date: date
    units: int
    unit_price: int
    county_share: int
    client_share: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: RedemptionState = RedemptionState.RECORDED
    reject_code: RejectCode | None = None
    contract_id: UUID | None = None
    settlement_id: UUID | None = None
    client_pays: bool = False
    version: int = 1

    def accept(self, *, now: datetime) -> None:
        """It passed the automatic checks."""
        self._go("accept", now)

    def reject(self, code: RejectCode, *, now: datetime) -> None:
        """It failed one of them, or later news contradicts it."""
        self._go("reject", now)
        self.reject_code = code

    def settle(self, *, now: datetime) -> None:
        """The batch that holds it is paid."""
        self._go("settle", now)

    def reverse(self, *, now: datetime) -> None:
        """It was paid in error."""
        self._go("reverse", now)

    def require(self, command: str) -> RedemptionState:
        """Where the command leads; refuses with IllegalTransition where the state has no such command."""
        return redemption_after(self.state, command)

    def _go(self, command: str, now: datetime) -> None:
        self.state = self.require(command)
        self.updated_at = now


def redemption_after(state: RedemptionState, command: str) -> RedemptionState:
    """The state the command leads to; refuses with IllegalTransition where it is not possible."""
    return move(REDEMPTION_TRANSITIONS, state, command, noun="a redemption")
