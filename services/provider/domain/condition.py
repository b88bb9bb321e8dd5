"""The county's conditions in versions, the clauses contracts inherit from them, and the evidence on them."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.machine import move
from services.kernel.refusal import InvalidValue
from services.provider.domain.refusals import ConditionNotMet


class ConditionKind(StrEnum):
    """Whose condition it is."""

    STATUTORY = "STATUTORY"
    COUNTY = "COUNTY"
    QUALITY = "QUALITY"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a provider must meet; `renewal_months` 0: never renewed; with a `metric`, `threshold` of it or more."""

    code: str
    text: str
    kind: ConditionKind
    mandatory: bool
    evidence_kind: str = ""
    renewal_months: int = 0
    metric: str = ""
    threshold: int = 0

    def check_measured(self, finding: "Finding") -> None:
        """Refuse a finding that is met without what was measured, or with less than the threshold (S1.05c)."""
        if finding.measured is not None and not self.metric:
            raise InvalidValue("measured", "the condition has no metric")
        if self.metric and finding.state is EvidenceState.MET and (finding.measured or 0) < self.threshold:
            raise InvalidValue("measured", f"the condition is met from {self.threshold} of {self.metric} on")


@dataclass(frozen=True)
class Clause:
    """A cooperation clause with its parameters (CLAUSE-2)."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)


class ConditionSetState(StrEnum):
    """The states of a version of conditions."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"


CONDITION_SET_TRANSITIONS: dict[tuple[ConditionSetState, str], ConditionSetState] = {
    (ConditionSetState.DRAFT, "publish"): ConditionSetState.PUBLISHED,
    (ConditionSetState.PUBLISHED, "supersede"): ConditionSetState.SUPERSEDED,
}


@dataclass(eq=False, kw_only=True)
class ConditionSet:
    """One version of the conditions of a scope: a provider role or a service code."""

    id: UUID
    county_scheme: str
    county_code: str
    scope: str
    number: int
    conditions: tuple[Condition, ...]
    clauses: tuple[Clause, ...]
    valid_from: date
    state: ConditionSetState
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime

    def publish(self, *, now: datetime) -> None:
        """DRAFT becomes PUBLISHED; what was published before it is superseded by the caller."""
        self._move("publish", now)

    def supersede(self, *, now: datetime) -> None:
        """A later version was published; contracts under this one keep it."""
        self._move("supersede", now)

    def _move(self, command: str, now: datetime) -> None:
        self.state = move(CONDITION_SET_TRANSITIONS, self.state, command, noun="a version of conditions")
        self.version += 1
        self.updated_at = now


class EvidenceState(StrEnum):
    """Whether a condition is met; EXPIRED is never stored, it is what MET becomes after its last day."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the county found of a condition; `valid_to` inclusive, None: without end."""

    condition_code: str
    state: EvidenceState
    valid_to: date | None = None
    document_ref: str = ""
    measured: int | None = None

    def renewed_after(self, months: int, *, day: date) -> "Finding":
        """With a last day, when none is given: a condition met on `day` is renewed after so many months; 0: never."""
        if self.state is not EvidenceState.MET or self.valid_to is not None or not months:
            return self
        place = day.month - 1 + months
        year, month = day.year + place // 12, place % 12 + 1
        return replace(self, valid_to=date(year, month, min(day.day, monthrange(year, month)[1])))


@dataclass(eq=False, kw_only=True)
class Evidence:
    """What the county found about one provider and one condition."""

    id: UUID
    county_scheme: str
    county_code: str
    provider_id: UUID
    condition_code: str
    state: EvidenceState
    valid_to: date | None
    document_ref: str
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    expiring_announced: date | None = None
    expired_announced: date | None = None
    measured: int | None = None

    def state_on(self, day: date) -> EvidenceState:
        """The finding as it stands on `day`; `valid_to` is inclusive."""
        if self.state is EvidenceState.MET and self.valid_to is not None and self.valid_to < day:
            return EvidenceState.EXPIRED
        return self.state

    def tell_expiring(self, *, now: datetime) -> None:
        """Its end on the last day was announced (CONTRACT-11)."""
        self.expiring_announced = self.valid_to
        self.version += 1
        self.updated_at = now

    def tell_expired(self, *, now: datetime) -> None:
        """That it ran out was announced (CONTRACT-11)."""
        self.expired_announced = self.valid_to
        self.version += 1
        self.updated_at = now

    def record(self, finding: Finding, *, now: datetime) -> None:
        """Replace the finding."""
        self.state, self.valid_to, self.document_ref = finding.state, finding.valid_to, finding.document_ref
        self.measured = finding.measured
        self.version += 1
        self.updated_at = now


def check_met(conditions: Iterable[Condition], evidence: Mapping[str, Evidence], *, day: date) -> None:
    """Refuse with ConditionNotMet unless each condition has MET evidence that holds on `day` (S1.05c)."""
    for condition in conditions:
        found = evidence.get(condition.code)
        state = found.state_on(day) if found else EvidenceState.NOT_MET
        if state is not EvidenceState.MET:
            raise ConditionNotMet(f"the condition {condition.code} is {state}")


def inherited(of_set: Iterable[Clause], own: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses in force: those of the conditions, with a contract's own added or in their place (S2.28)."""
    merged = {clause.code: clause for clause in of_set} | {clause.code: clause for clause in own}
    return tuple(merged[code] for code in sorted(merged))


def check_once(codes: Iterable[str], *, field: str) -> None:
    """Refuse with InvalidValue a code that stands twice."""
    seen: set[str] = set()
    for code in codes:
        if not code:
            raise InvalidValue(field, "a code must not be empty")
        if code in seen:
            raise InvalidValue(field, f"{code} stands twice")
        seen.add(code)
