"""What the service hears: copies keep the newest state, and matters opened elsewhere activate the client."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from google.protobuf.message import Message
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.client.bus import ClientBus
from services.client.domain.clients.client import ClientState
from services.client.storage.clients import client as clients
from services.client.storage.neighbours import catalogue
from services.client.storage.neighbours import provider as copies
from services.client.wire.relationships.sources import plan_copy
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import client_pb2, events_pb2
from sote.client.v1 import client_service_pb2 as pb
from sote.package.v1 import events_pb2 as package
from sote.provider.v1 import events_pb2 as provider
from sote.voucher.v1 import events_pb2 as voucher
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P01, P02, U01, U10, Hands, catalogue_facts, provider_facts

NOW = datetime(2025, 1, 7, 8, 0, tzinfo=UTC)
BUS = ClientBus()
MATTER = str(uuid4())


def plan_facts(client_id: str) -> careplan.PlanFacts:
    return careplan.PlanFacts(plan_id=MATTER, client_id=client_id, operator_organisation_id=str(P01), version=1)


def test_a_copy_of_a_provider_keeps_the_highest_version_OWNERSHIP_2(session: Callable[[str], Session]) -> None:
    own = session("client")
    newer = provider_facts(P01, "COUNTY_ENTERPRISE", {U01: "HSSC", U10: "OTHER"}, version=3)
    apply_fact(own, provider.ProviderUnitsChanged(provider=newer), NOW)
    older = provider_facts(P01, "VOUCHER", {U01: "OTHER"}, version=2)
    apply_fact(own, provider.ProviderApproved(provider=older), NOW)
    assert copies.is_enterprise(own, P01) is True
    assert copies.centres(own, [U01, U10]) == {U01: True, U10: False}
    assert copies.is_enterprise(own, P02) is None


@pytest.mark.parametrize("fact", ["Applied", "Approved", "Frozen", "Unfrozen", "Removed"])
def test_every_fact_of_a_provider_carries_all_of_it_OWNERSHIP_2(fact: str, session: Callable[[str], Session]) -> None:
    own = session("client")
    event = getattr(provider, f"Provider{fact}")(provider=provider_facts(P02, "DIRECT_CHOICE_HSSC", {U10: "HSSC"}))
    apply_fact(own, event, NOW)
    assert copies.centres(own, [U10]) == {U10: True}


def test_a_copy_of_the_catalogue_keeps_the_highest_version_OWNERSHIP_2(session: Callable[[str], Session]) -> None:
    own = session("client")
    for version in (2, 1):
        facts = catalogue_facts("HLT-OT", version=version)
        if version == 1:
            del facts.arrangements[:]
        apply_fact(own, provider.CatalogueServiceChanged(service=facts), NOW)
    assert len(catalogue.services(own, ["HLT-OT"])["HLT-OT"].arrangements) == 2


@pytest.mark.parametrize(
    "event",
    [
        lambda uid: careplan.PlanDrafted(plan=plan_facts(uid)),
        lambda uid: voucher.VoucherIssued(voucher=voucher.VoucherFacts(voucher_id=MATTER, client_id=uid, version=1)),
        lambda uid: package.EnrolmentProposed(
            enrolment=package.EnrolmentFacts(enrolment_id=MATTER, client_id=uid, version=1)
        ),
    ],
)
def test_a_matter_opened_elsewhere_activates_the_client_once_CLIENT_3(
    event: Callable[[str], Message], hands: Hands, own_session: Session
) -> None:
    client = hands.register()
    for _ in range(2):
        apply_fact(own_session, event(client.uid), NOW)
        own_session.commit()
    assert hands.call(pb.GetClientRequest(name=client.name)).state == client_pb2.CLIENT_STATE_ACTIVE
    query = text("select count(*) from outbox where routing_key = :name")
    assert own_session.scalar(query, {"name": events_pb2.ClientActivated.DESCRIPTOR.full_name}) == 1


def test_a_matter_of_a_client_not_here_yet_waits_CLIENT_3(session: Callable[[str], Session]) -> None:
    event = careplan.PlanDrafted(plan=plan_facts(str(uuid4())))
    with pytest.raises(NotYet):
        apply_fact(session("client"), event, NOW)


def test_a_matter_told_of_a_closed_client_changes_nothing_INV_16(hands: Hands, own_session: Session) -> None:
    client = clients.get_client(own_session, UUID(hands.register().uid))
    client.state = ClientState.DECEASED
    own_session.commit()
    event = careplan.PlanDrafted(plan=plan_facts(str(client.id)))
    apply_fact(own_session, event, NOW)
    assert clients.get_client(own_session, client.id).state is ClientState.DECEASED


def test_a_word_of_a_later_release_is_no_error(session: Callable[[str], Session]) -> None:
    own = session("client")
    facts = catalogue_facts("HLT-OT")
    facts.sector = 99  # type: ignore[assignment]
    facts.arrangements.append(99)  # type: ignore[arg-type]
    apply_fact(own, provider.CatalogueServiceChanged(service=facts), NOW)
    entry = catalogue.services(own, ["HLT-OT"])["HLT-OT"]
    assert (entry.sector, len(entry.arrangements)) == (None, len(facts.arrangements) - 1)
    later = careplan.PlanFacts(client_id=MATTER, plan_id=MATTER, operator_organisation_id=str(P01), state=99)  # type: ignore[arg-type]
    assert plan_copy(later).state == "UNKNOWN_99"
