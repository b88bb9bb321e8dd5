"""What other services tell of a client that relationships follow from, and what relationships there are then."""

from typing import Any
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import events_pb2, relationship_pb2
from sote.client.v1 import relationship_service_pb2 as rel
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import voucher_pb2
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P01, P07, Hands

PLAN, VOUCHER, STEP = (str(UUID(int=number)) for number in (71, 72, 73))


def kinds(hands: Hands, client: Any, organisation: UUID = P07, **asked: Any) -> set[str]:
    """The kinds of relationships that hold."""
    request = rel.CheckRelationshipRequest(client_id=client.uid, organisation_id=str(organisation), **asked)
    found = hands.call(request, role="SYS").kinds
    return {relationship_pb2.RelationshipKind.Name(one).removeprefix("RELATIONSHIP_KIND_") for one in found}


def facts(session: Session, name: str) -> list[Any]:
    query = text("select body from outbox where routing_key = :name order by id")
    kind = getattr(events_pb2, name)
    return [kind.FromString(body).relationship for body in session.scalars(query, {"name": f"sote.client.v1.{name}"})]


def plan(client: Any, version: int, status: str, state: str = "") -> careplan.PlanFacts:
    """A plan of the enterprise, with one service of P07 when it has a state."""
    service = careplan.PlanServiceFacts(
        plan_service_id=str(UUID(int=74)),
        provider_id=str(P07),
        state=plan_pb2.PlanServiceState.Value(f"PLAN_SERVICE_STATE_{state or 'PLANNED'}"),
    )
    return careplan.PlanFacts(
        plan_id=PLAN,
        client_id=client.uid,
        operator_organisation_id=str(P01),
        state=plan_pb2.PlanState.Value(f"PLAN_STATE_{status}"),
        services=[service] if state else [],
        version=version,
    )


def life(client: Any) -> list[Any]:
    """What a plan tells from its draft to its end."""
    return [
        careplan.PlanDrafted(plan=plan(client, 1, "DRAFT")),
        careplan.PlanConsultationStarted(plan=plan(client, 2, "CONSULTATION", "PLANNED")),
        careplan.ConsultationRequested(plan_id=PLAN, client_id=client.uid, provider_id=str(P07)),
        careplan.PlanActivated(plan=plan(client, 3, "ACTIVE", "ASSIGNED")),
        careplan.PlanServiceCompleted(plan=plan(client, 4, "ACTIVE", "COMPLETED")),
        careplan.PlanClosed(plan=plan(client, 5, "CLOSED", "COMPLETED")),
    ]  # fmt: skip


def tell(hands: Hands, session: Session, event: Message) -> None:
    """Let the service hear of the fact; one that comes too early is dropped."""
    try:
        apply_fact(session, event, hands.at)
    except NotYet:
        session.rollback()
        return
    session.commit()


def a_voucher(client: Any, version: int, status: str, provider: UUID | None = P07) -> voucher.VoucherFacts:
    return voucher.VoucherFacts(
        voucher_id=VOUCHER,
        client_id=client.uid,
        provider_id=str(provider) if provider else "",
        state=voucher_pb2.VoucherState.Value(f"VOUCHER_STATE_{status}"),
        version=version,
    )
