"""What others tell counts against contracts, and becomes proposals of sanctions (S1.30, SANCTION-4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.bus import listenings
from services.chassis.database import engine_from, sessions_from
from services.provider.bus import ProviderBus
from services.provider.domain.rules import Rules
from sote.careplan.v1 import events_pb2 as careplan
from sote.provider.v1 import adherence_service_pb2 as adherence
from sote.provider.v1 import (
    adherence_service_pb2_grpc,
    contract_pb2,
    contract_service_pb2,
    sanction_pb2,
    sanction_service_pb2,
)
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import reversal_pb2
from tests.api_server import ServedApi
from tests.builders.provider.calls import noon
from tests.builders.provider.loader import Loader

DAY = date(2025, 3, 11)
Hear = Callable[..., None]


@pytest.fixture
def hear(database_url: str) -> Any:
    """Facts arrive on a day, each in its own transaction."""
    engine = engine_from(database_url, pool_size=1)
    sessions = sessions_from(engine)
    bus = type("Bus", (ProviderBus,), {"rules": Rules()})()
    handlers = {one.topic: getattr(bus, one.method) for one in listenings(ProviderBus)}

    def arrive(*told: Any, day: date = DAY) -> None:
        for fact in told:
            with sessions.begin() as session:
                handlers[fact.DESCRIPTOR.full_name](session, fact, noon(day))

    yield arrive
    engine.dispose()


def deviation(contract: contract_pb2.Contract, *, justified: bool = False) -> careplan.PlanDeviationJudged:
    return careplan.PlanDeviationJudged(
        deviation_id=str(uuid4()),
        plan_id=str(uuid4()),
        provider_id=contract.provider_id,
        contract_id=contract.uid,
        justified=justified,
    )


def reversed_claim(contract: contract_pb2.Contract, reason: Any) -> voucher.RedemptionReversed:
    return voucher.RedemptionReversed(redemption_id=str(uuid4()), contract_id=contract.uid, reason=reason)


def sanctions(loader: Loader, contract: contract_pb2.Contract) -> list[Any]:
    found = loader.call("ListSanctions", sanction_service_pb2.ListSanctionsRequest(contract_id=contract.uid)).sanctions
    return sorted(found, key=lambda one: (one.facts.kind, one.facts.ground))


def impose(loader: Loader, contract: contract_pb2.Contract, name: str) -> None:
    loader.call("OpenHearing", sanction_service_pb2.OpenHearingRequest(name=name))
    loader.call(
        "BeHeard",
        sanction_service_pb2.BeHeardRequest(name=name, statement="sorry"),
        "PRV",
        organisation=contract.provider_id,
    )
    loader.call("ImposeSanction", sanction_service_pb2.ImposeSanctionRequest(name=name))


def test_the_third_unjustified_deviation_opens_a_proposal_S1_30(
    ready: Loader, active: contract_pb2.Contract, hear: Hear
) -> None:
    first = deviation(active)
    hear(first, first, deviation(active, justified=True), deviation(active))
    hear(first, day=DAY + timedelta(days=5))
    assert sanctions(ready, active) == []
    hear(deviation(active), day=DAY + timedelta(days=89))
    (proposed,) = sanctions(ready, active)
    assert proposed.facts.kind == sanction_pb2.SANCTION_KIND_NOTICE
    assert proposed.facts.state == sanction_pb2.SANCTION_STATE_PROPOSED
    assert proposed.facts.ground == sanction_pb2.SANCTION_GROUND_UNJUSTIFIED_DEVIATION
    shown = ready.call("GetContract", contract_service_pb2.GetContractRequest(name=active.name))
    assert shown.state == contract_pb2.CONTRACT_STATE_ACTIVE, "running care is never cut by the automatic step"


def test_what_is_older_than_ninety_days_does_not_count_SANCTION_4(
    ready: Loader, active: contract_pb2.Contract, hear: Hear
) -> None:
    hear(deviation(active), deviation(active))
    hear(deviation(active), day=DAY + timedelta(days=90))
    assert sanctions(ready, active) == []


def test_one_proposal_is_open_at_a_time_and_the_next_one_is_a_step_higher_SANCTION_4(
    ready: Loader, active: contract_pb2.Contract, hear: Hear
) -> None:
    hear(*(deviation(active) for _ in range(6)))
    (proposed,) = sanctions(ready, active)
    impose(ready, active, proposed.name)
    hear(deviation(active))
    hear(deviation(active))
    notice, order = sanctions(ready, active)
    assert notice.facts.state == sanction_pb2.SANCTION_STATE_IMPOSED
    assert order.facts.kind == sanction_pb2.SANCTION_KIND_CORRECTIVE_ORDER
    hear(reversed_claim(active, reversal_pb2.REVERSAL_REASON_FALSE_CLAIM))
    assert {one.facts.ground for one in sanctions(ready, active)} == {
        sanction_pb2.SANCTION_GROUND_UNJUSTIFIED_DEVIATION,
        sanction_pb2.SANCTION_GROUND_FALSE_REDEMPTION,
    }


def test_overdue_acknowledgements_refusals_and_false_claims_SANCTION_4(
    ready: Loader, active: contract_pb2.Contract, hear: Hear
) -> None:
    plan = str(uuid4())
    first, second = (
        careplan.AcknowledgementOverdue(plan_id=plan, contract_ids=[active.uid], major=1, minor=minor)
        for minor in (0, 1)
    )
    hear(first, first, second)
    hear(first, day=DAY + timedelta(days=1))
    assert sanctions(ready, active) == [], "each version of a plan counts once, whenever it is heard"
    hear(careplan.AcknowledgementOverdue(plan_id=str(uuid4()), contract_ids=[active.uid], major=1))
    for reason in ("CAPACITY", "OTHER", "OTHER"):
        hear(careplan.PlanRefusedByProvider(plan_id=plan, reason_code=reason, contract_ids=[active.uid], major=1))
    for cause in (reversal_pb2.REVERSAL_REASON_CLIENT_GONE, reversal_pb2.REVERSAL_REASON_FALSE_CLAIM):
        hear(reversed_claim(active, cause))
    assert [one.facts.ground for one in sanctions(ready, active)] == [
        sanction_pb2.SANCTION_GROUND_OVERDUE_ACKNOWLEDGEMENT,
        sanction_pb2.SANCTION_GROUND_REFUSAL_NOT_ALLOWED,
        sanction_pb2.SANCTION_GROUND_FALSE_REDEMPTION,
    ]


def test_a_contract_that_ended_keeps_its_ledger_without_a_proposal_SANCTION_4(
    ready: Loader, active: contract_pb2.Contract, hear: Hear
) -> None:
    cause = contract_pb2.TERMINATION_CAUSE_BANKRUPTCY
    ready.call("TerminateContract", contract_service_pb2.TerminateContractRequest(name=active.name, cause=cause))
    hear(reversed_claim(active, reversal_pb2.REVERSAL_REASON_FALSE_CLAIM))
    assert sanctions(ready, active) == []


def test_the_page_of_a_contract_shows_its_ledger_S1_30(
    served: ServedApi, active: contract_pb2.Contract, hear: Hear
) -> None:
    stub = adherence_service_pb2_grpc.AdherenceServiceStub(served.channel)
    told = [deviation(active), deviation(active)]
    hear(*told)
    hear(reversed_claim(active, reversal_pb2.REVERSAL_REASON_FALSE_CLAIM), day=DAY + timedelta(days=1))

    def shown(role: str, **more: Any) -> Any:
        who = {"organisation": more.pop("organisation")} if "organisation" in more else {}
        request = adherence.ListAdherenceRequest(parent=active.name, **more)
        return stub.ListAdherence(request, metadata=served.as_role(role, **who), timeout=10)

    first = shown("CON", page_size=2)
    rest = shown("CON", page_size=2, page_token=first.next_page_token)
    assert {one.subject_id for one in first.breaches} == {one.deviation_id for one in told}
    assert [one.ground for one in rest.breaches] == [sanction_pb2.SANCTION_GROUND_FALSE_REDEMPTION]
    own = shown("PRV", organisation=active.provider_id, ground=sanction_pb2.SANCTION_GROUND_UNJUSTIFIED_DEVIATION)
    assert [one.number for one in sorted(own.breaches, key=lambda one: one.number)] == [1, 2]
    with pytest.raises(grpc.RpcError) as refusal:
        shown("PRV", organisation=str(uuid4()))
    assert refusal.value.code() is grpc.StatusCode.PERMISSION_DENIED


def test_breaches_heard_at_once_are_counted_one_after_the_other_SANCTION_4(
    ready: Loader, active: contract_pb2.Contract, database_url: str
) -> None:
    engine = engine_from(database_url, pool_size=6)
    sessions = sessions_from(engine)
    bus = type("Bus", (ProviderBus,), {"rules": Rules()})()

    def arrive(fact: careplan.PlanDeviationJudged) -> None:
        with sessions.begin() as session:
            bus.on_plan_deviation_judged(session, fact, noon(DAY))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(arrive, [deviation(active) for _ in range(6)]))
    with sessions() as session:
        numbers = session.scalars(text("select number from breach order by number")).all()
    engine.dispose()
    assert numbers == [1, 2, 3, 4, 5, 6]
    (proposed,) = sanctions(ready, active)
    assert proposed.grounds == "deviations from plans without a good reason: 3 in 90 days"


def test_the_database_keeps_one_open_proposal_a_ground_SANCTION_4(
    ready: Loader, active: contract_pb2.Contract, hear: Hear, database_url: str
) -> None:
    hear(reversed_claim(active, reversal_pb2.REVERSAL_REASON_FALSE_CLAIM))
    engine = engine_from(database_url, pool_size=1)
    copy = (
        "insert into sanction select (jsonb_populate_record(sanction, jsonb_build_object('id', gen_random_uuid()))).* "
    )
    with Session(engine) as session, pytest.raises(IntegrityError, match="uq_sanction_pending"):
        session.connection().exec_driver_sql(copy + "from sanction")
    engine.dispose()
