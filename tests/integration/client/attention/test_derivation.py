"""WIDE_RANGE follows the services recommended, granted and planned, and is lifted with the last of them."""

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from services.client.bus import ClientBus
from services.client.storage.attention import review as reviews
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1 import decision_pb2, decision_service_pb2
from sote.client.v1 import decision_service_pb2 as decisions
from sote.type.v1 import care_pb2
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P01, Hands, day, recommended

BUS = ClientBus()
PLAN = str(uuid4())
THREE = ("SOC-FAM-WORK", "SOC-FAM-HOME", "HLT-OT")


def plan(client: Any, version: int, status: str = "ACTIVE", **services: str) -> careplan.PlanFacts:
    """A plan; services by their code with `_` for `-`, each in a state."""
    return careplan.PlanFacts(
        plan_id=PLAN,
        client_id=client.uid,
        operator_organisation_id=str(P01),
        state=plan_pb2.PlanState.Value(f"PLAN_STATE_{status}"),
        services=[
            careplan.PlanServiceFacts(
                plan_service_id=str(uuid4()),
                service_code=code.replace("_", "-"),
                state=plan_pb2.PlanServiceState.Value(f"PLAN_SERVICE_STATE_{state}"),
            )
            for code, state in services.items()
        ],
        version=version,
    )


def going(state: str = "ASSIGNED", last: str = "ASSIGNED") -> dict[str, str]:
    return {"SOC_FAM_WORK": state, "SOC_FAM_HOME": state, "HLT_OT": last}


def flagged(hands: Hands, client: Any) -> bool:
    found = hands.call(pb.GetClientRequest(name=client.name)).attention_flags
    return any(one.kind == care_pb2.ATTENTION_KIND_WIDE_RANGE and not one.HasField("to_date") for one in found)


def test_services_in_force_in_a_plan_are_wide_ranging_until_they_are_done_S1_14(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    drafted = careplan.PlanDrafted(plan=plan(client, 1, "DRAFT", **going("PLANNED", "PLANNED")))
    active = careplan.PlanActivated(plan=plan(client, 2, **going()))
    done = careplan.PlanServiceCompleted(plan=plan(client, 3, **going(last="COMPLETED")))
    again = careplan.PlanVersionActivated(plan=plan(client, 4, "UNDER_REVIEW", **going("IN_DELIVERY")))
    closed = careplan.PlanClosed(plan=plan(client, 5, "CLOSED", **going("CANCELLED")))
    steps = [
        (drafted, False),
        (active, True),
        (active, True),
        (done, False),
        (active, False),
        (again, True),
        (closed, False),
    ]
    for fact, expected in steps:
        apply_fact(own_session, fact, hands.at)
        own_session.commit()
        assert flagged(hands, client) is expected, fact


def test_a_newer_assessment_that_finds_less_lifts_the_flag_S1_14(hands: Hands) -> None:
    client = hands.register()
    services = [recommended(code, "VOUCHER", 5, "2025-02-01", "2025-03-31") for code in ("SOC-FAM-WORK", *THREE[1:])]
    hands.completed(client, *services)
    assert flagged(hands, client)
    hands.completed(client, services[0], repeat_reason="less is needed")
    assert not flagged(hands, client)


def test_what_is_granted_keeps_the_flag_until_it_is_taken_back_S1_14(hands: Hands) -> None:
    client = hands.register()
    made = hands.completed(client, recommended("SOC-FAM-WORK", "VOUCHER", 5, "2025-02-01", "2025-03-31"))
    granted = [
        hands.call(
            decision_service_pb2.MakeDecisionRequest(
                assessment_id=made.uid,
                service_code=code,
                outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
                from_date=day("2025-02-01"),
                to_date=day("2025-03-31"),
                grounds="needed",
                applied_for=True,
            )
        )
        for code in THREE
    ]
    assert flagged(hands, client)
    hands.call(
        decisions.ChangeDecisionRequest(
            name=granted[2].name,
            outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
            effective_date=day("2025-01-07"),
            grounds="no longer needed",
        )
    )
    assert not flagged(hands, client)


def test_the_flag_is_lifted_by_time_when_the_services_are_over_S1_14(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    ends = zip(("SOC-FAM-WORK", *THREE[1:]), ("2025-02-28", "2025-03-31", "2025-04-30"), strict=True)
    hands.completed(client, *(recommended(code, "VOUCHER", 5, "2025-02-01", last) for code, last in ends))
    for on, expected in (("2025-02-28", True), ("2025-03-01", False), ("2025-04-01", False), ("2025-05-01", False)):
        hands.go_to(on)
        BUS.review_attention(own_session, hands.at)
        own_session.commit()
        assert flagged(hands, client) is expected, on
    assert reviews.due(own_session, date(2099, 1, 1), 9) == []


def test_the_flags_of_who_left_stay_as_they_were_PROCESS_D6(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    hands.completed(client, *(recommended(code, "VOUCHER", 5, "2025-02-01", "2025-02-28") for code in THREE))
    hands.call(pb.MoveOutClientRequest(name=client.name, moved_date=day("2025-01-07")))
    hands.go_to("2025-03-01")
    BUS.review_attention(own_session, hands.at)
    own_session.commit()
    assert flagged(hands, client)
    assert reviews.due(own_session, date(2099, 1, 1), 9) == []
