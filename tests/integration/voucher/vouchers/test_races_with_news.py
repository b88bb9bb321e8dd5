"""An issue meets news that its plan closed, its client died or its decision was taken back: nothing slips through."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier, Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from google.type.date_pb2 import Date
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from services.chassis.database import engine_from, sessions_from
from services.kernel.refusal import Refusal
from services.voucher.domain.claims.redemption import NOT_COUNTED
from services.voucher.domain.purse.ledger import Balance
from services.voucher.domain.spending.settlement import Settlement
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.vouchers.voucher import vouchers
from sote.careplan.v1 import events_pb2 as careplan
from sote.client.v1 import client_pb2, decision_pb2
from sote.client.v1 import events_pb2 as client
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.planned import Planned, RulesBus
from tests.builders.voucher.settlements import collect, confirm, send

pytestmark = pytest.mark.integration

Act = Callable[[Planned], Any]
PATIENCE = 20.0


class Meeting:
    """A committed plan with a draft, and transactions that meet on it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with self.session() as session:
            self.world = Planned(session).planned()
            self.draft_id: UUID = self.world.draft().id

    def session(self) -> Any:
        """A transaction that is committed at the end of the block."""
        return sessions_from(self.engine).begin()

    def mine(self, session: Session) -> Planned:
        """The world as another transaction sees it."""
        names = ("client_id", "assessment_id", "decision_id", "enterprise", "coach", "now")
        moved = Planned(session, **{name: getattr(self.world, name) for name in names})
        moved.plan_id, moved.service_id = self.world.plan_id, self.world.service_id
        moved.fact_version = self.world.fact_version + 50
        return moved

    def act(self, act: Act) -> str:
        """Do it in a transaction of its own; how it ended."""
        try:
            with self.session() as session:
                act(self.mine(session))
        except Refusal as refusal:
            return refusal.reason
        return "OK"

    def waits(self) -> bool:
        """Whether a transaction is waiting for a lock now."""
        query = text(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        with self.session() as session:
            return int(session.execute(query).scalar_one()) > 0

    def outcome(self) -> tuple[str | None, Balance]:
        """The state of the voucher, None when the draft is gone, and its money."""
        with self.session() as session:
            state = session.execute(select(vouchers.c.state).where(vouchers.c.id == self.draft_id)).scalar_one_or_none()
            balance = self.mine(session).balance(samples.voucher(id=self.draft_id))
            return (None if state is None else str(state)), balance


@pytest.fixture
def meeting(new_database: Callable[[str], str]) -> Iterator[Meeting]:
    engine = engine_from(new_database("voucher"), pool_size=6)
    yield Meeting(engine)
    engine.dispose()


def issue(draft_id: UUID) -> Act:
    return lambda mine: mine.issue(samples.voucher(id=draft_id))


def plan_closed(mine: Planned) -> None:
    fact = careplan.PlanClosed(plan=mine.facts_of(1, plan_status="CLOSED", state="CANCELLED"))
    RulesBus().on_plan_ended(mine.session, fact, mine.now)


def client_died(mine: Planned) -> None:
    told = client.ClientFacts(client_id=str(mine.client_id), state=client_pb2.CLIENT_STATE_DECEASED, version=9)
    fact = client.ClientDeceased(client=told, deceased_date=Date(year=2025, month=3, day=2))
    RulesBus().on_deceased(mine.session, fact, mine.now)


def decision_rejected(mine: Planned) -> None:
    fact = client.DecisionChanged(
        decision_id=str(mine.decision_id),
        assessment_id=str(mine.assessment_id),
        client_id=str(mine.client_id),
        service_code=mine.service,
        outcome=decision_pb2.DECISION_OUTCOME_REJECTED,
        from_date=Date(year=2025, month=1, day=1),
        to_date=Date(year=2025, month=6, day=30),
        version=9,
        effective_date=Date(year=2025, month=3, day=3),
    )
    RulesBus().on_decision_changed(mine.session, fact, mine.now)


NEWS = [plan_closed, client_died, decision_rejected]


@pytest.mark.parametrize("news", NEWS, ids=lambda news: news.__name__)
def test_news_waits_for_the_issue_under_way_and_revokes_it_INV_16(meeting: Meeting, news: Act) -> None:
    issued, told = Event(), Event()

    def slow(mine: Planned) -> None:
        mine.issue(samples.voucher(id=meeting.draft_id))
        issued.set()
        assert told.wait(PATIENCE)

    with ThreadPoolExecutor(2) as lanes:
        first = lanes.submit(meeting.act, slow)
        assert issued.wait(PATIENCE)
        second = lanes.submit(meeting.act, news)
        while not meeting.waits():
            assert not second.done()
        told.set()
        assert (first.result(), second.result()) == ("OK", "OK")
    assert meeting.outcome() == ("REVOKED", Balance())


@pytest.mark.parametrize("news", NEWS, ids=lambda news: news.__name__)
def test_an_issue_waits_for_the_news_under_way_and_is_refused_INV_16(meeting: Meeting, news: Act) -> None:
    heard, issuing = Event(), Event()

    def slow(mine: Planned) -> None:
        news(mine)
        heard.set()
        assert issuing.wait(PATIENCE)

    with ThreadPoolExecutor(2) as lanes:
        first = lanes.submit(meeting.act, slow)
        assert heard.wait(PATIENCE)
        second = lanes.submit(meeting.act, issue(meeting.draft_id))
        while not meeting.waits():
            assert not second.done()
        issuing.set()
        assert (first.result(), second.result()) == ("OK", "VOUCHER_NOT_FOUND")
    assert meeting.outcome() == (None, Balance())


def test_many_meetings_leave_no_voucher_on_a_closed_plan_PROCESS_A9(meeting: Meeting) -> None:
    for _ in range(12):
        gate = Barrier(2)

        def at_once(act: Act, gate: Barrier = gate) -> str:
            gate.wait(timeout=PATIENCE)
            return meeting.act(act)

        with ThreadPoolExecutor(2) as lanes:
            ends = [lanes.submit(at_once, act) for act in (issue(meeting.draft_id), plan_closed)]
            assert {end.result() for end in ends} <= {"OK", "VOUCHER_NOT_FOUND"}
        state, balance = meeting.outcome()
        assert state in {None, State.REVOKED.value}
        assert balance == Balance()
        with meeting.session() as session:
            world = Planned(session, client_id=uuid4(), decision_id=uuid4(), assessment_id=uuid4())
            meeting.world = world.planned()
            meeting.draft_id = world.draft().id


def accepted_voucher(meeting: Meeting) -> None:
    """The draft becomes a voucher at the coach."""

    def prepare(mine: Planned) -> None:
        voucher = mine.issue(mine.session.get_one(Voucher, meeting.draft_id))
        mine.guide(voucher)
        mine.choose(voucher)
        accept_voucher(mine.session, voucher_id=voucher.id, provider_id=mine.coach, content_version=1, now=mine.now)

    assert meeting.act(prepare) == "OK"


def both(meeting: Meeting, *acts: Act) -> set[str]:
    """Two acts that start together; how they ended."""
    gate = Barrier(len(acts))

    def at_once(act: Act) -> str:
        gate.wait(timeout=PATIENCE)
        return meeting.act(act)

    with ThreadPoolExecutor(len(acts)) as lanes:
        return set(lanes.map(at_once, acts))


def counted_days(meeting: Meeting) -> list[date]:
    """Days of the claims that count."""
    with meeting.session() as session:
        query = select(redemptions.c.service_date).where(redemptions.c.state.not_in(NOT_COUNTED))
        return list(session.scalars(query))


def test_a_claim_that_meets_a_new_version_is_never_left_on_a_line_not_in_force_PLANBOUND_1(meeting: Meeting) -> None:
    accepted_voucher(meeting)
    one = samples.voucher(id=meeting.draft_id)
    for major in range(2, 8):
        last = date(2025, 3, 31 - major)
        delivery = uuid4()

        def deliver(mine: Planned, delivery_id: UUID = delivery, day: date = last + timedelta(days=1)) -> None:
            mine.deliver(one, day=day, delivery_id=delivery_id)

        def claim(mine: Planned, delivery_id: UUID = delivery) -> None:
            mine.redeem(one, delivery_id)

        def version(mine: Planned, major: int = major, last: date = last) -> None:
            mine.fact_version += major
            mine.version(major, last=last)

        assert meeting.act(deliver) == "OK"
        assert both(meeting, claim, version) == {"OK"}
        assert counted_days(meeting) == []


def test_a_payment_that_meets_the_news_of_a_death_leaves_no_day_after_it_paid_PROCESS_D2(meeting: Meeting) -> None:
    accepted_voucher(meeting)
    one = samples.voucher(id=meeting.draft_id)

    def claims(mine: Planned) -> None:
        for day in (date(2025, 3, 2), date(2025, 3, 3)):
            mine.redeem(one, mine.deliver(one, day=day))

    assert meeting.act(claims) == "OK"
    batches: list[Settlement] = []
    assert meeting.act(lambda mine: batches.append(send(mine, collect(mine, mine.coach)))) == "OK"
    assert both(meeting, lambda mine: confirm(mine, batches[0]), client_died) == {"OK"}
    assert counted_days(meeting) == [date(2025, 3, 2)]
    assert meeting.outcome() == ("CLOSING", Balance(committed=14 * 82_00, spent=82_00))


CROWD = 64


@pytest.mark.parametrize(("left", "wins"), [(1, 1), (7, 7)])
def test_sixty_four_redeem_the_last_units_INV_06(meeting: Meeting, left: int, wins: int) -> None:
    accepted_voucher(meeting)
    one = samples.voucher(id=meeting.draft_id)
    deliveries: list[UUID] = []

    def prepare(mine: Planned) -> None:
        mine.redeem(one, mine.deliver(one, units=15 - left))
        deliveries.extend(mine.deliver(one) for _ in range(CROWD))

    assert meeting.act(prepare) == "OK"

    def claim(delivery_id: UUID) -> str:
        return meeting.act(lambda mine: mine.redeem(one, delivery_id))

    with ThreadPoolExecutor(4) as lanes:
        ends = list(lanes.map(claim, deliveries))
    assert (ends.count("OK"), ends.count("UNITS_EXCEEDED")) == (wins, CROWD - wins)
    assert meeting.outcome() == ("CLOSING", Balance(committed=15 * 82_00))


def test_sixty_four_choose_and_one_does_VOUCHER_4(meeting: Meeting) -> None:
    def prepare(mine: Planned) -> None:
        mine.guide(mine.issue(mine.session.get_one(Voucher, meeting.draft_id)))

    assert meeting.act(prepare) == "OK"
    one = samples.voucher(id=meeting.draft_id)
    with ThreadPoolExecutor(4) as lanes:
        ends = list(lanes.map(lambda _: meeting.act(lambda mine: mine.choose(one)), range(CROWD)))
    assert (ends.count("OK"), ends.count("ILLEGAL_TRANSITION")) == (1, CROWD - 1)
    assert meeting.outcome() == ("RESERVED", Balance(committed=15 * 82_00))
