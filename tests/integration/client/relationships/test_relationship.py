"""S1.42: relationships open and close with what they come from, in whatever order it is heard."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import grpc
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from sote.careplan.v1 import chain_pb2
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import assessment_pb2, assessment_service_pb2, contact_pb2, contact_service_pb2, relationship_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.client.v1 import relationship_service_pb2 as rel
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P01, P02, P07, U02, U10, Hands, day
from tests.builders.client.relationships import STEP, a_voucher, facts, kinds, life, plan, tell

Code = grpc.StatusCode
Refused = Callable[..., tuple[grpc.StatusCode, str]]


def test_a_plan_ties_its_operator_and_its_providers_S1_42_RELATIONSHIP_3(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    seen = []
    for event in life(client):
        for _ in range(2):
            tell(hands, own_session, event)
        seen.append((kinds(hands, client, P01), kinds(hands, client)))
    operator = {"PLAN_OPERATOR"}
    assert seen == [
        (operator, set()),
        (operator, {"CONSULTATION"}),
        (operator, {"CONSULTATION"}),
        (operator, {"PLAN_SERVICE"}),
        (operator, set()),
        (operator, set()),
    ]
    hands.at += timedelta(days=30)
    assert kinds(hands, client, P01) == operator
    hands.at += timedelta(days=1)
    assert kinds(hands, client, P01) == set()
    assert len(facts(own_session, "RelationshipOpened")) == len(facts(own_session, "RelationshipClosed")) == 3
    last = facts(own_session, "RelationshipClosed")[-1]
    assert (last.kind, last.state) == (
        relationship_pb2.RELATIONSHIP_KIND_PLAN_OPERATOR, relationship_pb2.RELATIONSHIP_STATE_ENDING,
    )  # fmt: skip
    assert (last.from_date, last.to_date, last.version) == (day("2025-01-07"), day("2025-02-06"), 2)


@pytest.mark.parametrize("cut", [4, 6], ids=["in force", "closed"])
def test_whatever_the_order_a_plan_ends_in_the_same_relationships_GUARANTEE_5(
    cut: int, hands: Hands, own_session: Session
) -> None:
    codes = iter(["140318A913J", "010190-999W", "010594Y9032", "020594X903P"])
    ends = []
    for order in ([0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 0, 5, 2, 1, 4], [0, 3, 2, 1, 5, 4]):
        client = hands.register(next(codes))
        events = life(client)[:cut]
        for event in events:
            if isinstance(event, careplan.ConsultationRequested):
                event.plan_id = client.uid
            else:
                event.plan.plan_id = client.uid
        for place in [place for place in order if place < cut] + [2]:
            tell(hands, own_session, events[place])
        ends.append((kinds(hands, client, P01) - {"PLAN_OPERATOR"}, kinds(hands, client)))
    assert ends == [(set(), {"PLAN_SERVICE"} if cut == 4 else set())] * 4


def test_an_operator_changed_ends_at_once_S1_42_ACCESS_15(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    tell(hands, own_session, life(client)[0])
    changed = plan(client, 2, "ACTIVE")
    changed.operator_organisation_id, changed.operator_unit_id = str(P02), str(U10)
    tell(hands, own_session, careplan.PlanOperatorChanged(plan=changed))
    assert (kinds(hands, client, P01), kinds(hands, client, P02)) == (set(), {"PLAN_OPERATOR"})
    assert kinds(hands, client, P02, unit_id=str(U10)) == {"PLAN_OPERATOR"}
    assert kinds(hands, client, P02, unit_id=str(U02)) == set()


def test_who_is_consulted_in_a_review_is_tied_until_it_ends_S1_42_RELATIONSHIP_4(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    asked = life(client)[2]
    with pytest.raises(NotYet):
        apply_fact(own_session, asked, hands.at)
    own_session.rollback()
    review = careplan.PlanReviewStarted(plan=plan(client, 4, "UNDER_REVIEW"))
    for told in (review, asked, asked):
        tell(hands, own_session, told)
    assert kinds(hands, client) == {"CONSULTATION"}
    tell(hands, own_session, careplan.PlanReviewCancelled(plan=plan(client, 5, "ACTIVE")))
    tell(hands, own_session, asked)
    assert kinds(hands, client) == set()


@pytest.mark.parametrize(
    ("name", "status", "provider"),
    [
        ("VoucherDeclined", "ISSUED", None),
        ("VoucherRerouteStarted", "REROUTING", None),
        ("VoucherSettled", "SETTLED", P07),
        ("VoucherExpired", "EXPIRED", P07),
        ("VoucherRevoked", "REVOKED", P07),
    ],
)
def test_a_voucher_ties_its_provider_until_it_is_over_S1_42(
    name: str, status: str, provider: UUID | None, hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    reserved = voucher.VoucherReserved(voucher=a_voucher(client, 2, "RESERVED"))
    over = getattr(voucher, name)(voucher=a_voucher(client, 3, status, provider))
    tell(hands, own_session, reserved)
    assert kinds(hands, client) == {"VOUCHER"}
    for _ in range(2):
        tell(hands, own_session, over)
    assert kinds(hands, client) == set()
    tell(hands, own_session, reserved)
    assert kinds(hands, client) == set()


def test_a_revoked_voucher_ties_its_provider_while_claims_are_taken_S1_42(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    closing = voucher.VoucherRevoked(voucher=a_voucher(client, 4, "CLOSING"))
    tell(hands, own_session, closing)
    assert kinds(hands, client) == {"VOUCHER"}


@pytest.mark.parametrize("name", ["Closed", "Returned", "Cancelled"])
def test_a_referral_ties_its_target_until_the_loop_is_closed_S1_42_RELATIONSHIP_7(
    name: str, hands: Hands, own_session: Session
) -> None:
    client = hands.register()

    def step(status: str, version: int) -> careplan.ChainStepFacts:
        return careplan.ChainStepFacts(
            chain_step_id=STEP,
            client_id=client.uid,
            from_organisation_id=str(P02),
            to_organisation_id=str(P07),
            state=chain_pb2.ChainStepState.Value(f"CHAIN_STEP_STATE_{status}"),
            version=version,
        )

    sent = careplan.ChainSent(step=step("SENT", 1))
    over = getattr(careplan, f"Chain{name}")(step=step(name.upper(), 2))
    tell(hands, own_session, sent)
    assert (kinds(hands, client), kinds(hands, client, P02)) == ({"REFERRAL"}, set())
    tell(hands, own_session, over)
    tell(hands, own_session, sent)
    assert kinds(hands, client) == set()


def test_an_assessment_ties_the_enterprise_and_thirty_days_longer_S1_42_RELATIONSHIP_2(hands: Hands) -> None:
    client = hands.register()
    hands.meet(client, P02)
    made = hands.call(
        assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid), role="HSP", organisation=P02
    )
    assert kinds(hands, client, P01) == {"ASSESSMENT"}
    reason = assessment_pb2.ASSESSMENT_CANCEL_REASON_CLIENT_WITHDREW
    hands.call(assessment_service_pb2.CancelAssessmentRequest(name=made.name, reason=reason))
    hands.at += timedelta(days=30)
    assert kinds(hands, client, P01) == {"ASSESSMENT"}
    hands.at += timedelta(days=1)
    assert kinds(hands, client, P01) == set()
    assert kinds(hands, client, P01, day=day("2025-01-20")) == {"ASSESSMENT"}


def test_an_assessment_initiated_before_the_enterprise_was_known_ties_it_from_the_start_S1_42(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    own_session.execute(text("update provider_copy set county_enterprise = false"))
    own_session.commit()
    made = hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    assert kinds(hands, client, P01) == set()
    own_session.execute(text("update provider_copy set county_enterprise = (provider_id = :one)"), {"one": P01})
    own_session.commit()
    hands.call(hands.starting(made))
    assert kinds(hands, client, P01) == {"ASSESSMENT"}


def test_a_contact_ties_whoever_had_it_for_seven_days_S1_42_RELATIONSHIP_9(hands: Hands, own_session: Session) -> None:
    client = hands.register()
    request = contact_service_pb2.RecordContactRequest(
        client_id=client.uid,
        unit_id=str(U10),
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        initiator=contact_pb2.CONTACT_INITIATOR_SELF,
    )
    hands.call(request, role="HSP", organisation=P02)
    hands.call(request, role="CLI", subject=client.uid, organisation="county")
    (fact,) = facts(own_session, "RelationshipOpened")
    assert (fact.to_date, fact.unit_id) == (day("2025-01-14"), str(U10))
    assert not facts(own_session, "RelationshipClosed")
    hands.at += timedelta(days=7)
    assert kinds(hands, client, P02) == {"GUIDANCE"}
    hands.at += timedelta(days=1)
    assert kinds(hands, client, P02) == set()


def test_a_client_who_leaves_has_no_relationship_and_gets_none_PROCESS_D6_INV_16(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    hands.call(assessment_service_pb2.InitiateAssessmentRequest(client_id=client.uid))
    for told in life(client)[:4]:
        tell(hands, own_session, told)
    assert kinds(hands, client, P01) == {"ASSESSMENT", "PLAN_OPERATOR"}
    hands.call(pb.RecordDeathRequest(name=client.name, deceased_date=day("2025-01-06")), role="SYS")
    assert (kinds(hands, client, P01), kinds(hands, client)) == (set(), set())
    late = plan(client, 9, "ACTIVE", "IN_DELIVERY")
    tell(hands, own_session, careplan.PlanProviderAssigned(plan=late))
    assert kinds(hands, client) == set()
    closed = [one for one in facts(own_session, "RelationshipClosed") if one.to_date == day("2025-01-07")]
    assert {one.state for one in closed} == {relationship_pb2.RELATIONSHIP_STATE_CLOSED}
    hands.at += timedelta(days=1)
    assert kinds(hands, client, day=day("2025-01-07")) == {"CONSULTATION", "PLAN_SERVICE"}


def test_no_relationship_and_no_such_client_are_one_answer_INV_14(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    asked = {"organisation_id": str(P07)}
    answers = [
        hands.call(rel.CheckRelationshipRequest(client_id=uid, **asked), role="PRV", organisation=P07)
        for uid in (client.uid, str(uuid4()))
    ]
    assert answers[0] == answers[1] == rel.CheckRelationshipResponse()
    other = rel.CheckRelationshipRequest(client_id=client.uid, **asked)
    for role in ("PRV", "HSP", "HOP"):
        assert refused(other, role=role, organisation=P02) == (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")


def test_a_client_lists_the_own_relationships_a_page_at_a_time_ACCESS_3(hands: Hands, refused: Refused) -> None:
    client = hands.register()
    for _ in range(3):
        hands.call(
            contact_service_pb2.RecordContactRequest(
                client_id=client.uid,
                channel=contact_pb2.CONTACT_CHANNEL_PHONE,
                initiator=contact_pb2.CONTACT_INITIATOR_SELF,
            )
        )
    request = rel.ListRelationshipsRequest(client_id=client.uid, page_size=2)
    first = hands.call(request, role="CLI", subject=client.uid, organisation="county")
    request.page_token = first.next_page_token
    rest = hands.call(request, role="CLI", subject=client.uid, organisation="county")
    assert [len(first.relationships), len(rest.relationships), rest.next_page_token] == [2, 1, ""]
    assert refused(request, role="CLI", subject=str(uuid4())) == (Code.PERMISSION_DENIED, "NO_RELATIONSHIP")
    assert refused(request, role="HSP") == (Code.PERMISSION_DENIED, "ROLE_NOT_ALLOWED")


def test_one_is_open_for_an_organisation_unit_kind_and_source_RELATIONSHIP_1(
    hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    tell(hands, own_session, life(client)[0])
    copied = "client_id, kind, organisation_id, source_id, from_date, state, version"
    copied += ", county_scheme, county_code, created_at, created_by, updated_at"
    twin = f"insert into relationship (id, {copied}) select gen_random_uuid(), {copied} from relationship"
    with pytest.raises(IntegrityError, match="uq_relationship_open"):
        own_session.execute(text(twin))
