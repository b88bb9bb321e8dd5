"""What counts against the provider of a contract, and the sanction that is proposed when it is too much
(SANCTION-4)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.provider.domain.rules import Rules
from services.provider.domain.sanction import LADDER, Ground, Measure, SanctionKind
from services.provider.domain.terms import ContractKind

REASONS_ALLOWED = frozenset({"CAPACITY", "CLIENT_SAFETY", "STAFF_COMPETENCE", "CONFLICT"})
"""For which a voucher or purchase provider may refuse a plan (PROCESS-E3)."""

WORDS = {
    Ground.UNJUSTIFIED_DEVIATION: "deviations from plans without a good reason",
    Ground.OVERDUE_ACKNOWLEDGEMENT: "acknowledgements of plans that did not come in time",
    Ground.REFUSAL_NOT_ALLOWED: "refusals of plans for a reason that is not allowed",
    Ground.FALSE_REDEMPTION: "redemptions found false",
}


@dataclass(frozen=True)
class Subject:
    """What counts, once: a deviation, a redemption, or a plan in one version (0.0 for what is no plan)."""

    id: UUID
    major: int = 0
    minor: int = 0


@dataclass(eq=False, kw_only=True)
class Breach:
    """One row of a contract's ledger: never changed; `number` counts within the contract and the ground, from 1."""

    id: UUID
    county_scheme: str
    county_code: str
    contract_id: UUID
    provider_id: UUID
    ground: Ground
    number: int
    subject_id: UUID
    major: int
    minor: int
    noted_on: date
    created_at: datetime


def refusal_counts(kind: ContractKind, reason_code: str) -> bool:
    """Whether a refused plan counts: a direct-choice provider may not refuse at all, the others not for any reason."""
    return kind is ContractKind.DIRECT_CHOICE or reason_code not in REASONS_ALLOWED


def first_day_counted(day: date, rules: Rules) -> date:
    """The first day of the period that ends on `day` in which breaches are counted together."""
    return day - timedelta(days=rules.breach_window_days - 1)


def enough(ground: Ground, counted: int, rules: Rules) -> bool:
    """Whether so many breaches in the period are cause for a proposal; a refusal or a false claim is by itself."""
    needed = {Ground.UNJUSTIFIED_DEVIATION: rules.deviations, Ground.OVERDUE_ACKNOWLEDGEMENT: rules.overdue}
    return counted >= needed.get(ground, 1)


def measure_for(ground: Ground, counted: int, *, last_imposed: SanctionKind | None, day: date, rules: Rules) -> Measure:
    """What is proposed: the step of the ladder that follows the last one imposed; a person imposes it or does not."""
    kind = _step_after(last_imposed, rules)
    limited = kind in {SanctionKind.CORRECTIVE_ORDER, SanctionKind.PAYMENT_REDUCTION}
    return Measure(
        kind=kind,
        grounds=f"{WORDS[ground]}: {counted} in {rules.breach_window_days} days",
        reduction_percent=rules.largest_reduction if kind is SanctionKind.PAYMENT_REDUCTION else 0,
        until=day + timedelta(days=rules.breach_window_days) if limited else None,
    )


def _step_after(last: SanctionKind | None, rules: Rules) -> SanctionKind:
    """A county that reduces no payments has a ladder without that step; the last step has none after it."""
    steps = [step for step in LADDER if rules.largest_reduction or step is not SanctionKind.PAYMENT_REDUCTION]
    higher = [step for step in steps if last is None or LADDER.index(step) > LADDER.index(last)]
    return higher[0] if higher else LADDER[-1]
