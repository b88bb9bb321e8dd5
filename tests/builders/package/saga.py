"""Process B across three services in this process: package, careplan and voucher hear one another's facts."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.stories.values import day
from services.careplan.bus import CareplanBus
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.rules import Rules as CareplanRules
from services.careplan.operations.enrolments.plan_waiting_items import plan_waiting_items
from services.chassis.bus import listenings
from services.chassis.database import outbox
from services.chassis.inbox import NotYet
from services.chassis.vault import Vault
from services.package.domain.enrolment import Enrolment
from services.voucher.bus import VoucherBus
from services.voucher.domain.purse.budget import Line
from services.voucher.domain.rules import Rules as VoucherRules
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.create_budget import create_budget
from sote.client.v1 import decision_pb2
from sote.client.v1 import events_pb2 as client
from tests.builders.careplan import acts
from tests.builders.careplan.county import World
from tests.builders.package.story import TAKEN, Story
from tests.builders.voucher import purse as money

FIRST, LAST = date(2025, 4, 1), date(2025, 9, 30)
VOUCHERS = ("SOC-FAM-HOME", "SOC-NEURO-COACH", "HLT-OT")
TASKS = ("LAPSIPERHE", "TERVEYS")


class Saga:
    """Story 1's enrolment with a plan and a purse that are real; `settle` carries facts until nobody says more."""

    def __init__(self, story: Story, careplan: Session, voucher: Session) -> None:
        self.story, self.now, self.later = story, story.now, timedelta()
        self.plans = World(careplan, now=self.now, ids=self._ids())
        self.purse = voucher
        self._sessions = {"package": story.session, "careplan": careplan, "voucher": voucher}
        self._read = dict.fromkeys(self._sessions, 0)
        given: dict[str, Any] = {
            "rules": VoucherRules(),
            "county": money.COUNTY,
            "vault": Vault({1: bytes(32)}, place="income_statement.sealed"),
        }
        buses = {
            "package": story.bus,
            "careplan": type("Bus", (CareplanBus,), {"rules": CareplanRules()})(),
            "voucher": type("Bus", (VoucherBus,), given)(),
        }
        self._handlers: dict[str, dict[str, Callable[..., None]]] = {
            service: {one.topic: getattr(bus, one.method) for one in listenings(type(bus))}
            for service, bus in buses.items()
        }
        for fact in story.facts:
            self._hear(fact, "careplan", "voucher")

    def _ids(self) -> dict[str, UUID]:
        providers = {code: UUID(found.uid) for code, found in self.story.loader.providers.items()}
        unit = UUID(self.story.loader.units["U02"])
        known = {"child": self.story.client_id, "assessment of child": self.story.assessment_id}
        return providers | known | {"U-P01": unit}

    def begin(self, *, families: int = 900_000, health: int = 900_000, granted: Iterable[str] = VOUCHERS) -> None:
        """A budget, a client with a need, and the decisions that vouchers rest on."""
        planned = create_budget(
            self.purse,
            fiscal_year=2025,
            lines=[
                Line(uuid4(), task, task, cents, tasks=(task,))
                for task, cents in zip(TASKS, (families, health), strict=True)
            ],
            caller=money.FIN,
            now=self.now,
            new_id=uuid4(),
        )
        approve_budget(self.purse, budget_id=planned.id, etag="", now=self.now)
        self.story.meet_client(performing_organisation_id=self.story.provider("P01"), plan_needed=True)
        for fact in self.story.facts[-2:]:
            self._hear(fact, "careplan", "voucher")
        for code in granted:
            self._hear(self._granted(code), "voucher")

    def _granted(self, code: str) -> client.DecisionMade:
        return client.DecisionMade(
            decision_id=str(uuid4()),
            assessment_id=str(self.story.assessment_id),
            client_id=str(self.story.client_id),
            service_code=code,
            outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
            units=100,
            from_date=day(FIRST),
            to_date=day(LAST),
            version=1,
        )

    def enrol(self, *mandatory: str) -> Enrolment:
        """The family centre, these items mandatory beside its own, proposed and accepted."""
        content = self.story.content()
        items = tuple(replace(one, mandatory=one.mandatory or one.item_code in mandatory) for one in content.items)
        package = self.story.publish(self.story.draft(content=replace(content, items=items)))
        taken = [code for code in TAKEN if code not in mandatory]
        return self.story.accept(self.story.propose(package, from_date=FIRST), taken)

    def draft(self) -> Plan:
        """The enterprise drafts the client's plan."""
        plan = acts.draft(self.plans)
        self.settle()
        return plan

    def put_into_force(self, plan: Plan, *without: str) -> None:
        """Everybody agrees, and the plan comes into force without these items."""
        gone = [line.plan_service_id for line in plan.drawn_up().services if line.item_code in without]
        acts.edit(self.plans, plan, remove_services=gone)
        for request in acts.consult(self.plans, plan):
            acts.answer(self.plans, request)
        acts.activate(self.plans, plan)
        self.settle()

    def settle(self, later: timedelta | None = None) -> None:
        """Carry every fact to whoever hears it, so much later, tried again while it comes too early."""
        later = self.later if later is None else later
        plan_waiting_items(self._sessions["careplan"], rules=CareplanRules(), now=self.now + later, new_id=uuid4)
        waiting: deque[tuple[str, Message]] = deque(self._told())
        early = 0
        while waiting:
            assert early <= len(waiting), [fact.DESCRIPTOR.name for _, fact in waiting]
            service, fact = waiting.popleft()
            if self._one(service, fact, self.now + later):
                early = 0
                waiting.extend(self._told())
            else:
                early += 1
                waiting.append((service, fact))

    def hear(self, fact: Message, *services: str) -> None:
        """A fact from elsewhere reaches these services, or all three."""
        self._hear(fact, *(services or self._sessions))

    def _told(self) -> list[tuple[str, Message]]:
        found: list[tuple[str, Message]] = []
        for service, session in self._sessions.items():
            session.flush()
            query = select(outbox).where(outbox.c.body.is_not(None), outbox.c.id > self._read[service])
            for row in session.execute(query.order_by(outbox.c.id)).all():
                self._read[service] = row.id
                kind = GetMessageClass(Default().FindMessageTypeByName(row.routing_key))
                fact = kind.FromString(bytes(row.body))
                found += [(other, fact) for other in self._sessions if row.routing_key in self._handlers[other]]
        return found

    def _hear(self, fact: Message, *services: str) -> None:
        for service in services:
            if fact.DESCRIPTOR.full_name in self._handlers[service]:
                self._one(service, fact, self.now)

    def _one(self, service: str, fact: Message, now: datetime) -> bool:
        session = self._sessions[service]
        try:
            with session.begin_nested():
                self._handlers[service][fact.DESCRIPTOR.full_name](session, fact, now)
                session.flush()
        except NotYet:
            return False
        return True
