"""Appeals and changes of decisions through the api: who may, what is told, and what the database admits."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sote.client.v1 import decision_pb2, decision_service_pb2, events_pb2
from sote.client.v1 import decision_service_pb2 as pb
from sote.client.v1.section_pb2 import ClientSection
from sote.type.v1.section_pb2 import GetSectionsRequest
from tests.builders.client.county import P02, Hands, day, recommended, request_id

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]
PHYSIO = recommended("HLT-PHYSIO", "VOUCHER", 5, "2025-01-20", "2025-04-11")


@pytest.fixture
def made(hands: Hands) -> Any:
    """A decision of 7 January that grants five units from 20 January to 11 April."""
    assessment = hands.completed(hands.register(), PHYSIO)
    return hands.call(
        decision_service_pb2.MakeDecisionRequest(
            assessment_id=assessment.uid,
            service_code="HLT-PHYSIO",
            outcome=decision_pb2.DECISION_OUTCOME_PARTLY,
            units=5,
            from_date=day("2025-01-20"),
            to_date=day("2025-04-11"),
            grounds="needed",
        )
    )


def appeal(made: Any, **more: Any) -> pb.AppealDecisionRequest:
    return pb.AppealDecisionRequest(name=made.name, grounds="I need more", **more)


def changing(made: Any, units: int = 8, effective: str = "2025-01-20", **more: Any) -> pb.ChangeDecisionRequest:
    return pb.ChangeDecisionRequest(
        name=made.name,
        outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
        units=units,
        from_date=day("2025-01-20"),
        to_date=day("2025-04-11"),
        effective_date=day(effective),
        grounds="the appeal is right",
        **more,
    )


def told(session: Session, kind: Any) -> list[Any]:
    query = text("select body from outbox where routing_key = :name order by id")
    return [kind.FromString(bytes(body)) for body in session.scalars(query, {"name": kind.DESCRIPTOR.full_name})]


def test_a_client_appeals_and_the_decision_is_changed_DECISION_3(hands: Hands, made: Any, own_session: Session) -> None:
    hands.go_to("2025-01-15")
    appealed = hands.call(appeal(made), role="CLI", subject=made.client_id)
    assert (appealed.state, appealed.outcome) == (decision_pb2.DECISION_STATE_APPEALED, made.outcome)
    assert appealed.appeals[0].by_client
    hands.go_to("2025-01-27")
    changed = hands.call(changing(made, effective="2025-01-27"))
    assert (changed.state, changed.units) == (decision_pb2.DECISION_STATE_CHANGED, 8)
    assert (changed.appeal_until, changed.effective_date) == (day("2025-02-26"), day("2025-01-27"))
    assert (changed.earlier[0].units, changed.earlier[0].grounds) == (5, "needed")
    assert changed.appeals[0].answered_date == day("2025-01-27")
    assert hands.call(decision_service_pb2.GetDecisionRequest(name=made.name)) == changed
    assert list(hands.call(pb.ListDecisionsRequest(client_id=made.client_id)).decisions) == [changed]
    (fact,) = told(own_session, events_pb2.DecisionChanged)
    assert (fact.decision_id, fact.version, fact.units) == (made.uid, 3, 8)
    assert (fact.outcome, fact.effective_date) == (decision_pb2.DECISION_OUTCOME_GRANTED, day("2025-01-27"))


def test_an_official_appeals_for_the_client_and_the_decision_is_upheld_DECISION_1(
    hands: Hands, made: Any, own_session: Session, refused: Refused
) -> None:
    appealed = hands.call(appeal(made), role="CSP")
    assert not appealed.appeals[0].by_client
    uphold = pb.UpholdDecisionRequest(name=made.name, grounds="as it was")
    assert refused(uphold, role="CSP") == (Code.PERMISSION_DENIED, "OFFICIAL_REQUIRED")
    assert refused(uphold, organisation=P02) == (Code.FAILED_PRECONDITION, "OFFICIAL_REQUIRED")
    upheld = hands.call(uphold)
    assert (upheld.state, upheld.units) == (decision_pb2.DECISION_STATE_UPHELD, 5)
    assert refused(uphold) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")
    assert refused(appeal(made)) == (Code.FAILED_PRECONDITION, "ILLEGAL_TRANSITION")
    (first,), (second,) = told(own_session, events_pb2.DecisionAppealed), told(own_session, events_pb2.DecisionUpheld)
    assert (first.version, first.units, first.appealed_date) == (2, 5, day("2025-01-07"))
    assert (second.version, second.units, second.answered_date) == (3, 5, day("2025-01-07"))


def test_open_appeals_are_on_the_countys_list_until_they_are_answered_DECISION_1(
    hands: Hands, made: Any, refused: Refused
) -> None:
    waiting = pb.ListDecisionsRequest(appealed=True)
    assert not hands.call(waiting).decisions
    appealed = hands.call(appeal(made))
    assert list(hands.call(waiting).decisions) == [appealed]
    assert not hands.call(pb.ListDecisionsRequest(appealed=True, client_id=str(P02))).decisions
    hands.call(pb.UpholdDecisionRequest(name=made.name, grounds="as it was"))
    assert not hands.call(waiting).decisions
    assert refused(pb.ListDecisionsRequest()) == (Code.INVALID_ARGUMENT, "INVALID_REQUEST")


def test_the_last_day_to_appeal_is_the_last_DECISION_2(hands: Hands, made: Any, refused: Refused) -> None:
    assert made.appeal_until == day("2025-02-06")
    hands.go_to("2025-02-07")
    assert refused(appeal(made)) == (Code.FAILED_PRECONDITION, "APPEAL_TOO_LATE")
    hands.go_to("2025-02-06")
    assert hands.call(appeal(made)).state == decision_pb2.DECISION_STATE_APPEALED


def test_to_a_client_another_persons_decision_is_as_none_INV_14(hands: Hands, made: Any, refused: Refused) -> None:
    stranger = hands.register("010594Y9032").uid
    nobodys = pb.AppealDecisionRequest(name=f"decisions/{P02}", grounds="why")
    for request in (appeal(made), nobodys):
        assert refused(request, role="CLI", subject=stranger) == (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")
    assert refused(nobodys) == (Code.NOT_FOUND, "DECISION_UNKNOWN")


def test_a_change_because_the_need_changed_counts_for_the_future_only_DECISION_3(
    hands: Hands, made: Any, refused: Refused
) -> None:
    hands.go_to("2025-02-03")
    less = changing(made, units=3, effective="2025-02-02")
    assert refused(less) == (Code.FAILED_PRECONDITION, "CHANGE_BACK_DATED")
    assert hands.call(decision_service_pb2.GetDecisionRequest(name=made.name)) == made
    less.effective_date.CopyFrom(day("2025-02-03"))
    assert hands.call(less).units == 3
    assert refused(changing(made, etag=made.etag)) == (Code.ABORTED, "VERSION_CONFLICT")
    endless = changing(made)
    endless.ClearField("to_date")
    assert refused(endless) == (Code.INVALID_ARGUMENT, "PERIOD_INVALID")
    ended = pb.ChangeDecisionRequest(
        name=made.name,
        outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
        effective_date=day("2025-02-10"),
        grounds="no longer needed",
    )
    gone = hands.call(ended)
    assert (gone.units, gone.HasField("to_date"), len(gone.earlier)) == (0, False, 2)


def test_a_refusal_tells_its_rule_and_its_legal_basis_S2_03(hands: Hands, made: Any) -> None:
    hands.go_to("2025-02-07")
    with pytest.raises(grpc.RpcError) as caught:
        hands.call(appeal(made))
    info = error_details_pb2.ErrorInfo()
    assert rpc_status.from_call(caught.value).details[0].Unpack(info)
    assert (info.metadata["rule"], info.domain) == ("DECISION-2", "client")
    assert "Social Welfare Act (1301/2014) 50 §" in info.metadata["legal_basis"]


def test_no_fact_tells_why_INV_25(hands: Hands, made: Any, own_session: Session) -> None:
    hands.call(appeal(made))
    hands.call(changing(made, effective="2025-01-07"))
    bodies = own_session.scalars(text("select body from outbox where routing_key like '%.Decision%'"))
    told = b"".join(bytes(body) for body in bodies)
    assert not [word for word in (b"I need more", b"the appeal is right", b"needed") if word in told]


def test_a_repeated_appeal_is_one_PROCESS_3(hands: Hands, made: Any, own_session: Session) -> None:
    request = appeal(made, request_id=request_id())
    assert hands.call(request) == hands.call(request)
    assert len(told(own_session, events_pb2.DecisionAppealed)) == 1


def test_the_record_shows_that_it_was_appealed_without_the_words_ACCESS_3(hands: Hands, made: Any) -> None:
    hands.call(appeal(made))
    reply = hands.call(GetSectionsRequest(client_ids=[made.client_id]))
    (shown,) = ClientSection.FromString(reply.sections[0].body).decisions
    assert (shown.state, len(shown.appeals)) == (decision_pb2.DECISION_STATE_APPEALED, 1)
    assert b"I need more" not in reply.sections[0].body


@pytest.mark.parametrize(
    "change",
    [
        "state = 'REJECTED'",
        "state = 'PENDING'",
        "state = 'UPHELD'",
        "state = 'CHANGED'",
        "effective_date = '2025-01-20'",
        "outcome = 'GRANTED', from_date = null",
        "units = -1",
    ],
)
def test_the_database_admits_no_other_decision_DECISION_1(change: str, made: Any, own_session: Session) -> None:
    with pytest.raises(IntegrityError):
        own_session.execute(text(f"update decision set {change}"))
