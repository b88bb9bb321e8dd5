"""Contracts in force as callers and the clock meet them (CONTRACT-4 to CONTRACT-9)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from google.type.date_pb2 import Date

from cli.stories.values import day
from services.chassis.database import engine_from, sessions_from
from services.provider.domain.rules import Rules
from services.provider.operations.advance_contracts import advance_contracts
from services.provider.operations.watch_evidence import watch_evidence
from sote.provider.v1 import condition_pb2, condition_service_pb2, contract_pb2, contract_service_pb2
from sote.provider.v1 import events_pb2 as facts
from sote.provider.v1 import provider_service_pb2 as pb
from tests.builders.provider.calls import DENIED, INVALID, PRECONDITION, announced, noon, refused
from tests.builders.provider.loader import Loader

NOTICE = day(date(2025, 6, 9))  # 90 days after the clock's 2025-03-11
Pass = Callable[[date], list[Any]]


@pytest.fixture
def pass_time(database_url: str, active: contract_pb2.Contract) -> Pass:
    """Let both timers run at noon of a day; gives the facts announced by them."""

    def run(today: date) -> list[Any]:
        before = len(announced(database_url))
        engine = engine_from(database_url, pool_size=1)
        for timer in (advance_contracts, watch_evidence):
            with sessions_from(engine).begin() as session:
                timer(session, rules=Rules(), now=noon(today))
        engine.dispose()
        return announced(database_url)[before:]

    return run


def cheaper(contract: contract_pb2.Contract, effective: Date = NOTICE) -> contract_pb2.LineChange:
    """The first line a euro cheaper."""
    change = contract_pb2.LineChange(service_code=contract.lines[0].service_code, effective_date=effective)
    change.line.CopyFrom(contract.lines[0])
    change.line.unit_price.cents -= 100
    return change


def kinds(told: list[Any]) -> list[str]:
    return [fact.DESCRIPTOR.name for fact in told]


class TestLines:
    def test_a_price_both_sides_agreed_to_counts_after_the_notice_CONTRACT_4(
        self, ready: Loader, active: contract_pb2.Contract, pass_time: Pass
    ) -> None:
        change = cheaper(active)
        propose = contract_service_pb2.ProposeLineChangeRequest(name=active.name, change=change)
        ready.call("ProposeLineChange", propose)
        assert pass_time(date(2025, 6, 9)) == []
        agreement = contract_service_pb2.AgreeLineChangeRequest(name=active.name, change=change)
        stranger = refused(ready, "AgreeLineChange", agreement, "PRV", organisation=str(uuid4()))
        assert stranger == (DENIED, "PROVIDER_MISMATCH")
        agreed = ready.call("AgreeLineChange", agreement, "PRV", organisation=active.provider_id)
        assert [one.agreed for one in agreed.changes] == [True]
        assert refused(ready, "ProposeLineChange", propose) == (PRECONDITION, "CHANGE_AGREED")
        again = refused(ready, "AgreeLineChange", agreement, "PRV", organisation=active.provider_id)
        assert again == (PRECONDITION, "LINE_CHANGE_MISMATCH")
        assert pass_time(date(2025, 6, 8)) == []
        (fact,) = pass_time(date(2025, 6, 9))
        assert isinstance(fact, facts.ContractLineChanged)
        assert list(fact.changed_service_codes) == [change.service_code]
        assert fact.contract.lines[0] == change.line
        assert fact.contract.version == 6
        assert pass_time(date(2025, 6, 9)) == []

    def test_refusals_are_typed_CONTRACT_4(self, ready: Loader, active: contract_pb2.Contract) -> None:
        early = contract_service_pb2.ProposeLineChangeRequest(
            name=active.name, change=cheaper(active, day(date(2025, 6, 8)))
        )
        assert refused(ready, "ProposeLineChange", early) == (PRECONDITION, "NOTICE_TOO_SHORT")
        dear = contract_service_pb2.ProposeLineChangeRequest(name=active.name, change=cheaper(active))
        dear.change.line.unit_price.cents = 100_000
        assert refused(ready, "ProposeLineChange", dear) == (PRECONDITION, "PRICE_ABOVE_VALUE")
        gone = contract_pb2.LineChange(service_code="HLT-GP", effective_date=NOTICE)
        nothing = contract_service_pb2.ProposeLineChangeRequest(name=active.name, change=gone)
        assert refused(ready, "ProposeLineChange", nothing) == (INVALID, "INVALID_FIELD")
        late = contract_service_pb2.ProposeLineChangeRequest(
            name=active.name, change=cheaper(active, day(date(2031, 1, 1)))
        )
        assert refused(ready, "ProposeLineChange", late) == (PRECONDITION, "OUTSIDE_VALIDITY")


class TestSuspension:
    def test_suspended_from_a_day_on_and_reinstated_CONTRACT_5_CONTRACT_6(
        self, ready: Loader, active: contract_pb2.Contract, database_url: str
    ) -> None:
        request = contract_service_pb2.SuspendContractRequest(
            name=active.name, grounds="staffing below condition", effective_date=day(date(2025, 3, 15))
        )
        suspended = ready.call("SuspendContract", request)
        assert suspended.state == contract_pb2.CONTRACT_STATE_SUSPENDED
        assert suspended.suspension.grounds == "staffing below condition"
        told = announced(database_url)[-1]
        assert isinstance(told, facts.ContractSuspended)
        assert told.contract.suspension == contract_pb2.SuspensionFacts(
            mode=contract_pb2.SUSPENSION_MODE_IMMEDIATE,
            effective_date=day(date(2025, 3, 15)),
            cause=contract_pb2.SUSPENSION_CAUSE_COUNTY,
        )
        assert b"staffing" not in told.SerializeToString()
        assert refused(ready, "SuspendContract", request) == (PRECONDITION, "ILLEGAL_TRANSITION")
        missing = condition_service_pb2.RecordEvidenceRequest(
            provider_id=active.provider_id,
            condition_code="STAFFING",
            state=condition_pb2.EVIDENCE_STATE_NOT_MET,
        )
        ready.call("RecordEvidence", missing)
        reinstate = contract_service_pb2.ReinstateContractRequest(name=active.name)
        assert refused(ready, "ReinstateContract", reinstate) == (PRECONDITION, "CONDITION_NOT_MET")
        missing.state = condition_pb2.EVIDENCE_STATE_MET
        ready.call("RecordEvidence", missing)
        again = ready.call("ReinstateContract", reinstate)
        assert again.state == contract_pb2.CONTRACT_STATE_ACTIVE
        assert not again.HasField("suspension")

    def test_with_safe_continuation_CONTRACT_5(self, ready: Loader, active: contract_pb2.Contract) -> None:
        today, until = day(date(2025, 3, 11)), day(date(2025, 4, 10))
        request = contract_service_pb2.SuspendContractRequest(
            name=active.name, grounds="x", effective_date=today, safe_continuation_until=day(date(2025, 3, 10))
        )
        assert refused(ready, "SuspendContract", request) == (INVALID, "INVALID_FIELD")
        request.safe_continuation_until.CopyFrom(until)
        shown = ready.call("SuspendContract", request).suspension.facts
        assert (shown.mode, shown.safe_continuation_until) == (contract_pb2.SUSPENSION_MODE_SAFE_CONTINUATION, until)

    def test_evidence_that_ran_out_suspends_after_its_grace_CONTRACT_5(
        self, ready: Loader, active: contract_pb2.Contract, pass_time: Pass
    ) -> None:
        staffing = condition_service_pb2.RecordEvidenceRequest(
            provider_id=active.provider_id,
            condition_code="STAFFING",
            state=condition_pb2.EVIDENCE_STATE_MET,
            valid_to=day(date(2025, 6, 30)),
        )
        ready.call("RecordEvidence", staffing)
        assert pass_time(date(2025, 4, 30)) == []
        assert kinds(pass_time(date(2025, 5, 1))) == ["EvidenceExpiring"]
        assert pass_time(date(2025, 6, 30)) == []
        (expired,) = pass_time(date(2025, 7, 1))
        assert isinstance(expired, facts.EvidenceExpired)
        assert expired.grace_until == day(date(2025, 7, 14))
        assert pass_time(date(2025, 7, 14)) == []
        (suspended,) = pass_time(date(2025, 7, 15))
        assert suspended.contract.suspension.cause == contract_pb2.SUSPENSION_CAUSE_EVIDENCE_EXPIRED
        assert suspended.contract.state == contract_pb2.CONTRACT_STATE_SUSPENDED
        assert pass_time(date(2025, 7, 16)) == []

    def test_evidence_renewed_in_time_is_told_anew_CONTRACT_11(
        self, ready: Loader, active: contract_pb2.Contract, pass_time: Pass
    ) -> None:
        finding = condition_service_pb2.RecordEvidenceRequest(
            provider_id=active.provider_id,
            condition_code="CLIENT-FEEDBACK",
            state=condition_pb2.EVIDENCE_STATE_MET,
            valid_to=day(date(2025, 3, 31)),
        )
        ready.call("RecordEvidence", finding)
        assert kinds(pass_time(date(2025, 3, 11))) == ["EvidenceExpiring"]
        finding.valid_to.CopyFrom(day(date(2025, 4, 30)))
        ready.call("RecordEvidence", finding)
        assert kinds(pass_time(date(2025, 3, 11))) == ["EvidenceExpiring"]
        assert kinds(pass_time(date(2025, 6, 30))) == ["EvidenceExpired"], "not mandatory: no contract hangs on it"


class TestEnd:
    @pytest.mark.parametrize(
        ("role", "own", "party"),
        [("CON", False, contract_pb2.CONTRACT_PARTY_COUNTY), ("PRV", True, contract_pb2.CONTRACT_PARTY_PROVIDER)],
    )
    def test_either_gives_notice_and_it_ends_by_itself_CONTRACT_7_CONTRACT_8(
        self, ready: Loader, active: contract_pb2.Contract, pass_time: Pass, role: str, own: bool, party: int
    ) -> None:
        request = contract_service_pb2.GiveNoticeRequest(name=active.name)
        stranger = refused(ready, "GiveNotice", request, "PRV", organisation=str(uuid4()))
        assert stranger == (DENIED, "PROVIDER_MISMATCH")
        who = {"organisation": active.provider_id} if own else {}
        given = ready.call("GiveNotice", request, role, **who)
        assert (given.termination_effective, given.notice_by) == (NOTICE, party)
        assert refused(ready, "GiveNotice", request) == (PRECONDITION, "NOTICE_RUNNING")
        terminate = contract_service_pb2.TerminateContractRequest(name=active.name)
        assert refused(ready, "TerminateContract", terminate) == (PRECONDITION, "NOTICE_NOT_PASSED")
        assert kinds(pass_time(date(2025, 6, 9))) == ["ContractEndingSoon"]
        assert pass_time(date(2025, 6, 9)) == []
        (ended,) = pass_time(date(2025, 6, 10))
        assert isinstance(ended, facts.ContractTerminated)
        assert (ended.cause, ended.effective_date) == (contract_pb2.TERMINATION_CAUSE_NOTICE, day(date(2025, 6, 10)))
        assert ended.contract.state == contract_pb2.CONTRACT_STATE_TERMINATED

    def test_a_cause_ends_it_at_once_and_the_provider_may_go_CONTRACT_8_PROVIDER_4(
        self, ready: Loader, active: contract_pb2.Contract, database_url: str
    ) -> None:
        terminate = contract_service_pb2.TerminateContractRequest(
            name=active.name, cause=contract_pb2.TERMINATION_CAUSE_REGISTRATION_LOST
        )
        ended = ready.call("TerminateContract", terminate)
        assert ended.termination_cause == contract_pb2.TERMINATION_CAUSE_REGISTRATION_LOST
        assert ended.termination_effective == day(date(2025, 3, 11))
        assert announced(database_url)[-1].effective_date == day(date(2025, 3, 12))
        name = ready.providers["P05"].name
        ready.call("RemoveProvider", pb.RemoveProviderRequest(name=name, reason="registration lost"))

    def test_warned_of_once_and_expired_by_the_clock_CONTRACT_9_CONTRACT_11(self, pass_time: Pass) -> None:
        assert pass_time(date(2030, 10, 31)) == []
        warned = [fact for fact in pass_time(date(2030, 11, 1)) if isinstance(fact, facts.ContractEndingSoon)]
        assert [one.last_day for one in warned] == [day(date(2030, 12, 31))]
        assert pass_time(date(2030, 12, 31)) == []
        expired = [fact for fact in pass_time(date(2031, 1, 1)) if isinstance(fact, facts.ContractExpired)]
        assert [one.effective_date for one in expired] == [day(date(2031, 1, 1))]
        assert not [fact for fact in pass_time(date(2031, 2, 1)) if hasattr(fact, "contract")]
