"""Whatever is posted in whatever order: the proof holds after every step, and a refusal changes nothing (INV-08)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.purse.budget import Budget
from services.voucher.domain.purse.ledger import Account, Source, SourceKind
from services.voucher.domain.spending.direct_payment import AlreadyPaid, ReversalReason
from services.voucher.operations.outlook.carry_over import carry_over
from services.voucher.operations.purse import ledger
from services.voucher.operations.purse.amend_line import amend_line
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.approve_overrun import approve_overrun
from services.voucher.operations.purse.close_budget import close_budget
from services.voucher.operations.purse.ledger import BudgetExhausted, PostingRefused
from services.voucher.operations.purse.transfer_between_lines import transfer_between_lines
from services.voucher.operations.spending.pay_allowance import pay_allowance
from services.voucher.operations.spending.reverse_direct_payment import reverse_direct_payment
from services.voucher.storage.purse import ledger as books
from services.voucher.storage.spending.direct_payment import payments
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher import purse as world
from tests.builders.voucher.purse import COUNTY, DAY, NOW, PAYEE, SUPPORT, THERAPY, WORK

pytestmark = pytest.mark.integration
KINDS = [SourceKind.VOUCHER, SourceKind.COMMITMENT, SourceKind.ENROLMENT]
OF_SOURCES = [
    "reserve",
    "move",
    "commit",
    "uncommit",
    "release",
    "release_all",
    "spend",
    "reverse_spend",
    "reverse_closed",
]
OF_LINES = ["amend", "take_back", "transfer", "override", "allowance", "take_payment_back", "approve_next", "close"]
NEXT_YEAR = date(2026, 2, 3)
REFUSED = (BudgetExhausted, PostingRefused, IllegalTransition, AlreadyPaid)
Step = tuple[str, int, int, str, int, date]
steps = st.lists(
    st.tuples(
        st.sampled_from(OF_SOURCES * 2 + OF_LINES),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from([WORK, THERAPY, SUPPORT, "SOC-UNKNOWN"]),
        st.one_of(st.integers(-1, 300_00), st.just(5_000_00), st.just(10_000_00)),
        st.sampled_from([DAY, NEXT_YEAR]),
    ),
    min_size=5,
    max_size=25,
)


class Books:
    """Two years' budgets, four sources, and every verb of money."""

    def __init__(self, db: Session, this_year: Budget, next_year: Budget) -> None:
        self.db = db
        self.this_year, self.next_year = this_year.id, next_year.id
        self.sources = [Source(KINDS[number % 3], uuid4()) for number in range(4)]

    def post(self, step: Step) -> None:
        verb, first, second, code, cents, on = step
        if verb in OF_LINES:
            self._decide(verb, code, cents, on)
        else:
            self._bind(verb, self.sources[first], self.sources[second], code, cents, on)

    def _bind(self, verb: str, source: Source, origin: Source, code: str, cents: int, on: date) -> None:
        db, client = self.db, uuid4()
        match verb:
            case "reserve":
                years = {on.year: cents, 2026: cents} if on == DAY else {on.year: cents}
                ledger.reserve_years(db, source=source, client_id=client, service_code=code, years=years, now=NOW)
            case "move":
                years = {on.year: cents}
                ledger.move_reservation(
                    db, origin=origin, source=source, client_id=client, service_code=code, years=years, now=NOW
                )
            case "release_all":
                ledger.release(db, source=source, now=NOW)
            case "spend":
                ledger.spend(db, source=source, amount_cents=cents, service_date=on, provider_id=PAYEE, now=NOW)
            case "reverse_spend" | "reverse_closed":
                to = Account.COMMITTED if verb == "reverse_spend" else Account.AVAILABLE
                ledger.reverse_spend(
                    db, source=source, amount_cents=cents, to=to, service_date=on, provider_id=PAYEE, now=NOW
                )
            case _:
                act: Callable[..., object] = getattr(ledger, verb)
                act(db, source=source, amount_cents=cents, now=NOW)

    def _decide(self, verb: str, code: str, cents: int, on: date) -> None:
        db, line, decision = self.db, "HEALTH" if code == THERAPY else "FAMILIES", uuid4()
        budget = self.this_year if on == DAY else self.next_year
        match verb:
            case "amend" | "take_back":
                change = cents if verb == "amend" else -cents
                amend_line(db, budget_id=budget, line_code=line, change_cents=change, etag="", now=NOW, new_id=decision)
            case "transfer":
                self._transfer(budget, line, cents, decision)
            case "override":
                approve_overrun(
                    db, budget_id=budget, line_code="HEALTH", amount_cents=cents, etag="", now=NOW, new_id=decision
                )
            case "allowance":
                self._allowance(code, cents, on)
            case "take_payment_back":
                self._take_payment_back()
            case "approve_next":
                given = {line: max(cents, 0)}
                approve_budget(db, budget_id=self.next_year, given=given, etag="", now=NOW)
            case "close":
                day, window = date(2026, 2, 1), timedelta(days=30)
                close_budget(db, budget_id=self.this_year, etag="", claim_window=window, today=day, now=NOW)
                carry_over(db, now=NOW)

    def _transfer(self, budget: UUID, line: str, cents: int, decision: UUID) -> None:
        other = "HEALTH" if line == "FAMILIES" else "FAMILIES"
        transfer_between_lines(
            self.db,
            budget_id=budget,
            from_code=line,
            to_code=other,
            amount_cents=cents,
            etag="",
            now=NOW,
            new_id=decision,
        )

    def _allowance(self, code: str, cents: int, on: date) -> None:
        pay_allowance(
            self.db,
            county=COUNTY,
            client_id=UUID(int=1),
            service_code=code,
            month=on.replace(day=1),
            amount_cents=cents,
            subject="fin-1",
            today=date(2026, 4, 1),
            now=NOW,
            new_id=uuid4(),
        )

    def _take_payment_back(self) -> None:
        for payment_id in self.db.execute(select(payments.c.id).limit(1)).scalars():
            reverse_direct_payment(self.db, payment_id=payment_id, reason=ReversalReason.ERROR, etag="", now=NOW)


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    return session("voucher")


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_the_proof_holds_after_every_step_INV_08_INV_09_INV_10(db: Session, asked: list[Step]) -> None:
    example = db.begin_nested()
    try:
        play(db, asked)
    finally:
        example.rollback()


def stored(db: Session) -> tuple[object, object]:
    return books.stored_lines(db), list(books.stored_by_source(db))


def play(db: Session, asked: list[Step]) -> None:
    its = Books(db, world.county(db), world.plan(db))
    for step in asked:
        before = stored(db)
        try:
            with db.begin_nested():
                its.post(step)
        except REFUSED:
            assert stored(db) == before
        # The sources here have no vouchers or commitments of their own, so what they spent has no other books.
        found = [one for one in prove_ledger(db).differences if one.measure not in {"spent", "paid"}]
        assert found == []
        assert all(line.adds_up for line in books.stored_lines(db).values())
