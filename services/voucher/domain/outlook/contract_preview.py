"""What a change of a contract would do, decided by the very rules that would do it (PREVIEW-1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.kernel.refusal import Refusal
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.spending.commitment import Commitment
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.refusals import NoServiceLine
from services.voucher.domain.vouchers.voucher import Voucher


class ContractNotFound(Refusal):
    """The contract is not known here."""

    reason = "CONTRACT_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "sote.provider.v1.Contract"


class Effect(StrEnum):
    """What the change would mean for a voucher or a commitment."""

    MUST_CHOOSE_ANEW = "MUST_CHOOSE_ANEW"
    OPTION_LOST = "OPTION_LOST"
    OPTION_PRICE = "OPTION_PRICE"
    COMMITMENT_MOVES = "COMMITMENT_MOVES"
    CLAUSE_MISSING = "CLAUSE_MISSING"


MOVES = frozenset({Effect.MUST_CHOOSE_ANEW, Effect.COMMITMENT_MOVES})
"""Effects that come by themselves; the others only where a client chooses so."""


@dataclass(frozen=True)
class Hypothesis:
    """A change of a contract: prices in cents by service, services removed, its last day, clauses dropped."""

    prices: Mapping[str, int] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    end_date: date | None = None
    dropped: frozenset[str] = frozenset()

    def applied(self, contract: ContractCopy) -> ContractCopy:
        """The contract as it would be; refuses with NoServiceLine what it has no line for."""
        services = {line.service_code for line in contract.lines}
        if not services >= {*self.prices, *self.removed}:
            raise NoServiceLine("the contract has no line for the service")
        remaining = [line for line in contract.lines if line.service_code not in self.removed]
        lines = [
            replace(line, unit_price_cents=self.prices.get(line.service_code, line.unit_price_cents))
            for line in remaining
        ]
        ends = contract.termination_effective if self.end_date is None else self.end_date
        return replace(contract, lines=tuple(lines), termination_effective=ends)

    def first_day_unserved(self, service_code: str, today: date) -> date | None:
        """The first day the service would not be served; None when it would be served on."""
        if service_code in self.removed:
            return today
        return None if self.end_date is None else self.end_date + timedelta(days=1)

    def misses(self, *, planned: bool, item: bool) -> bool:
        """Whether a clause would be missing that a service of a plan, or an item of a package, rests on."""
        return (planned and "FOLLOW_PLAN" in self.dropped) or (item and "PACKAGE_LINK" in self.dropped)


@dataclass(frozen=True)
class Impact:
    """What the change would mean for one voucher or commitment; cents."""

    id: UUID
    commitment: bool
    client_id: UUID
    service_code: str
    created_at: datetime
    effect: Effect
    units: int
    other_providers: int
    delta: int


@dataclass(frozen=True)
class LineSums:
    """Sums of one line of the contract; cents."""

    service_code: str
    touched: int
    must_choose: int
    without_other: int
    delta: int


def on_served(
    voucher: Voucher, change: Hypothesis, *, cut_off: date | None, held: int, others: Sequence[Offer]
) -> Impact | None:
    """What the change does to a voucher at the provider: it leaves unless it ends before the cut-off (PROCESS-C2).

    `held` units would stay the provider's own (VOUCHER-9); the rest goes to the cheapest of `others`.
    """
    if cut_off is not None and cut_off <= voucher.valid_to:
        units = voucher.units_left - held
        cheapest = min((offer.county_share for offer in others), default=None)
        delta = 0 if cheapest is None else (cheapest - (voucher.county_share or 0)) * units
        return _on_voucher(voucher, Effect.MUST_CHOOSE_ANEW, units, others, delta)
    if change.misses(planned=voucher.plan_service_id is not None, item=voucher.enrolment_id is not None):
        return _on_voucher(voucher, Effect.CLAUSE_MISSING, voucher.units_left, others, 0)
    return None


def on_waiting(
    voucher: Voucher, *, before: Offer | None, after: Offer | None, others: Sequence[Offer]
) -> Impact | None:
    """What the change does to a voucher that waits for its choice, to which the contract offers something now."""
    if before is None or before == after:
        return None
    if after is None:
        return _on_voucher(voucher, Effect.OPTION_LOST, voucher.units_left, others, 0)
    delta = (after.county_share - before.county_share) * voucher.units_left
    return _on_voucher(voucher, Effect.OPTION_PRICE, voucher.units_left, others, delta) if delta else None


def on_commitment(
    commitment: Commitment, change: Hypothesis, *, cut_off: date | None, prices: Sequence[int]
) -> Impact | None:
    """What the change does to own production or a purchase by the contract; `prices` are those of other providers."""
    units = commitment.units - commitment.units_used
    effect, delta = Effect.CLAUSE_MISSING, 0
    if cut_off is not None and cut_off <= commitment.valid_to:
        effect = Effect.COMMITMENT_MOVES
        delta = (min(prices) - commitment.unit_price) * units if prices else 0
    elif not change.misses(planned=True, item=commitment.enrolment_id is not None):
        return None
    return Impact(
        id=commitment.id,
        commitment=True,
        client_id=commitment.client_id,
        service_code=commitment.service_code,
        created_at=commitment.created_at,
        effect=effect,
        units=units,
        other_providers=len(prices),
        delta=delta,
    )


def sums_of(impacts: Iterable[Impact]) -> list[LineSums]:
    """Sums by line, by service code; money only of what comes by itself."""
    by_service: dict[str, list[Impact]] = {}
    for impact in impacts:
        by_service.setdefault(impact.service_code, []).append(impact)
    return [_sums(service, by_service[service]) for service in sorted(by_service)]


def _sums(service_code: str, impacts: Sequence[Impact]) -> LineSums:
    choosing = [impact for impact in impacts if impact.effect is Effect.MUST_CHOOSE_ANEW]
    return LineSums(
        service_code=service_code,
        touched=len(impacts),
        must_choose=len({impact.client_id for impact in choosing}),
        without_other=len({impact.client_id for impact in choosing if not impact.other_providers}),
        delta=sum(impact.delta for impact in impacts if impact.effect in MOVES),
    )


def _on_voucher(voucher: Voucher, effect: Effect, units: int, others: Sequence[Offer], delta: int) -> Impact:
    return Impact(
        id=voucher.id,
        commitment=False,
        client_id=voucher.client_id,
        service_code=voucher.service_code,
        created_at=voucher.created_at,
        effect=effect,
        units=units,
        other_providers=len(others),
        delta=delta,
    )
