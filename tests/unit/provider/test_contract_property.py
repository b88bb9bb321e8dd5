"""Whatever is done to a contract in whatever order, on whatever days, it keeps what both sides agreed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.kernel.refusal import Refusal
from services.provider.domain.contract import IN_FORCE, Contract, ContractState
from services.provider.domain.contract_lifecycle import LineChange, Party, Suspension, SuspensionCause, TerminationCause
from tests.builders.provider.contracts import LATER, TODAY, conditions, contract, entry, line, provider, terms

CODES = ("SOC-FAM-HOME", "SOC-HOME-CARE", "HLT-PHYSIO")
ENDED = frozenset({ContractState.TERMINATED, ContractState.EXPIRED, ContractState.WITHDRAWN})
DAYS = st.integers(-40, 200)


class AnyContract(RuleBasedStateMachine):
    """Random commands; a refused one must leave the contract as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.day = TODAY
        self.of = provider()
        self.one = contract(of=self.of)
        self.ended: ContractState | None = None
        self.notice_on: date | None = None
        self.for_cause = False

    @initialize(state=st.sampled_from([ContractState.DRAFT, ContractState.ACTIVE]), notice=st.integers(0, 120))
    def begins(self, state: ContractState, notice: int) -> None:
        agreed = replace(
            terms(), valid_from=TODAY - timedelta(days=70), valid_to=TODAY + timedelta(days=600), notice_days=notice
        )
        self.one = contract(state, of=self.of, agreed=agreed)

    def _try(self, command: Callable[[Contract], object]) -> bool:
        before = dict(vars(self.one))
        try:
            command(self.one)
        except Refusal:
            assert vars(self.one) == before
            return False
        assert self.one.version == before["version"] + 1
        return True

    @rule(days=st.integers(1, 90))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule()
    def come_into_force(self) -> None:
        codes = [clause.code for clause in self.one.clauses]
        set_id, number, by = self.one.condition_set_id, self.one.condition_set_number, str(self.one.provider_id)
        self._try(lambda one: one.accept_conditions(set_id, number, codes, by=by, now=LATER))
        catalogue = {code: entry(code) for code in CODES}
        self._try(
            lambda one: one.activate(
                provider=self.of, conditions=conditions(), evidence={}, catalogue=catalogue, day=self.day, now=LATER
            )
        )

    @rule()
    def withdraw(self) -> None:
        self._try(lambda one: one.withdraw(now=LATER))

    @rule(code=st.sampled_from(CODES), days=DAYS, removed=st.booleans(), agreed=st.booleans())
    def change_a_line(self, code: str, days: int, removed: bool, agreed: bool) -> None:
        told = None if removed else line(code, cents=3000)
        change = LineChange(service_code=code, line=told, effective=self.day + timedelta(days=days))
        held = self.one.terms.lines
        proposed = self._try(
            lambda one: one.propose_change(change, provider=self.of, entry=entry(code), day=self.day, now=LATER)
        )
        assert not proposed or change.effective >= self.day + timedelta(days=self.one.terms.notice_days)
        if agreed:
            by = str(self.one.provider_id)
            self._try(lambda one: one.agree_change(change, by=by, day=self.day, now=LATER))
        assert self.one.terms.lines == held, "what is agreed counts on its day, not before"

    @rule()
    def changes_count(self) -> None:
        self._try(lambda one: one.apply_changes(day=self.day, now=LATER))

    @rule(days=DAYS, safe=st.none() | st.integers(0, 60))
    def suspend(self, days: int, safe: int | None) -> None:
        effective = self.day + timedelta(days=days)
        until = None if safe is None else effective + timedelta(days=safe)
        told = Suspension(grounds="x", effective=effective, safe_until=until, cause=SuspensionCause.COUNTY)
        if self._try(lambda one: one.suspend(told, day=self.day, now=LATER)):
            assert self.day <= effective <= self.one.last_day

    @rule()
    def reinstate(self) -> None:
        self._try(
            lambda one: one.reinstate(provider=self.of, conditions=conditions(), evidence={}, day=self.day, now=LATER)
        )

    @rule(party=st.sampled_from(Party))
    def give_notice(self, party: Party) -> None:
        if self._try(lambda one: one.give_notice(party, day=self.day, now=LATER)):
            self.notice_on = self.day

    @rule(cause=st.sampled_from(TerminationCause))
    def terminate(self, cause: TerminationCause) -> None:
        if self._try(lambda one: one.terminate(cause, day=self.day, now=LATER)):
            self.for_cause = cause is not TerminationCause.NOTICE

    @rule()
    def the_clock_looks(self) -> None:
        self._try(lambda one: one.expire(day=self.day, now=LATER))
        self._try(lambda one: one.warn_of_end(now=LATER))

    @invariant()
    def what_ended_stays_ended(self) -> None:
        assert self.ended in {None, self.one.state}
        self.ended = self.one.state if self.one.state in ENDED else None

    @invariant()
    def lines_are_there_and_once(self) -> None:
        codes = [each.service_code for each in self.one.terms.lines]
        assert codes
        assert len(codes) == len(set(codes))

    @invariant()
    def the_clock_knows_the_next_change(self) -> None:
        agreed = [each.effective for each in self.one.changes if each.agreed]
        assert self.one.next_change_on == min(agreed, default=None)
        assert not agreed or self.one.state in IN_FORCE

    @invariant()
    def a_suspension_is_told_while_it_lasts(self) -> None:
        state, told = self.one.state, self.one.suspension
        assert (told is not None) >= (state is ContractState.SUSPENDED)
        assert (told is None) >= (state is ContractState.ACTIVE)

    @invariant()
    def nobody_loses_the_days_of_notice(self) -> None:
        ends = self.one.termination_effective
        if ends is not None and not self.for_cause:
            assert self.notice_on is not None
            assert ends == self.notice_on + timedelta(days=self.one.terms.notice_days)
        if self.one.state is ContractState.TERMINATED:
            assert self.one.termination_cause is not None
            assert self.one.last_day < self.day if not self.for_cause else self.one.last_day <= self.day


TestAnyContract = AnyContract.TestCase
TestAnyContract.settings = settings(max_examples=100, stateful_step_count=30, derandomize=True, deadline=None)
