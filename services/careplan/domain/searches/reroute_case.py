"""The search for another provider of a planned service, or of a voucher without a plan (processes C and E)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.rules import Calendar, Rules
from services.kernel.care import CareUnit
from services.kernel.machine import listed, move


class RerouteState(StrEnum):
    """The states of a case."""

    OPEN = "OPEN"
    GUIDED = "GUIDED"
    CHOSEN = "CHOSEN"
    CONFIRMED = "CONFIRMED"
    COUNTY_TAKES_OVER = "COUNTY_TAKES_OVER"
    STAYS = "STAYS"
    CLOSED = "CLOSED"


class RerouteCause(StrEnum):
    """Why another provider, or another arrangement, is sought."""

    CONTRACT = "CONTRACT"
    PROVIDER_QUIT = "PROVIDER_QUIT"
    CLIENT_CHANGE = "CLIENT_CHANGE"
    PLAN_REFUSED = "PLAN_REFUSED"
    VOUCHER_REFUSED = "VOUCHER_REFUSED"
    DECLINED = "DECLINED"


_S = RerouteState
WAITING = (_S.OPEN, _S.GUIDED)
SEARCHING = (*WAITING, _S.CHOSEN)
RESOLVED = (_S.CONFIRMED, _S.COUNTY_TAKES_OVER, _S.STAYS)
TRANSITIONS: dict[tuple[RerouteState, str], RerouteState] = {
    **listed("guide", ((_S.OPEN,), _S.GUIDED)),
    # Facts of several services may pass one another: the news of a choice may come before the guidance it rests on.
    **listed("choose", (WAITING, _S.CHOSEN)),
    **listed("lose_choice", ((_S.CHOSEN,), _S.OPEN)),
    **listed("confirm", ((_S.CHOSEN,), _S.CONFIRMED)),
    **listed("stay", (WAITING, _S.STAYS)),
    **listed("take_over", (WAITING, _S.COUNTY_TAKES_OVER)),
    **listed("pass_due", *(((state,), state) for state in SEARCHING)),
    **listed("close", ((*SEARCHING, *RESOLVED), _S.CLOSED)),
}
COMMANDS = tuple(dict.fromkeys(command for _, command in TRANSITIONS))
SUPPORT_AFTER, TAKE_OVER_AFTER = 2, 3
"""Refusals of providers for one service after which support is due, and a take-over is offered (process E)."""


@dataclass(frozen=True)
class Loss:
    """How a provider was lost; `started` is the version of the voucher that announced it."""

    cause: RerouteCause
    provider_id: UUID | None = None
    unit_id: UUID | None = None
    contract_id: UUID | None = None
    cut_off: date | None = None
    started: int | None = None


@dataclass(frozen=True)
class Standing:
    """How it stands with what a case is about, as newest known."""

    provider_id: UUID | None = None
    confirmed: bool = False
    over: bool = False


@dataclass
class RerouteCase:
    """One search; `cut_off` is the first day the old provider no longer serves, until then its days are as planned."""

    id: UUID
    client_id: UUID
    plan_id: UUID | None
    plan_service_id: UUID | None
    voucher_id: UUID | None
    service_code: str
    cause: RerouteCause
    old_provider_id: UUID | None
    old_unit_id: UUID | None
    old_contract_id: UUID | None
    cut_off: date | None
    started: int | None
    opened_on: date
    due: date
    created_at: datetime
    updated_at: datetime
    state: RerouteState = RerouteState.OPEN
    refusals: int = 0
    overdue: bool = False
    new_provider_id: UUID | None = None
    barred_provider_id: UUID | None = None
    handover_until: date | None = None
    version: int = 1
    fact_version: int = 0

    @property
    def searching(self) -> bool:
        """Whether the client is without a provider who has taken the service on."""
        return self.state in SEARCHING

    @property
    def support_due(self) -> bool:
        """Whether the client is to be given support now: at the start, and again after each refusal
        (PROCESS-C5, process E)."""
        return self.state is RerouteState.OPEN and self.cause is not RerouteCause.VOUCHER_REFUSED

    @property
    def take_over_offered(self) -> bool:
        """Whether the county should arrange it itself: no provider will, the client will not, or it took too long."""
        tired = self.refusals >= TAKE_OVER_AFTER or self.cause is RerouteCause.VOUCHER_REFUSED
        return self.state in WAITING and (tired or self.overdue)

    def takes(self, command: str) -> bool:
        """Whether the command is listed for the state and has something left to do."""
        return (self.state, command) in TRANSITIONS and not (command == "pass_due" and self.overdue)

    def require(self, command: str) -> None:
        """Refuse with `IllegalTransition` a command that is not listed for the state."""
        move(TRANSITIONS, self.state, command, noun="search")

    def take(self, command: str, *, provider: UUID | None = None, until: date | None = None, now: datetime) -> None:
        """Move by the table; `provider` is whom the client chose, `until` the day the handover is over."""
        self.state = move(TRANSITIONS, self.state, command, noun="search")
        if command in ("choose", "lose_choice"):
            self.new_provider_id = provider
        if command == "pass_due":
            self.overdue = True
        self.handover_until = until or self.handover_until
        self.version, self.updated_at = self.version + 1, now

    def learn(self, loss: Loss, now: datetime) -> None:
        """Another loss meanwhile: the next provider refused the plan, or the voucher announces the first one late.

        A provider that refused stays off the service until the voucher that still names it announces its leaving
        (process E).
        """
        if loss.cause is RerouteCause.PLAN_REFUSED:
            self.barred_provider_id = loss.provider_id
        elif loss.provider_id == self.barred_provider_id:
            self.barred_provider_id = None
        if self.started is None and loss.started is not None:
            self.started, self.cut_off = loss.started, loss.cut_off
        self.version, self.updated_at = self.version + 1, now

    def count_refusals(self, refusals: int, now: datetime) -> None:
        """So many providers would not take the service on (process E)."""
        if refusals != self.refusals:
            self.refusals = refusals
            self.version, self.updated_at = self.version + 1, now

    def next_step(self, standing: Standing) -> str | None:
        """What brings the case in line with how it stands; nothing when it is.

        It depends on that alone, not on the facts that led to it, so facts may be missed, repeated or late.
        """
        if not self.searching:
            return None
        if standing.over:
            return "close"
        if self.state is RerouteState.CHOSEN:
            if standing.provider_id != self.new_provider_id:
                return "lose_choice"
            return "confirm" if standing.confirmed else None
        if standing.provider_id is None:
            return None
        return "stay" if standing.provider_id == self.old_provider_id else "choose"


def due_day(opened: date, unit: CareUnit | None, calendar: Calendar, rules: Rules) -> date:
    """By when the client has to have another provider; care counted in days goes on around the clock (PROCESS-C5)."""
    round_the_clock = unit is CareUnit.DAY
    weekdays = rules.reroute_due_24h_weekdays if round_the_clock else rules.reroute_due_weekdays
    return calendar.nth_weekday_after(opened, weekdays)


def handover_end(resolved: date, days: int) -> date:
    """Until when the old provider helps the new one, as its contract says (HANDOVER)."""
    return resolved + timedelta(days=days)
