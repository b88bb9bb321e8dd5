"""Whatever plan, decision, clock, provider and finance do to a voucher: money and days hold (INV-06 to INV-11)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from google.type.date_pb2 import Date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.values import day as told_day
from services.kernel.refusal import Refusal
from services.voucher.domain.claims.redemption import NOT_COUNTED, Redemption, RedemptionState
from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.claims.reversal import ReversalReason
from services.voucher.domain.neighbours.provider import SanctionCopy
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.spending.settlement import ItemKind
from services.voucher.domain.vouchers.states import ENDED
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.extend_voucher import extend_voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.claims.reroute_voucher import reroute_voucher
from services.voucher.operations.claims.reverse_redemption import reverse_redemption
from services.voucher.operations.claims.service_days import days_of
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.claims.reversal import reversals
from services.voucher.storage.neighbours.sanction import keep_sanction
from services.voucher.storage.spending.settlement import items
from services.voucher.views.outlook.proof import prove_ledger
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import client_pb2, decision_pb2
from sote.client.v1 import events_pb2 as client
from tests.builders.voucher.planned import Planned, RulesBus
from tests.builders.voucher.settlements import pay

pytestmark = pytest.mark.integration

START = date(2025, 3, 3)
VERBS = [
    "claim",
    "claim",
    "claim",
    "claim",
    "pay",
    "pay",
    "version",
    "gone",
    "reverse",
    "leave",
    "choose",
    "extend",
    "wait",
]
VERBS += ["decision", "pause", "sanction"]
Step = tuple[str, int, int]
lives = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 45), st.integers(1, 20)), min_size=14, max_size=22)


class Life:
    """One voucher of a plan, two providers, and everybody who acts on it."""

    def __init__(self, session: Session) -> None:
        self.world = Planned(session).planned()
        self.other = uuid4()
        self.world.add_coach(self.other, price=84_00)
        self.voucher: Voucher = self.world.accepted()
        self.major, self.version = 1, 2
        self.over = False

    def take(self, step: Step) -> None:
        """Do it, or be refused."""
        verb, offset, number = step
        getattr(self, f"_{verb}")(START + timedelta(days=offset - 5), number)

    def _claim(self, day: date, number: int) -> None:
        who = self.voucher.provider_id or self.world.coach
        delivery = self.world.deliver(self.voucher, day=day, units=number % 4 + 1, provider_id=who)
        self.world.redeem(self.voucher, delivery, provider_id=who)

    def _version(self, day: date, number: int) -> None:
        self.major += 1
        self.world.version(self.major, units=number + 6, last=max(day, date(2025, 3, 25)))

    def _gone(self, day: date, number: int) -> None:
        if number > 17 and not self.over:
            self.over = True
            told = client.ClientFacts(
                client_id=str(self.world.client_id), state=client_pb2.CLIENT_STATE_DECEASED, version=50
            )
            fact = client.ClientDeceased(client=told, deceased_date=told_day(day))
            RulesBus().on_deceased(self.world.session, fact, self.world.now)

    def _pay(self, day: date, number: int) -> None:
        pay(self.world, self.world.coach if number % 2 else self.other)

    def _reverse(self, day: date, number: int) -> None:
        paid = select(Redemption).where(redemptions.c.state == RedemptionState.SETTLED).order_by(redemptions.c.id)
        if claim := self.world.session.scalars(paid).first():
            reason = ReversalReason.ERROR
            now = self.world.now
            reverse_redemption(
                self.world.session, redemption_id=claim.id, reason=reason, etag="", subject="fin", now=now
            )

    def _leave(self, day: date, number: int) -> None:
        reroute_voucher(
            self.world.session,
            voucher_id=self.voucher.id,
            cause=RerouteCause.CLIENT_CHANGE,
            cut_off=day,
            subject="official",
            rules=self.world.rules,
            now=self.world.now,
            new_id=uuid4(),
        )

    def _choose(self, day: date, number: int) -> None:
        who = self.other if number % 2 else self.world.coach
        self.world.guide(self.voucher)
        self.world.choose(self.voucher, provider_id=who)
        accept_voucher(
            self.world.session, voucher_id=self.voucher.id, provider_id=who, content_version=1, now=self.world.now
        )

    def _extend(self, day: date, number: int) -> None:
        extend_voucher(
            self.world.session,
            voucher_id=self.voucher.id,
            units=number,
            valid_to=max(day, self.voucher.valid_to),
            decision_id=None,
            official=self.world.official,
            rules=self.world.rules,
            now=self.world.now,
        )

    def _wait(self, day: date, number: int) -> None:
        self.world.pass_time(self.world.now.date() + timedelta(days=number // 3))
        self.world.session.refresh(self.voucher)

    def _decision(self, day: date, number: int) -> None:
        self.version += 1
        fact = client.DecisionChanged(
            decision_id=str(self.world.decision_id),
            assessment_id=str(self.world.assessment_id),
            client_id=str(self.world.client_id),
            service_code=self.world.service,
            outcome=decision_pb2.DECISION_OUTCOME_GRANTED,
            units=number,
            from_date=Date(year=2025, month=1, day=1),
            to_date=told_day(max(day, date(2025, 3, 5))),
            version=self.version,
            effective_date=told_day(day),
        )
        RulesBus().on_decision_changed(self.world.session, fact, self.world.now)

    def _pause(self, day: date, number: int) -> None:
        plan = self.world.facts_of(self.major)
        away: dict[str, Any] = {"plan_service_id": str(self.world.service_id), "from_date": told_day(day)}
        back = told_day(day + timedelta(days=number))
        fact = careplan.PlanServiceResumed(plan=plan, resumed_date=back, **away)
        RulesBus().on_service_paused(self.world.session, fact, self.world.now)

    def _sanction(self, day: date, number: int) -> None:
        until = day + timedelta(days=number)
        contract_id = self.voucher.contract_id or uuid4()
        keep_sanction(self.world.session, SanctionCopy(uuid4(), contract_id, number % 8 + 1, day, until, 1))

    def check(self) -> None:
        """What must hold after every step."""
        session, voucher = self.world.session, self.voucher
        session.flush()
        assert prove_ledger(session).differences == []
        days = days_of(session, [voucher], self.world.rules)[voucher.id]
        counted = redemptions.c.state.not_in(NOT_COUNTED)
        claims = session.scalars(select(Redemption).where(counted)).all()
        assert [one.service_date for one in claims if days.refuses(voucher, one.service_date)] == []
        assert sum(one.units for one in claims) == voucher.units_redeemed <= voucher.units_granted
        assert sum(one.county_share for one in claims) == voucher.redeemed_cents <= voucher.max_value
        if voucher.state in ENDED:
            assert self.world.balance(voucher) == Balance(spent=self.world.balance(voucher).spent)
        kept = select(func.coalesce(func.sum(items.c.amount), 0)).where(items.c.kind == ItemKind.REVERSAL.value)
        recovered = select(func.coalesce(func.sum(reversals.c.recovered), 0))
        assert -session.execute(kept).scalar_one() == session.execute(recovered).scalar_one()


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    return session("voucher")


@settings(
    derandomize=True,
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lives)
def test_money_and_days_hold_through_any_life_INV_06_INV_07_INV_09_INV_11(db: Session, steps: list[Step]) -> None:
    example = db.begin_nested()
    try:
        life = Life(db)
        for step in steps:
            try:
                with db.begin_nested():
                    life.take(step)
            except Refusal:
                db.refresh(life.voucher)
            life.check()
    finally:
        example.rollback()
        db.expunge_all()
