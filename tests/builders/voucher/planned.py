"""A voucher for a line of a plan, and the plan's next versions as the bus brings them."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.chassis.values import day
from services.voucher.bus import VoucherBus
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.neighbours import client
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.type.v1 import care_pb2
from tests.builders.voucher.county import FIRST, LAST, World

STATUS = "PLAN_SERVICE_STATE_"


class RulesBus(VoucherBus):
    """The handlers with the county's rules."""

    county = "MAAKUNTA_2017:06"
    rules = Rules()


class Planned(World):
    """The coaching as the one line of a plan."""

    plan_id: UUID
    service_id: UUID
    fact_version: int

    def planned(self) -> "Planned":
        """Version 1 is in force and the service awaits the client's choice."""
        self.plan_id, self.service_id, self.fact_version = uuid4(), uuid4(), 0
        self.told()
        granted = (self.decision_id, self.assessment_id, self.client_id, self.service, "GRANTED", 20)
        client.keep_decision(self.session, DecisionCopy(*granted, date(2025, 1, 1), date(2025, 6, 30), 2))
        RulesBus().on_version_activated(self.session, careplan.PlanActivated(plan=self.facts_of(1)), self.now)
        return self

    def facts_of(
        self, major: int, *, plan_status: str = "ACTIVE", fact_version: int = 0, **line: Any
    ) -> careplan.PlanFacts:
        """The plan with its line, the next fact of it unless an earlier number is told; in force `since`, if told."""
        self.fact_version += 1
        told: dict[str, Any] = {
            "state": "AWAITING_CHOICE",
            "first": FIRST,
            "last": LAST,
            "units": 15,
            "code": self.service,
        }
        told |= line
        service = careplan.PlanServiceFacts(
            plan_service_id=str(self.service_id),
            service_code=told["code"],
            arrangement=care_pb2.ARRANGEMENT_VOUCHER,
            units=told["units"],
            unit=care_pb2.CARE_UNIT_SESSION,
            from_date=day(told["first"]),
            to_date=day(told["last"]),
            modes=told.get("modes", []),
            state=plan_pb2.PlanServiceState.Value(f"{STATUS}{told['state']}"),
        )
        return careplan.PlanFacts(
            plan_id=str(self.plan_id),
            client_id=str(self.client_id),
            state=plan_pb2.PlanState.Value(f"PLAN_STATE_{plan_status}"),
            major=major,
            services=[service],
            version=fact_version or self.fact_version,
            in_force_from=day(told.get("since")),
        )

    def on(self, day: date) -> "Planned":
        """The same plan on another day."""
        super().on(day)
        return self

    def version(self, major: int, **line: Any) -> None:
        """The next MAJOR version came into force today."""
        fact = careplan.PlanVersionActivated(plan=self.facts_of(major, **line))
        RulesBus().on_version_activated(self.session, fact, self.now)

    def issued(self) -> Voucher:
        """The voucher of the line, for as much as it plans."""
        return self.issue(self.draft())

    def accepted(self) -> Voucher:
        """The same at the coach."""
        return self.active()
