"""CLIENT-4: who has had nothing open for a year falls dormant, and the next matter wakes them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.client.bus import ClientBus
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import assessment_pb2, assessment_service_pb2, client_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.package.v1 import events_pb2 as package
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P01, Hands

BUS = ClientBus()
BUS.dormant_days = 365
MATTER = str(uuid4())


def plan(kind: Any, client: str, version: int) -> Any:
    return kind(
        plan=careplan.PlanFacts(plan_id=MATTER, client_id=client, operator_organisation_id=str(P01), version=version)
    )


def a_voucher(kind: Any, client: str, version: int) -> Any:
    return kind(voucher=voucher.VoucherFacts(voucher_id=MATTER, client_id=client, version=version))


def enrolment(kind: Any, client: str, version: int) -> Any:
    return kind(enrolment=package.EnrolmentFacts(enrolment_id=MATTER, client_id=client, version=version))


def state(hands: Hands, client: Any) -> str:
    return client_pb2.ClientState.Name(hands.call(pb.GetClientRequest(name=client.name)).state).rsplit("_", 1)[1]


def later(hands: Hands, session: Session, days: int) -> None:
    """So many days later the timer runs."""
    hands.at += timedelta(days=days)
    BUS.mark_dormant_clients(session, hands.at)
    session.commit()


@pytest.mark.parametrize(
    ("facts", "opened", "closed"),
    [
        (plan, careplan.PlanDrafted, careplan.PlanClosed),
        (plan, careplan.PlanDrafted, careplan.PlanCancelled),
        (a_voucher, voucher.VoucherIssued, voucher.VoucherSettled),
        (a_voucher, voucher.VoucherIssued, voucher.VoucherExpired),
        (a_voucher, voucher.VoucherIssued, voucher.VoucherRevoked),
        (enrolment, package.EnrolmentProposed, package.EnrolmentCompleted),
        (enrolment, package.EnrolmentProposed, package.EnrolmentFailed),
        (enrolment, package.EnrolmentProposed, package.EnrolmentWithdrawn),
        (enrolment, package.EnrolmentProposed, package.EnrolmentCancelled),
    ],
)
def test_a_year_after_the_last_matter_closed_the_client_is_dormant_CLIENT_4(
    facts: Callable[..., Any], opened: Any, closed: Any, hands: Hands, own_session: Session
) -> None:
    client = hands.register()

    def tell(kind: Any, version: int) -> None:
        apply_fact(own_session, facts(kind, client.uid, version), hands.at)
        own_session.commit()

    tell(opened, 1)
    later(hands, own_session, 400)
    assert state(hands, client) == "ACTIVE"
    tell(closed, 3)
    tell(opened, 2)
    later(hands, own_session, 364)
    assert state(hands, client) == "ACTIVE"
    later(hands, own_session, 1)
    assert state(hands, client) == "DORMANT"
    later(hands, own_session, 1)
    assert own_session.scalar(text("select count(*) from outbox where routing_key like '%.ClientDormant'")) == 1


def test_an_assessment_under_way_or_recent_keeps_the_client_awake_and_a_new_one_wakes_CLIENT_4(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    later(hands, own_session, 400)
    assert state(hands, client) == "ACTIVE"
    reason = assessment_pb2.ASSESSMENT_CANCEL_REASON_CLIENT_WITHDREW
    hands.call(assessment_service_pb2.CancelAssessmentRequest(name=made.name, reason=reason))
    later(hands, own_session, 364)
    assert state(hands, client) == "ACTIVE"
    later(hands, own_session, 1)
    assert state(hands, client) == "DORMANT"
    hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    assert state(hands, client) == "ACTIVE"


def test_only_active_clients_fall_dormant_CLIENT_4(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    later(hands, own_session, 1000)
    assert state(hands, client) == "REGISTERED"
