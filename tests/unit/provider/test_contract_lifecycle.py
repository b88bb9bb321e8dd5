"""The guards of a contract in force (CONTRACT-4 to CONTRACT-9)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.kernel.care import Arrangement
from services.kernel.refusal import InvalidValue
from services.provider.domain.condition import Clause
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.contract_lifecycle import LineChange, Party, Suspension, SuspensionCause, TerminationCause
from services.provider.domain.contract_refusals import (
    ChangeAgreed,
    LineChangeMismatch,
    NoticeNotPassed,
    NoticeRunning,
    NoticeTooShort,
    OutsideValidity,
    PriceAboveValue,
)
from services.provider.domain.refusals import (
    ArrangementNotAllowed,
    ConditionNotMet,
    ProviderMismatch,
    ServiceNotInCatalogue,
)
from tests.builders.provider.contracts import (
    LATER,
    TODAY,
    condition,
    conditions,
    contract,
    entry,
    line,
    provider,
    terms,
)

ACTIVE, SUSPENDED = ContractState.ACTIVE, ContractState.SUSPENDED
COUNTS = TODAY + timedelta(days=90)
CHEAPER = LineChange(service_code="SOC-FAM-HOME", line=line(cents=3400), effective=COUNTS)
WORK = LineChange(service_code="SOC-FAM-WORK", line=line("SOC-FAM-WORK", 6000), effective=COUNTS)


def propose(one: Contract, change: LineChange, **differently: Any) -> None:
    values: dict[str, Any] = {
        "provider": provider(),
        "entry": entry(change.service_code, 6200),
        "day": TODAY,
        "now": LATER,
    }
    one.propose_change(change, **(values | differently))


def agree(one: Contract, change: LineChange, day: date = TODAY) -> None:
    one.agree_change(change, by=str(one.provider_id), day=day, now=LATER)


def suspension(effective: date = TODAY, safe_until: date | None = None) -> Suspension:
    return Suspension(grounds="staffing", effective=effective, safe_until=safe_until, cause=SuspensionCause.COUNTY)


class TestLines:
    def test_a_price_changes_on_its_day_when_the_provider_agreed_CONTRACT_4(self) -> None:
        one = contract(ACTIVE)
        propose(one, CHEAPER)
        assert (one.terms.lines[0].unit_price_cents, one.next_change_on) == (3600, None)
        agree(one, CHEAPER)
        assert (one.terms.lines[0].unit_price_cents, one.next_change_on) == (3600, COUNTS)
        (done,) = one.apply_changes(day=COUNTS, now=LATER)
        assert (done.service_code, one.terms.lines[0].unit_price_cents) == ("SOC-FAM-HOME", 3400)
        assert (one.changes, one.next_change_on, one.version) == ((), None, 4)

    def test_a_change_nobody_agreed_to_never_counts_CONTRACT_4(self) -> None:
        one = contract(ACTIVE)
        propose(one, CHEAPER)
        propose(one, WORK)
        agree(one, WORK)
        one.apply_changes(day=COUNTS, now=LATER)
        assert [(x.service_code, x.unit_price_cents) for x in one.terms.lines] == [
            ("SOC-FAM-HOME", 3600),
            ("SOC-FAM-WORK", 6000),
        ]
        assert one.changes == ()

    def test_a_line_is_removed_but_never_the_last_one_CONTRACT_4(self) -> None:
        one = contract(ACTIVE, agreed=replace(terms(), lines=(line(), line("SOC-FAM-WORK", 6000))))
        gone = replace(CHEAPER, line=None)
        propose(one, gone)
        with pytest.raises(InvalidValue):
            propose(one, replace(WORK, line=None))
        agree(one, gone)
        one.apply_changes(day=COUNTS, now=LATER)
        assert [x.service_code for x in one.terms.lines] == ["SOC-FAM-WORK"]

    def test_not_below_the_days_of_notice_CONTRACT_4(self) -> None:
        with pytest.raises(NoticeTooShort):
            propose(contract(ACTIVE), replace(CHEAPER, effective=COUNTS - timedelta(days=1)))

    def test_not_after_the_last_day_CONTRACT_4(self) -> None:
        one = contract(ACTIVE)
        propose(one, replace(CHEAPER, effective=one.terms.valid_to))
        with pytest.raises(OutsideValidity):
            propose(one, replace(CHEAPER, effective=one.first_day_without))

    @pytest.mark.parametrize(
        ("change", "known", "refusal"),
        [
            (CHEAPER, None, ServiceNotInCatalogue),
            (CHEAPER, entry("SOC-FAM-HOME", 3600, Arrangement.OWN), ArrangementNotAllowed),
            (CHEAPER, entry("SOC-FAM-HOME", 3399), PriceAboveValue),
            (replace(CHEAPER, line=line(cents=3400, voucher=False)), entry(), InvalidValue),
            (replace(CHEAPER, line=line(cents=-1)), entry(), InvalidValue),
            (replace(CHEAPER, line=line(units=(uuid4(),))), entry(), InvalidValue),
            (replace(WORK, line=None), entry("SOC-FAM-WORK"), InvalidValue),
        ],
    )
    def test_refuses_a_line_the_contract_cannot_have_CONTRACT_4(
        self, change: LineChange, known: Any, refusal: type[Exception]
    ) -> None:
        one = contract(ACTIVE)
        with pytest.raises(refusal):
            propose(one, change, entry=known)
        assert (one.changes, one.version) == ((), 1)

    def test_the_provider_agrees_and_to_exactly_what_was_proposed_CONTRACT_4(self) -> None:
        one = contract(ACTIVE)
        propose(one, CHEAPER)
        with pytest.raises(ProviderMismatch):
            one.agree_change(CHEAPER, by="county", day=TODAY, now=LATER)
        for other in (replace(CHEAPER, line=line(cents=3500)), replace(CHEAPER, effective=COUNTS + timedelta(1)), WORK):
            with pytest.raises(LineChangeMismatch):
                agree(one, other)
        with pytest.raises(OutsideValidity):
            agree(one, CHEAPER, day=COUNTS + timedelta(days=1))
        agree(one, CHEAPER)
        with pytest.raises(LineChangeMismatch):
            agree(one, CHEAPER)

    def test_the_county_does_not_undo_what_both_agreed_to_CONTRACT_4(self) -> None:
        one = contract(ACTIVE)
        propose(one, replace(CHEAPER, line=line(cents=3500)))
        propose(one, CHEAPER)
        assert one.changes == (CHEAPER,)
        agree(one, CHEAPER)
        with pytest.raises(ChangeAgreed):
            propose(one, replace(CHEAPER, line=line(cents=3300)))

    def test_a_line_and_its_change_are_of_one_service_CONTRACT_4(self) -> None:
        with pytest.raises(InvalidValue):
            LineChange(service_code="SOC-FAM-HOME", line=line("SOC-FAM-WORK"), effective=COUNTS)


class TestSuspension:
    def test_counts_from_a_day_that_is_not_past_nor_after_the_end_CONTRACT_5(self) -> None:
        with pytest.raises(InvalidValue):
            contract(ACTIVE).suspend(suspension(TODAY - timedelta(days=1)), day=TODAY, now=LATER)
        one = contract(ACTIVE)
        with pytest.raises(OutsideValidity):
            one.suspend(suspension(one.first_day_without), day=TODAY, now=LATER)
        one.suspend(suspension(TODAY + timedelta(days=4)), day=TODAY, now=LATER)
        assert one.state is SUSPENDED

    def test_safe_continuation_does_not_end_before_the_suspension_counts_CONTRACT_5(self) -> None:
        with pytest.raises(InvalidValue):
            suspension(TODAY, TODAY - timedelta(days=1))
        assert suspension(TODAY, TODAY).safe_until == TODAY

    @pytest.mark.parametrize(("days", "safe"), [("30", 30), ("", None), ("many", None)])
    def test_the_clause_tells_the_days_of_safe_continuation_CLAUSE_3(self, days: str, safe: int | None) -> None:
        clause = Clause("SAFE_CONTINUATION", {"days": days})
        until = None if safe is None else TODAY + timedelta(days=safe)
        assert contract(under=conditions(clauses=(clause,))).safe_until(TODAY) == until
        assert contract().safe_until(TODAY) is None

    def test_needs_the_mandatory_conditions_met_CONTRACT_6(self) -> None:
        one = contract(ACTIVE)
        one.suspend(suspension(), day=TODAY, now=LATER)
        with pytest.raises(ConditionNotMet):
            one.reinstate(
                provider=provider(),
                conditions=conditions(asked=(condition("STAFFING"),)),
                evidence={},
                day=TODAY,
                now=LATER,
            )
        with pytest.raises(OutsideValidity):
            one.reinstate(
                provider=provider(), conditions=conditions(), evidence={}, day=one.first_day_without, now=LATER
            )
        one.reinstate(provider=provider(), conditions=conditions(), evidence={}, day=one.last_day, now=LATER)
        assert (one.state, one.suspension) == (ACTIVE, None)


class TestEnd:
    @pytest.mark.parametrize("state", [ACTIVE, SUSPENDED])
    def test_notice_ends_it_after_its_days_CONTRACT_7(self, state: ContractState) -> None:
        one = contract(state)
        one.give_notice(Party.PROVIDER, day=TODAY, now=LATER)
        assert (one.state, one.termination_effective, one.last_day) == (state, COUNTS, COUNTS)
        assert one.notice_by is Party.PROVIDER
        with pytest.raises(NoticeRunning):
            one.give_notice(Party.COUNTY, day=TODAY, now=LATER)

    def test_not_before_the_notice_has_passed_CONTRACT_8(self) -> None:
        one = contract(ACTIVE)
        with pytest.raises(NoticeNotPassed):
            one.terminate(TerminationCause.NOTICE, day=TODAY, now=LATER)
        one.give_notice(Party.COUNTY, day=TODAY, now=LATER)
        with pytest.raises(NoticeNotPassed):
            one.terminate(TerminationCause.NOTICE, day=COUNTS, now=LATER)
        one.terminate(TerminationCause.NOTICE, day=COUNTS + timedelta(days=1), now=LATER)
        assert (one.state, one.termination_effective) == (ContractState.TERMINATED, COUNTS)

    @pytest.mark.parametrize("cause", [one for one in TerminationCause if one is not TerminationCause.NOTICE])
    def test_a_cause_ends_it_today_even_while_notice_runs_CONTRACT_8(self, cause: TerminationCause) -> None:
        one = contract(ACTIVE)
        propose(one, CHEAPER)
        one.give_notice(Party.COUNTY, day=TODAY, now=LATER)
        one.terminate(cause, day=TODAY, now=LATER)
        assert (one.state, one.last_day, one.termination_cause) == (ContractState.TERMINATED, TODAY, cause)
        assert (one.first_day_without, one.changes) == (TODAY + timedelta(days=1), ())

    def test_expires_after_its_last_day_CONTRACT_9(self) -> None:
        one = contract(ACTIVE)
        with pytest.raises(OutsideValidity):
            one.expire(day=one.terms.valid_to, now=LATER)
        one.expire(day=one.terms.valid_to + timedelta(days=1), now=LATER)
        assert one.state is ContractState.EXPIRED

    def test_the_end_that_was_told_is_remembered_CONTRACT_11(self) -> None:
        one = contract(ACTIVE)
        one.warn_of_end(now=LATER)
        assert one.end_announced == one.terms.valid_to
