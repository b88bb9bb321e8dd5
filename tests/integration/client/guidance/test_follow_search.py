"""PROCESS-C5: support in choosing anew is a task while the search is open, in whatever order its facts are heard."""

from itertools import permutations
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import reroute_pb2
from tests.builders.client.county import Hands
from tests.builders.client.relationships import tell

LIFE = (("Opened", "OPEN"), ("Guided", "GUIDED"), ("Opened", "OPEN"))


def hear(hands: Hands, session: Session, client_id: str, case_id: str, version: int, cause: str) -> None:
    """The fact of that version in the life of the case."""
    fact, status = LIFE[version - 1]
    case = careplan.RerouteCaseFacts(
        reroute_case_id=case_id,
        client_id=client_id,
        cause=reroute_pb2.RerouteCaseCause.Value(f"REROUTE_CASE_CAUSE_{cause}"),
        state=reroute_pb2.RerouteCaseState.Value(f"REROUTE_CASE_STATE_{status}"),
        version=version,
    )
    tell(hands, session, getattr(careplan, f"Reroute{fact}")(reroute_case=case))


def tasks(session: Session, case_id: str) -> list[tuple[str, str, str, bool]]:
    rows = session.execute(text("select * from work_item where id = :id"), {"id": case_id})
    return [(row.kind, row.subject, row.reason, row.done_at is None) for row in rows]


@pytest.mark.parametrize("known", [1, 2, 3])
def test_the_task_follows_the_newest_that_was_told_PROCESS_C5(known: int, hands: Hands, own_session: Session) -> None:
    client = hands.register()
    for order in permutations(range(1, known + 1)):
        case_id = str(uuid4())
        for version in (*order, order[0]):
            hear(hands, own_session, client.uid, case_id, version, "PLAN_REFUSED")
        due = known != 2
        never_due = order[0] == 2 and not due
        assert tasks(own_session, case_id) == (
            [] if never_due else [("CHOICE_SUPPORT", client.name, "PLAN_REFUSED", due)]
        )


def test_who_refused_the_voucher_needs_no_support_VOUCHER_3(hands: Hands, own_session: Session) -> None:
    client, case_id = hands.register(), str(uuid4())
    hear(hands, own_session, client.uid, case_id, 1, "VOUCHER_REFUSED")
    assert tasks(own_session, case_id) == []
