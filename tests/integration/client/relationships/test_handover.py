"""The provider left stays related to the client until it has handed over, where its contract says so
(PROCESS-C8, RELATIONSHIP-12)."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import reroute_pb2
from tests.builders.client.county import P07, Hands
from tests.builders.client.relationships import PLAN, kinds, plan, tell

CASE = str(UUID(int=75))


def search(client: Any, version: int, status: str, **more: Any) -> careplan.RerouteCaseFacts:
    """The search for another provider than P07, whose contract asks for fourteen days of handover."""
    told: dict[str, Any] = {
        "plan_id": PLAN,
        "cause": reroute_pb2.REROUTE_CASE_CAUSE_CONTRACT,
        "old_provider_id": str(P07),
        "handover_days": 14,
    }
    return careplan.RerouteCaseFacts(
        reroute_case_id=CASE,
        client_id=client.uid,
        state=reroute_pb2.RerouteCaseState.Value(f"REROUTE_CASE_STATE_{status}"),
        version=version,
        **told | more,
    )


@pytest.mark.parametrize("over", ["Closed", "Stays"])
def test_who_was_left_is_tied_until_it_has_handed_over_PROCESS_C8_RELATIONSHIP_12(
    over: str, hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    opened = careplan.RerouteOpened(reroute_case=search(client, 1, "OPEN"))
    tell(hands, own_session, careplan.PlanActivated(plan=plan(client, 3, "ACTIVE", "ASSIGNED")))
    tell(hands, own_session, opened)
    lost = careplan.PlanProviderUnassigned(plan=plan(client, 4, "ACTIVE", "REROUTE"))
    tell(hands, own_session, lost)
    assert kinds(hands, client) == {"PLAN_SERVICE"}
    ended = getattr(careplan, f"Reroute{over}")(reroute_case=search(client, 5, over.upper()))
    for _ in range(2):
        tell(hands, own_session, ended)
        tell(hands, own_session, opened)
        assert kinds(hands, client) == set()


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ({"plan_id": ""}, {"VOUCHER"}),
        ({"cause": reroute_pb2.REROUTE_CASE_CAUSE_CLIENT_CHANGE}, {"PLAN_SERVICE"}),
        ({"handover_days": 0}, set()),
        ({"cause": reroute_pb2.REROUTE_CASE_CAUSE_PLAN_REFUSED}, set()),
        ({"cause": reroute_pb2.REROUTE_CASE_CAUSE_DECLINED}, set()),
        ({"old_provider_id": ""}, set()),
    ],
)
def test_only_a_provider_that_served_and_has_the_clause_is_tied_PROCESS_C8(
    more: dict[str, Any], held: set[str], hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    told = careplan.RerouteOpened(reroute_case=search(client, 1, "OPEN", **more))
    tell(hands, own_session, told)
    assert kinds(hands, client) == held
