"""Sanctions as the county, the provider and the clock meet them (SANCTION-1)."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from cli.stories.values import day
from services.chassis.database import engine_from, sessions_from
from services.provider.operations.expire_sanctions import expire_sanctions
from sote.provider.v1 import clause_pb2, contract_pb2, contract_service_pb2, sanction_pb2, sanction_service_pb2
from sote.provider.v1 import provider_service_pb2 as pb
from tests.builders.provider.calls import DENIED, INVALID, PRECONDITION, announced, drafted, noon, refused
from tests.builders.provider.loader import Loader


def proposed(loader: Loader, contract: contract_pb2.Contract, kind: Any, **more: Any) -> str:
    request = sanction_service_pb2.ProposeSanctionRequest(
        contract_id=contract.uid, kind=kind, grounds="three deviations", **more
    )
    name: str = loader.call("ProposeSanction", request).name
    return name


def heard(loader: Loader, contract: contract_pb2.Contract, name: str) -> None:
    loader.call("OpenHearing", sanction_service_pb2.OpenHearingRequest(name=name))
    say = sanction_service_pb2.BeHeardRequest(name=name, statement="we disagree")
    stranger = refused(loader, "BeHeard", say, "PRV", organisation=str(uuid4()))
    assert stranger == (DENIED, "PROVIDER_MISMATCH")
    loader.call("BeHeard", say, "PRV", organisation=contract.provider_id)


def test_a_sanction_is_heard_imposed_and_escalated_SANCTION_2(
    ready: Loader, active: contract_pb2.Contract, database_url: str
) -> None:
    name = proposed(ready, active, sanction_pb2.SANCTION_KIND_NOTICE)
    impose = sanction_service_pb2.ImposeSanctionRequest(name=name)
    assert refused(ready, "ImposeSanction", impose) == (PRECONDITION, "ILLEGAL_TRANSITION")
    opened = ready.call("OpenHearing", sanction_service_pb2.OpenHearingRequest(name=name))
    assert opened.facts.hearing_due == day(date(2025, 3, 25))
    assert refused(ready, "ImposeSanction", impose) == (PRECONDITION, "HEARING_PENDING")
    say = sanction_service_pb2.BeHeardRequest(name=name, statement="we disagree")
    ready.call("BeHeard", say, "PRV", organisation=active.provider_id)
    assert ready.call("ImposeSanction", impose).facts.state == sanction_pb2.SANCTION_STATE_IMPOSED
    again = sanction_service_pb2.EscalateSanctionRequest(
        name=name, kind=sanction_pb2.SANCTION_KIND_NOTICE, grounds="still"
    )
    assert refused(ready, "EscalateSanction", again) == (PRECONDITION, "KIND_NOT_HIGHER")
    again.kind = sanction_pb2.SANCTION_KIND_CHOICE_FREEZE
    higher = ready.call("EscalateSanction", again)
    assert higher.facts.escalated_from == name.removeprefix("sanctions/")
    told = [fact for fact in announced(database_url) if hasattr(fact, "sanction")]
    assert [fact.DESCRIPTOR.name.removeprefix("Sanction") for fact in told] == [
        "Proposed",
        "HearingOpened",
        "Heard",
        "Imposed",
        "Escalated",
        "Proposed",
    ]
    assert not any(b"deviations" in one.SerializeToString() or b"disagree" in one.SerializeToString() for one in told)


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        (sanction_pb2.SANCTION_KIND_CHOICE_FREEZE, "ProviderFrozen"),
        (sanction_pb2.SANCTION_KIND_SUSPENSION, "ContractSuspended"),
        (sanction_pb2.SANCTION_KIND_TERMINATION, "ContractTerminated"),
    ],
)
def test_what_is_imposed_takes_effect_SANCTION_1(
    ready: Loader, active: contract_pb2.Contract, database_url: str, kind: Any, fact: str
) -> None:
    name = proposed(ready, active, kind)
    heard(ready, active, name)
    ready.call("ImposeSanction", sanction_service_pb2.ImposeSanctionRequest(name=name))
    assert [one.DESCRIPTOR.name for one in announced(database_url)[-2:]] == [fact, "SanctionImposed"]
    remedied = ready.call("RemedySanction", sanction_service_pb2.RemedySanctionRequest(name=name))
    assert remedied.facts.state == sanction_pb2.SANCTION_STATE_REMEDIED


def test_a_summary_tells_the_countys_roles_of_an_imposed_sanction_ACCESS_3(
    ready: Loader, active: contract_pb2.Contract
) -> None:
    def told(role: str) -> bool:
        asked = pb.BatchGetProviderSummariesRequest(provider_ids=[active.provider_id])
        (summary,) = ready.call("BatchGetProviderSummaries", asked, role).summaries
        sanctioned: bool = summary.sanctioned
        return sanctioned

    name = proposed(ready, active, sanction_pb2.SANCTION_KIND_NOTICE)
    heard(ready, active, name)
    assert not told("CON")
    ready.call("ImposeSanction", sanction_service_pb2.ImposeSanctionRequest(name=name))
    roles = ("CSW", "CSP", "FIN", "CON", "HOP", "HSP", "PRV", "CLI")
    assert [role for role in roles if told(role)] == ["CSW", "CSP", "FIN", "CON"]
    ready.call("RemedySanction", sanction_service_pb2.RemedySanctionRequest(name=name))
    assert not told("CON")


@pytest.mark.parametrize(("emergency", "until"), [(False, date(2025, 4, 10)), (True, None)])
def test_a_suspension_that_is_no_emergency_lets_running_care_go_on_SANCTION_6(
    ready: Loader, emergency: bool, until: date | None
) -> None:
    safe = clause_pb2.ClauseFacts(code="SAFE_CONTINUATION", parameters={"days": "30"})
    draft = ready.accept(drafted(ready, clauses=[safe]))
    active = ready.call("ActivateContract", contract_service_pb2.ActivateContractRequest(name=draft.name))
    name = proposed(ready, active, sanction_pb2.SANCTION_KIND_SUSPENSION)
    if not emergency:
        heard(ready, active, name)
    ready.call("ImposeSanction", sanction_service_pb2.ImposeSanctionRequest(name=name, emergency=emergency))
    told = ready.call("GetContract", contract_service_pb2.GetContractRequest(name=active.name)).suspension.facts
    assert told.HasField("safe_continuation_until") is (until is not None)
    assert until is None or told.safe_continuation_until == day(until)


def test_an_emergency_suspension_is_heard_afterwards_SANCTION_6(ready: Loader, active: contract_pb2.Contract) -> None:
    mild = sanction_service_pb2.ImposeSanctionRequest(
        name=proposed(ready, active, sanction_pb2.SANCTION_KIND_NOTICE), emergency=True
    )
    assert refused(ready, "ImposeSanction", mild) == (PRECONDITION, "HEARING_PENDING")
    ready.call("WithdrawSanction", sanction_service_pb2.WithdrawSanctionRequest(name=mild.name))
    name = proposed(ready, active, sanction_pb2.SANCTION_KIND_SUSPENSION)
    ready.call("ImposeSanction", sanction_service_pb2.ImposeSanctionRequest(name=name, emergency=True))
    shown = ready.call("GetContract", contract_service_pb2.GetContractRequest(name=active.name))
    assert shown.state == contract_pb2.CONTRACT_STATE_SUSPENDED
    say = sanction_service_pb2.BeHeardRequest(name=name, statement="afterwards")
    assert ready.call("BeHeard", say, "PRV", organisation=active.provider_id).facts.heard


def test_a_payment_reduction_has_bounds_and_expires_SANCTION_5(
    ready: Loader, active: contract_pb2.Contract, database_url: str
) -> None:
    wrong = sanction_service_pb2.ProposeSanctionRequest(
        contract_id=active.uid, kind=sanction_pb2.SANCTION_KIND_PAYMENT_REDUCTION, grounds="x", reduction_percent=11
    )
    assert refused(ready, "ProposeSanction", wrong) == (INVALID, "INVALID_FIELD")
    until = day(date(2025, 4, 30))
    name = proposed(ready, active, sanction_pb2.SANCTION_KIND_PAYMENT_REDUCTION, reduction_percent=10, until_date=until)
    heard(ready, active, name)
    ready.call("ImposeSanction", sanction_service_pb2.ImposeSanctionRequest(name=name))
    engine = engine_from(database_url, pool_size=1)
    for today, status in ((date(2025, 4, 30), "IMPOSED"), (date(2025, 5, 1), "EXPIRED")):
        with sessions_from(engine).begin() as session:
            expire_sanctions(session, now=noon(today))
        asked = sanction_service_pb2.ListSanctionsRequest(contract_id=active.uid)
        (shown,) = ready.call("ListSanctions", asked, "PRV", organisation=active.provider_id).sanctions
        assert shown.facts.state == sanction_pb2.SanctionState.Value(f"SANCTION_STATE_{status}")
    engine.dispose()
    assert not ready.call(
        "ListSanctions", sanction_service_pb2.ListSanctionsRequest(), "PRV", organisation=str(uuid4())
    ).sanctions
    never = sanction_service_pb2.WithdrawSanctionRequest(name=f"sanctions/{uuid4()}")
    assert refused(ready, "WithdrawSanction", never)[1] == "SANCTION_NOT_FOUND"
