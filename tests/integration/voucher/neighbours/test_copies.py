"""The neighbours' facts become copies: full state, newest version, any order, any number of times."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.chassis.bus import listenings
from services.kernel.care import Arrangement
from services.voucher.bus import VoucherBus
from services.voucher.domain.rules import Rules
from services.voucher.storage.neighbours import client, plan, provider
from sote.careplan.v1 import events_pb2 as careplan_events
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import client_pb2, decision_pb2, guidance_pb2
from sote.client.v1 import events_pb2 as client_events
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider_events
from sote.type.v1 import care_pb2, money_pb2

pytestmark = pytest.mark.integration

NOW = datetime(2025, 3, 3, 8, 0, tzinfo=UTC)
Hear = Callable[[Any], None]


class CountyBus(VoucherBus):
    """The bus as `__main__` makes it."""

    county = "MAAKUNTA_2017:06"
    rules = Rules()


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    return session("voucher")


@pytest.fixture
def hear(db: Session) -> Hear:
    """Give a fact to the handler that listens to it."""
    bus = CountyBus()
    by_topic: Mapping[str, str] = {one.topic: one.method for one in listenings(CountyBus)}

    def deliver(fact: Any) -> None:
        getattr(bus, by_topic[fact.DESCRIPTOR.full_name])(db, fact, NOW)

    return deliver


def day(value: date) -> Date:
    return Date(year=value.year, month=value.month, day=value.day)


def test_it_listens_to_every_fact_of_the_neighbours_that_carries_state_EVENT_1() -> None:
    heard = {one.topic for one in listenings(VoucherBus)}
    stateful = {
        message.full_name
        for module in (client_events, careplan_events, provider_events)
        for message in module.DESCRIPTOR.message_types_by_name.values()
        if any(name in message.fields_by_name for name in ("client", "plan", "provider", "service", "contract"))
    }
    # A contract before it is in force, what may become of it and a warning are nothing to a voucher: the next fact
    # carries all of it.
    assert stateful - heard <= {
        "sote.provider.v1.ContractDrafted",
        "sote.provider.v1.ContractConditionsAccepted",
        "sote.provider.v1.ContractLineChangeProposed",
        "sote.provider.v1.ContractLineChangeAgreed",
        "sote.provider.v1.ContractEndingSoon",
    }


def test_a_client_keeps_its_newest_state(db: Session, hear: Hear) -> None:
    client_id = uuid4()

    def facts(version: int, *flags: care_pb2.AttentionKind.ValueType) -> client_events.ClientFacts:
        active = client_pb2.CLIENT_STATE_ACTIVE
        return client_events.ClientFacts(client_id=str(client_id), state=active, attention=flags, version=version)

    flag = care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT
    hear(client_events.ClientAttentionChanged(client=facts(3, flag)))
    hear(client_events.ClientRegistered(client=facts(1)))
    hear(client_events.ClientAttentionChanged(client=facts(3, flag)))
    copy = client.find_client(db, client_id)
    assert copy is not None
    assert (copy.state, copy.attention, copy.version, copy.open) == ("ACTIVE", ("SPECIAL_SUPPORT",), 3, True)


@pytest.mark.parametrize("backwards", [False, True])
def test_an_assessment_withdrawn_stays_withdrawn_in_any_order(db: Session, hear: Hear, backwards: bool) -> None:
    assessment_id, client_id, organisation = (uuid4() for _ in range(3))
    one, whose = str(assessment_id), str(client_id)
    facts: list[Any] = [
        client_events.AssessmentCompleted(
            assessment_id=one,
            client_id=whose,
            performing_organisation_id=str(organisation),
            completed_date=day(date(2025, 2, 18)),
        ),
        client_events.AssessmentSuperseded(assessment_id=one, client_id=whose, successor_id=str(uuid4())),
    ]
    for fact in reversed(facts) if backwards else facts:
        hear(fact)
    copy = client.find_assessment(db, assessment_id)
    assert copy is not None
    assert (copy.performing_organisation_id, copy.completed_date, copy.withdrawn) == (
        organisation,
        date(2025, 2, 18),
        True,
    )


def test_decisions_and_guidance(db: Session, hear: Hear) -> None:
    decision_id, client_id, voucher_id = (uuid4() for _ in range(3))
    made = partial(
        client_events.DecisionMade,
        decision_id=str(decision_id),
        assessment_id=str(uuid4()),
        client_id=str(client_id),
        service_code="HLT-OT",
        units=20,
        from_date=day(date(2025, 3, 1)),
        to_date=day(date(2025, 12, 31)),
    )
    hear(made(outcome=decision_pb2.DECISION_OUTCOME_PARTLY, version=2))
    hear(made(outcome=decision_pb2.DECISION_OUTCOME_GRANTED, version=1))
    (decision,) = client.granted_decisions(db, client_id, today=date(2025, 12, 31))
    assert (decision.outcome, decision.units, decision.version) == ("PARTLY", 20, 2)
    assert client.granted_decisions(db, client_id, today=date(2026, 1, 1)) == []
    given = client_events.GuidanceGiven(
        guidance_id=str(uuid4()),
        client_id=str(client_id),
        kind=guidance_pb2.GUIDANCE_KIND_SUPPORT,
        voucher_id=str(voucher_id),
    )
    given.given_time.FromDatetime(NOW)
    hear(given)
    hear(given)
    other = client_events.GuidanceGiven(guidance_id=str(uuid4()), kind=guidance_pb2.GUIDANCE_KIND_ADVICE)
    hear(other)
    (guidance,) = client.guidance_for(db, voucher_id)
    assert (guidance.kind, guidance.given_time) == ("SUPPORT", NOW)


def plan_facts(plan_id: UUID, client_id: UUID, version: int, *services: UUID) -> careplan_events.PlanFacts:
    return careplan_events.PlanFacts(
        plan_id=str(plan_id),
        client_id=str(client_id),
        state=plan_pb2.PLAN_STATE_ACTIVE,
        version=version,
        services=[
            careplan_events.PlanServiceFacts(
                plan_service_id=str(one),
                service_code="SOC-FAM-HOME",
                arrangement=care_pb2.ARRANGEMENT_VOUCHER,
                units=40,
                unit=care_pb2.CARE_UNIT_HOUR,
                from_date=day(date(2025, 3, 1)),
                to_date=day(date(2025, 8, 31)),
                state=plan_pb2.PLAN_SERVICE_STATE_AWAITING_CHOICE,
            )
            for one in services
        ],
    )


def test_a_plan_keeps_the_services_of_its_newest_version(db: Session, hear: Hear) -> None:
    plan_id, client_id, first, second = (uuid4() for _ in range(4))
    hear(careplan_events.PlanVersionActivated(plan=plan_facts(plan_id, client_id, 5, second)))
    hear(careplan_events.PlanActivated(plan=plan_facts(plan_id, client_id, 3, first, second)))
    assert plan.find_plan_service(db, first) is None
    kept = plan.find_plan_service(db, second)
    assert kept is not None
    assert (kept.arrangement, kept.awaits_choice, kept.units, kept.to_date) == (
        Arrangement.VOUCHER,
        True,
        40,
        date(2025, 8, 31),
    )
    opened = plan.open_plan_of(db, client_id)
    assert opened is not None
    assert opened.version == 5


def test_a_delivery_is_kept_once(db: Session, hear: Hear) -> None:
    fact = careplan_events.DeliveryRecorded(
        delivery_id=str(uuid4()),
        client_id=str(uuid4()),
        voucher_id=str(uuid4()),
        provider_id=str(uuid4()),
        service_code="HLT-OT",
        service_date=day(date(2025, 3, 3)),
        units=2,
    )
    hear(fact)
    hear(fact)
    copy = plan.find_delivery(db, UUID(fact.delivery_id))
    assert copy is not None
    assert (copy.units, copy.plan_service_id, str(copy.voucher_id)) == (2, None, fact.voucher_id)


def test_a_provider_with_its_units(db: Session, hear: Hear) -> None:
    provider_id, unit_id = uuid4(), uuid4()
    unit = provider_pb2.UnitFacts(
        unit_id=str(unit_id), code="U16", modes=[care_pb2.DELIVERY_MODE_E_SERVICE], capacity=7
    )
    told = provider_events.ProviderFacts(
        provider_id=str(provider_id),
        business_id="9000007-0",
        display_name="Coaches Ltd",
        roles=[provider_pb2.PROVIDER_ROLE_VOUCHER],
        state=provider_pb2.PROVIDER_STATE_APPROVED,
        units=[unit],
        version=2,
    )
    hear(provider_events.ProviderApproved(provider=told))
    known = provider.find_provider(db, provider_id)
    assert known is not None
    assert (known.approved, known.units[0].capacity, known.units[0].modes) == (True, 7, ("E_SERVICE",))


def test_the_catalogue(db: Session, hear: Hear) -> None:
    service = provider_events.CatalogueFacts(
        service_code="SOC-NEURO-COACH",
        arrangements=[care_pb2.ARRANGEMENT_VOUCHER],
        unit=care_pb2.CARE_UNIT_SESSION,
        reference_price=money_pb2.Money(cents=85_00),
        fee_rule="FREE",
        task=care_pb2.SERVICE_TASK_LAPSIPERHE,
        version=1,
    )
    hear(provider_events.CatalogueServiceChanged(service=service))
    entry = provider.find_catalogue(db, "SOC-NEURO-COACH")
    assert entry is not None
    assert (entry.voucher_enabled, entry.reference_price_cents, entry.unit) == (True, 85_00, "SESSION")


def test_a_contract_with_its_lines(db: Session, hear: Hear) -> None:
    provider_id, unit_id, contract_id = (uuid4() for _ in range(3))
    line = contract_pb2.ServiceLineFacts(
        service_code="SOC-NEURO-COACH", unit_price=money_pb2.Money(cents=82_00), voucher=True, unit_ids=[str(unit_id)]
    )
    contract = provider_events.ContractFacts(
        contract_id=str(contract_id),
        number="SOP-06-000006",
        provider_id=str(provider_id),
        kind=contract_pb2.CONTRACT_KIND_VOUCHER,
        state=contract_pb2.CONTRACT_STATE_ACTIVE,
        valid_from=day(date(2025, 1, 1)),
        valid_to=day(date(2025, 12, 31)),
        lines=[line, line],
        version=3,
    )
    hear(provider_events.ContractActivated(contract=contract))
    (found,) = provider.contracts_of(db, provider_id)
    assert found in provider.voucher_contracts(db, "SOC-NEURO-COACH")
    assert (found.last_day, found.lines[0].unit_ids, len(found.lines)) == (date(2025, 12, 31), (unit_id,), 2)


def test_to_K9_a_choice_honours_what_becomes_of_a_contract_CONTRACT_4(db: Session, hear: Hear) -> None:
    provider_id, contract_id, active = uuid4(), uuid4(), contract_pb2.CONTRACT_STATE_ACTIVE
    line = contract_pb2.ServiceLineFacts(
        service_code="SOC-NEURO-COACH", unit_price=money_pb2.Money(cents=82_00), voucher=True
    )

    def facts(version: int, state: contract_pb2.ContractState.ValueType, **more: Any) -> provider_events.ContractFacts:
        values = {"lines": [line], "valid_from": day(date(2025, 1, 1)), "valid_to": day(date(2025, 12, 31))} | more
        return provider_events.ContractFacts(
            contract_id=str(contract_id), provider_id=str(provider_id), state=state, version=version, **values
        )

    def offered() -> list[tuple[date, list[int]]]:
        found = provider.voucher_contracts(db, "SOC-NEURO-COACH")
        mine = [one for one in found if one.contract_id == contract_id]
        return [(one.last_day, [held.unit_price_cents for held in one.lines]) for one in mine]

    hear(provider_events.ContractActivated(contract=facts(1, active)))
    cheaper = contract_pb2.ServiceLineFacts()
    cheaper.CopyFrom(line)
    cheaper.unit_price.cents = 80_00
    hear(provider_events.ContractLineChanged(contract=facts(4, active, lines=[cheaper])))
    assert offered() == [(date(2025, 12, 31), [80_00])]
    suspended, pause = contract_pb2.CONTRACT_STATE_SUSPENDED, contract_pb2.SuspensionFacts()
    pause.effective_date.CopyFrom(day(date(2025, 4, 14)))
    hear(provider_events.ContractSuspended(contract=facts(5, suspended, suspension=pause)))
    assert offered() == []
    hear(provider_events.ContractReinstated(contract=facts(6, active)))
    ends = day(date(2025, 6, 9))
    hear(provider_events.ContractNoticeGiven(contract=facts(7, active, termination_effective=ends)))
    assert offered() == [(date(2025, 6, 9), [82_00])]
    over = facts(8, contract_pb2.CONTRACT_STATE_TERMINATED, termination_effective=ends)
    hear(provider_events.ContractTerminated(contract=over, effective_date=ends))
    assert offered() == []
    hear(provider_events.ContractExpired(contract=facts(7, active), effective_date=ends))
    assert offered() == []


def test_a_word_of_a_later_release_is_carried_and_counts_as_none_of_this_one(db: Session, hear: Hear) -> None:
    later: Any = 99
    plan_id, client_id, service_id = uuid4(), uuid4(), uuid4()
    facts = plan_facts(plan_id, client_id, 1, service_id)
    facts.services[0].arrangement = later
    hear(careplan_events.PlanActivated(plan=facts))
    kept = plan.find_plan_service(db, service_id)
    assert kept is not None
    assert (kept.arrangement, kept.awaits_choice) == ("UNKNOWN_99", False)
    service = provider_events.CatalogueFacts(
        service_code="HLT-NEW", unit=later, arrangements=[care_pb2.ARRANGEMENT_VOUCHER, later], version=1
    )
    hear(provider_events.CatalogueServiceChanged(service=service))
    entry = provider.find_catalogue(db, "HLT-NEW")
    assert entry is not None
    assert (entry.unit, entry.arrangements, entry.voucher_enabled) == ("UNKNOWN_99", ("VOUCHER", "UNKNOWN_99"), False)
    hear(client_events.ClientRegistered(client=client_events.ClientFacts(client_id=str(client_id), state=later)))
    copy = client.find_client(db, client_id)
    assert copy is not None
    assert copy.state == "UNKNOWN_99"
