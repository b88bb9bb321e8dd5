"""A contract and its states."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.kernel.machine import move
from services.kernel.refusal import InvalidValue
from services.provider.domain.catalogue import CatalogueEntry
from services.provider.domain.condition import Clause, ConditionSet, Evidence, check_met
from services.provider.domain.contract_lifecycle import LineChange, Party, Suspension, TerminationCause, changed_lines
from services.provider.domain.contract_refusals import (
    ChangeAgreed,
    ClauseMissing,
    ConditionsMismatch,
    LineChangeMismatch,
    NoticeNotPassed,
    NoticeRunning,
    NoticeTooShort,
    OutsideValidity,
)
from services.provider.domain.provider import Provider, ProviderState
from services.provider.domain.refusals import ProviderMismatch, ProviderNotApproved
from services.provider.domain.terms import ContractKind, ContractTerms, check_line, check_price


class ContractState(StrEnum):
    """The states of a contract."""

    DRAFT = "DRAFT"
    CONDITIONS_ACCEPTED = "CONDITIONS_ACCEPTED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


TRANSITIONS: dict[tuple[ContractState, str], ContractState] = {
    (ContractState.DRAFT, "accept_conditions"): ContractState.CONDITIONS_ACCEPTED,
    (ContractState.CONDITIONS_ACCEPTED, "activate"): ContractState.ACTIVE,
    (ContractState.DRAFT, "withdraw"): ContractState.WITHDRAWN,
    (ContractState.CONDITIONS_ACCEPTED, "withdraw"): ContractState.WITHDRAWN,
    (ContractState.ACTIVE, "propose_change"): ContractState.ACTIVE,
    (ContractState.ACTIVE, "agree_change"): ContractState.ACTIVE,
    (ContractState.ACTIVE, "apply_changes"): ContractState.ACTIVE,
    (ContractState.ACTIVE, "suspend"): ContractState.SUSPENDED,
    (ContractState.SUSPENDED, "reinstate"): ContractState.ACTIVE,
    (ContractState.ACTIVE, "give_notice"): ContractState.ACTIVE,
    (ContractState.SUSPENDED, "give_notice"): ContractState.SUSPENDED,
    (ContractState.ACTIVE, "terminate"): ContractState.TERMINATED,
    (ContractState.SUSPENDED, "terminate"): ContractState.TERMINATED,
    (ContractState.ACTIVE, "expire"): ContractState.EXPIRED,
    (ContractState.ACTIVE, "warn_of_end"): ContractState.ACTIVE,
    (ContractState.SUSPENDED, "warn_of_end"): ContractState.SUSPENDED,
}
"""Commands of the county, the provider and the clock (CONTRACT-2 to CONTRACT-11)."""

IN_FORCE = frozenset({ContractState.ACTIVE, ContractState.SUSPENDED})

DIRECT_CHOICE_CLAUSES = ("GUIDANCE_DUTY", "FOLLOW_PLAN", "ACCEPT_ALL")


@dataclass(eq=False, kw_only=True)
class Contract:
    """A contract of the county with a provider, or the assignment of the county enterprise."""

    id: UUID
    county_scheme: str
    county_code: str
    number: str
    provider_id: UUID
    kind: ContractKind
    condition_set_id: UUID
    condition_set_number: int
    terms: ContractTerms
    clauses: tuple[Clause, ...]
    state: ContractState
    termination_effective: date | None
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    suspension: Suspension | None = None
    changes: tuple[LineChange, ...] = ()
    next_change_on: date | None = None
    notice_by: Party | None = None
    termination_cause: TerminationCause | None = None
    end_announced: date | None = None

    @property
    def last_day(self) -> date:
        """The last day it is in force, notice considered; inclusive."""
        return min(self.terms.valid_to, self.termination_effective or self.terms.valid_to)

    @property
    def first_day_without(self) -> date:
        """The first day it is not in force any more."""
        return self.last_day + timedelta(days=1)

    def accept_conditions(
        self, condition_set_id: UUID, number: int, clause_codes: Collection[str], *, by: str, now: datetime
    ) -> None:
        """The provider `by` accepts exactly the version and the clauses of this contract (CONTRACT-2)."""
        if by != str(self.provider_id):
            raise ProviderMismatch("only the provider itself may do or see this")
        after = move(TRANSITIONS, self.state, "accept_conditions", noun="a contract")
        if (condition_set_id, number) != (self.condition_set_id, self.condition_set_number):
            raise ConditionsMismatch("the contract stands under another version of conditions")
        if sorted(clause_codes) != [clause.code for clause in self.clauses]:
            raise ConditionsMismatch("the contract has other clauses than those accepted")
        self._become(after, now)

    def activate(
        self,
        *,
        provider: Provider,
        conditions: ConditionSet,
        evidence: Mapping[str, Evidence],
        catalogue: Mapping[str, CatalogueEntry],
        day: date,
        now: datetime,
    ) -> None:
        """In force from now on, when every guard holds on `day` (CONTRACT-3)."""
        after = move(TRANSITIONS, self.state, "activate", noun="a contract")
        if provider.state is not ProviderState.APPROVED:
            raise ProviderNotApproved("the provider is not approved")
        provider.check_registered()
        if not self.terms.valid_from <= day <= self.terms.valid_to:
            raise OutsideValidity("today is outside the period of the contract")
        check_met((condition for condition in conditions.conditions if condition.mandatory), evidence, day=day)
        self._check_clauses()
        self._check_prices(catalogue)
        self._become(after, now)

    def withdraw(self, *, now: datetime) -> None:
        """Never comes into force (CONTRACT-10)."""
        self._become(move(TRANSITIONS, self.state, "withdraw", noun="a contract"), now)

    def propose_change(
        self, change: LineChange, *, provider: Provider, entry: CatalogueEntry | None, day: date, now: datetime
    ) -> None:
        """The county proposes; it takes the place of an earlier proposal for the same service (CONTRACT-4)."""
        after = move(TRANSITIONS, self.state, "propose_change", noun="a contract")
        if any(earlier.agreed for earlier in self.changes if earlier.service_code == change.service_code):
            raise ChangeAgreed("the provider agreed to a change of this line already")
        if change.effective < day + timedelta(days=self.terms.notice_days):
            raise NoticeTooShort("a change of a line counts after the days of notice at the earliest")
        if change.effective > self.last_day:
            raise OutsideValidity("the contract ends before the change counts")
        if change.line is not None:
            check_line(change.line, kind=self.kind, provider=provider, entry=entry)
            check_price(change.line, entry)
        elif change.service_code not in {line.service_code for line in self.terms.lines}:
            raise InvalidValue("change.service_code", "the contract has no line of this service")
        others = [other for other in self.changes if other.service_code != change.service_code]
        proposed = replace(change, agreed=False)
        replace(self.terms, lines=changed_lines(self.terms.lines, [*others, proposed]))  # refuses wrong or no lines
        self._plan_changes([*others, proposed])
        self._become(after, now)

    def agree_change(self, change: LineChange, *, by: str, day: date, now: datetime) -> None:
        """The provider `by` agrees to exactly what the county proposed (CONTRACT-4)."""
        if by != str(self.provider_id):
            raise ProviderMismatch("only the provider itself may do or see this")
        after = move(TRANSITIONS, self.state, "agree_change", noun="a contract")
        if replace(change, agreed=False) not in self.changes:
            raise LineChangeMismatch("the county has not proposed this change, or it was agreed before")
        if change.effective < day:
            raise OutsideValidity("the change should have counted already")
        agreed = replace(change, agreed=True)
        same = change.service_code
        self._plan_changes([agreed if other.service_code == same else other for other in self.changes])
        self._become(after, now)

    def apply_changes(self, *, day: date, now: datetime) -> tuple[LineChange, ...]:
        """The agreed changes that count on `day` become the contract's lines; gives them (CONTRACT-4)."""
        after = move(TRANSITIONS, self.state, "apply_changes", noun="a contract")
        due = tuple(change for change in self.changes if change.agreed and change.effective <= day)
        self.terms = replace(self.terms, lines=changed_lines(self.terms.lines, due))
        self._plan_changes([change for change in self.changes if change.effective > day])
        self._become(after, now)
        return due

    def suspend(self, suspension: Suspension, *, day: date, now: datetime) -> None:
        """No new clients from the suspension's effective day on, which is `day` at the earliest (CONTRACT-5)."""
        after = move(TRANSITIONS, self.state, "suspend", noun="a contract")
        if suspension.effective < day:
            raise InvalidValue("effective_date", "a suspension does not count backwards")
        if suspension.effective > self.last_day:
            raise OutsideValidity("the contract ends before the suspension counts")
        self.suspension = suspension
        self._become(after, now)

    def reinstate(
        self,
        *,
        provider: Provider,
        conditions: ConditionSet,
        evidence: Mapping[str, Evidence],
        day: date,
        now: datetime,
    ) -> None:
        """In force again, if its provider is registered and its mandatory conditions are met on `day` (CONTRACT-6)."""
        after = move(TRANSITIONS, self.state, "reinstate", noun="a contract")
        if day > self.last_day:
            raise OutsideValidity("the period of the contract is over")
        provider.check_registered()
        check_met((condition for condition in conditions.conditions if condition.mandatory), evidence, day=day)
        self.suspension = None
        self._become(after, now)

    def give_notice(self, party: Party, *, day: date, now: datetime) -> None:
        """The contract ends with its days of notice; `termination_effective` is its last day (CONTRACT-7)."""
        after = move(TRANSITIONS, self.state, "give_notice", noun="a contract")
        if self.termination_effective is not None:
            raise NoticeRunning("notice was given before")
        self.termination_effective = day + timedelta(days=self.terms.notice_days)
        self.notice_by = party
        self._become(after, now)

    def terminate(self, cause: TerminationCause, *, day: date, now: datetime) -> None:
        """After its notice has passed, or with `day` as its last day for a cause (CONTRACT-8)."""
        after = move(TRANSITIONS, self.state, "terminate", noun="a contract")
        if cause is not TerminationCause.NOTICE:
            self.termination_effective = min(day, self.last_day)
        elif self.termination_effective is None or day <= self.termination_effective:
            raise NoticeNotPassed("the days of notice have not passed")
        self.termination_cause = cause
        self._plan_changes([])
        self._become(after, now)

    def expire(self, *, day: date, now: datetime) -> None:
        """Its period is over on `day` (CONTRACT-9)."""
        after = move(TRANSITIONS, self.state, "expire", noun="a contract")
        if day <= self.terms.valid_to:
            raise OutsideValidity("the period of the contract is not over")
        self._plan_changes([])
        self._become(after, now)

    def warn_of_end(self, *, now: datetime) -> None:
        """Its end on the last day was announced (CONTRACT-11)."""
        after = move(TRANSITIONS, self.state, "warn_of_end", noun="a contract")
        self.end_announced = self.last_day
        self._become(after, now)

    def safe_until(self, day: date) -> date | None:
        """The last day of safe continuation when it is suspended on `day`, by the clause SAFE_CONTINUATION's days.

        None without the clause or a number in it: at once.
        """
        safe = (clause.parameters.get("days", "") for clause in self.clauses if clause.code == "SAFE_CONTINUATION")
        days = next(safe, "")
        return day + timedelta(days=int(days)) if days.isdecimal() else None

    def _plan_changes(self, changes: Collection[LineChange]) -> None:
        self.changes = tuple(sorted(changes, key=lambda change: change.service_code))
        self.next_change_on = min((change.effective for change in changes if change.agreed), default=None)

    def _check_clauses(self) -> None:
        present = {clause.code for clause in self.clauses}
        if self.kind is ContractKind.DIRECT_CHOICE:
            for code in DIRECT_CHOICE_CLAUSES:
                if code not in present:
                    raise ClauseMissing(f"a direct-choice contract needs the clause {code}")

    def _check_prices(self, catalogue: Mapping[str, CatalogueEntry]) -> None:
        for line in self.terms.lines:
            check_price(line, catalogue.get(line.service_code))

    def _become(self, state: ContractState, now: datetime) -> None:
        self.state = state
        self.version += 1
        self.updated_at = now
