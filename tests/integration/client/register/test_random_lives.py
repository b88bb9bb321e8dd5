"""Whatever befalls a client, whatever is told of one, in any order and twice: INV-16 and the ties of RELATIONSHIP-1
hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.vault import Vault
from services.chassis.weekdays import FINLAND
from services.client.bus import ClientBus
from services.client.domain.clients.client import CLOSED, ClientState
from services.client.domain.clients.people import ContactData, Person
from services.client.domain.contacts import Channel, ContactReport, Initiator
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.domain.relationships.sources import ties_of_plan
from services.client.domain.representatives.representative import RepresentativeKind, RepresentedMatters
from services.client.domain.rules import Rules
from services.client.operations.assessments.initiate_assessment import initiate_assessment
from services.client.operations.contacts.record_contact import record_contact
from services.client.operations.register.correct_client_status import correct_client_status
from services.client.operations.register.merge_client import merge_client
from services.client.operations.register.move_back_client import move_back_client
from services.client.operations.register.move_out_client import move_out_client
from services.client.operations.register.record_death import record_death
from services.client.operations.register.register_client import register_client
from services.client.operations.representatives.add_representative import add_representative
from services.client.storage import assessments, choices, deadlines, relationships, representatives
from services.client.storage.clients import client as clients
from services.client.wire.relationships.sources import plan_copy
from services.kernel.refusal import Refusal
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import voucher_pb2
from tests.builders.client.bus import apply_fact
from tests.builders.client.county import P01, P02, P07, tell_county

MERGED = ClientState.MERGED
NOW = datetime(2025, 1, 7, 8, 0, tzinfo=UTC)
BUS = ClientBus()
CALL = ContactReport(
    channel=Channel.PHONE,
    unit_id=None,
    initiator=Initiator.SELF,
    urgent=False,
    text="",
    received_at=None,
    child_welfare=False,
)
RULES = Rules(municipalities=frozenset({"837"}))
BUS.rules = RULES
VAULT = Vault({1: bytes(32)}, place="identity_code.sealed", index=bytes(32))
COUNTY = Caller("official", "CSW", str(P01), "", "MAAKUNTA_2017:06")
HOME = ContactData(municipality_code="837")
PLAN_STATES = ["DRAFT", "CONSULTATION", "ACTIVE", "UNDER_REVIEW", "CLOSED", "CANCELLED"]
SERVICE_STATES = ["PLANNED", "ASSIGNED", "IN_DELIVERY", "REROUTE", "COMPLETED"]
VOUCHER_STATES = ["ISSUED", "RESERVED", "ACTIVE", "REROUTING", "CLOSING", "SETTLED", "REVOKED"]
COMMANDS = ["move_out", "die", "correct", "move_back", "merge", "assess", "contact", "represent", "plan", "voucher"]
COMMAND = some.tuples(some.sampled_from(COMMANDS), some.integers(0, 1), some.integers(0, 5), some.integers(0, 9))
FACT = some.tuples(some.sampled_from(PLAN_STATES), some.sampled_from(SERVICE_STATES), some.sampled_from([P02, P07]))
LIMITS = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def plan_facts(client_id: UUID, plan_id: UUID, told: tuple[str, str, UUID], version: int) -> careplan.PlanFacts:
    status, service, provider = told
    line = careplan.PlanServiceFacts(
        plan_service_id=str(plan_id),
        provider_id=str(provider),
        state=plan_pb2.PlanServiceState.Value(f"PLAN_SERVICE_STATE_{service}"),
    )
    return careplan.PlanFacts(
        plan_id=str(plan_id),
        client_id=str(client_id),
        operator_organisation_id=str(P01),
        state=plan_pb2.PlanState.Value(f"PLAN_STATE_{status}"),
        services=[line],
        version=version,
    )


@dataclass
class Town:
    """Two clients, and what other services told of each."""

    db: Session
    now: datetime = NOW
    ids: list[UUID] = field(default_factory=list)

    def settle(self) -> "Town":
        for _ in range(2):
            self.now += timedelta(minutes=1)
            made = register_client(
                self.db, code="", temporary_reason="unconscious", prospect_id=None,
                person=Person(birth_date=date(1980, 5, 9)), contact_data=HOME, urgent_need=False, etag="",
                vault=VAULT, rules=RULES, caller=COUNTY, now=self.now, new_id=uuid4,
            )  # fmt: skip
            self.ids.append(made.id)
        return self

    def do(self, command: str, which: int, state: int, version: int) -> None:
        """One command or fact, as its operation or handler takes it."""
        self.now += timedelta(minutes=1)
        uid, other, day = self.ids[which], self.ids[1 - which], helsinki_date(self.now)
        act: dict[str, Callable[[], Any]] = {
            "move_out": lambda: move_out_client(self.db, client_id=uid, day=day, county="", etag="", now=self.now),
            "die": lambda: record_death(self.db, client_id=uid, day=day, etag="", now=self.now),
            "correct": lambda: correct_client_status(self.db, client_id=uid, etag="", rules=RULES, now=self.now),
            "move_back": lambda: move_back_client(
                self.db, client_id=uid, contact_data=HOME, etag="", rules=RULES, now=self.now
            ),
            "merge": lambda: merge_client(self.db, client_id=uid, target_id=other, etag="", rules=RULES, now=self.now),
            "assess": lambda: self.assess(uid),
            "contact": lambda: record_contact(
                self.db, client_id=uid, prospect=None, report=CALL, rules=RULES, calendar=FINLAND,
                caller=COUNTY, now=self.now, new_id=uuid4,
            ),
            "represent": lambda: self.represent(uid, other, list(RepresentativeKind)[state % 4]),
            "plan": lambda: apply_fact(
                self.db,
                careplan.PlanActivated(
                    plan=plan_facts(uid, UUID(int=uid.int ^ 1), (PLAN_STATES[state], "ASSIGNED", P07), version)
                ),
                self.now,
                bus=BUS,
            ),
            "voucher": lambda: apply_fact(
                self.db,
                voucher.VoucherReserved(
                    voucher=voucher.VoucherFacts(
                        voucher_id=str(UUID(int=uid.int ^ 2)), client_id=str(uid), provider_id=str(P07),
                        state=voucher_pb2.VoucherState.Value(f"VOUCHER_STATE_{VOUCHER_STATES[state]}"), version=version,
                    )
                ),
                self.now,
                bus=BUS,
            ),
        }  # fmt: skip
        act[command]()

    def represent(self, uid: UUID, by: UUID, kind: RepresentativeKind) -> None:
        add_representative(
            self.db, client_id=uid, kind=kind, matters=RepresentedMatters.ALL, representative_client_id=by,
            person=None, from_date=None, to_date=None, vault=VAULT, caller=COUNTY, now=self.now, new_id=uuid4(),
        )  # fmt: skip

    def assess(self, uid: UUID) -> None:
        initiate_assessment(
            self.db, client_id=uid, contact_id=None, grounds=(), repeat_reason="again", rules=RULES,
            calendar=FINLAND, caller=COUNTY, now=self.now, new_id=uuid4,
        )  # fmt: skip

    def check(self) -> None:
        """INV-16, PROCESS-D6: a client who left has nothing open, and nothing is opened for one."""
        today = helsinki_date(self.now)
        for uid in self.ids:
            if clients.get_client(self.db, uid).state not in CLOSED:
                continue
            assert relationships.holding(self.db, uid, today) == []
            assert assessments.under_way(self.db, uid) is None
            assert not choices.in_force(self.db, uid)
            assert not deadlines.running(self.db, uid)
            assert representatives.in_force(self.db, uid) == []
            with pytest.raises(Refusal, match="no new matters"):
                self.assess(uid)


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    opened = session("client")
    tell_county(opened)
    return opened


@contextmanager
def undone(db: Session) -> Iterator[Town]:
    """A town of an example, which is rolled back after it whatever happened."""
    example = db.begin_nested()
    try:
        yield Town(db).settle()
    finally:
        example.rollback()
        db.expire_all()


@LIMITS
@given(steps=some.lists(COMMAND, min_size=5, max_size=12))
def test_whatever_happens_a_closed_client_has_nothing_open_INV_16_PROCESS_D6(
    db: Session, steps: list[tuple[str, int, int, int]]
) -> None:
    with undone(db) as town:
        for step in steps:
            before = [clients.get_client(db, uid).state for uid in town.ids]
            with suppress(Refusal, IntegrityError), db.begin_nested():
                town.do(*step)
            after = [clients.get_client(db, uid).state for uid in town.ids]
            town.check()
            gone = [one for was, one in zip(before, after, strict=True) if was is MERGED]
            assert gone == [MERGED] * before.count(MERGED)


@LIMITS
@given(states=some.lists(FACT, min_size=1, max_size=4), seed=some.integers(0, 1000))
def test_in_any_order_and_twice_the_newest_facts_decide_S1_42_GUARANTEE_5(
    db: Session, states: list[tuple[str, str, UUID]], seed: int
) -> None:
    with undone(db) as town:
        plan_ids = uuid4(), uuid4()
        in_order, shuffled = (
            [plan_facts(uid, plan, told, version) for version, told in enumerate(states, start=1)]
            for uid, plan in zip(town.ids, plan_ids, strict=True)
        )
        shuffled *= 2
        Random(seed).shuffle(shuffled)
        for facts in (*in_order, *shuffled):
            apply_fact(db, careplan.PlanProviderAssigned(plan=facts), NOW, bus=BUS)
        found = [{one.tie for one in relationships.held(db, plan)} for plan in plan_ids]
        newest = ties_of_plan(plan_copy(in_order[-1]), ())
        assert [lasting(ties) for ties in found] == [lasting(newest)] * 2


def lasting(ties: Any) -> set[Tie]:
    """All but consultations: who is asked during a review is told one by one, and lasts as long as it."""
    return {tie for tie in ties if tie.kind is not RelationshipKind.CONSULTATION}
