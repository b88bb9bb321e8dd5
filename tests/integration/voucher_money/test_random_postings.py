"""Whatever is posted in whatever order: the proof holds after every step, and a refusal changes nothing (INV-08)."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from services.voucher.domain.ledger import Account, Source, SourceKind
from services.voucher.operations import ledger
from services.voucher.operations.ledger import BudgetExhausted, PostingRefused
from services.voucher.storage import ledger as books
from services.voucher.views.proof import prove_ledger
from tests.integration.voucher_money import world
from tests.integration.voucher_money.world import DAY, NOW, SUPPORT, THERAPY, WORK

pytestmark = pytest.mark.integration
KINDS = [SourceKind.VOUCHER, SourceKind.COMMITMENT, SourceKind.ENROLMENT]
VERBS = ["reserve", "move", "commit", "uncommit", "release", "release_all", "spend", "reverse_spend", "reverse_closed"]
Step = tuple[str, int, int, str, int, date]
steps = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from([WORK, THERAPY, SUPPORT, "SOC-UNKNOWN"]),
        st.one_of(st.integers(-1, 300_00), st.just(5_000_00), st.just(10_000_00)),
        st.sampled_from([DAY, date(2026, 1, 1)]),
    ),
    min_size=5,
    max_size=25,
)


def post(db: Session, sources: list[Source], step: Step) -> None:
    verb, first, second, code, cents, on = step
    source = sources[first]
    match verb:
        case "reserve":
            ledger.reserve(
                db, source=source, client_id=uuid4(), service_code=code, amount_cents=cents, service_date=on, now=NOW
            )
        case "move":
            ledger.move_reservation(
                db,
                origin=sources[second],
                source=source,
                client_id=uuid4(),
                service_code=code,
                amount_cents=cents,
                service_date=on,
                now=NOW,
            )
        case "release_all":
            ledger.release(db, source=source, now=NOW)
        case "reverse_spend" | "reverse_closed":
            to = Account.COMMITTED if verb == "reverse_spend" else Account.AVAILABLE
            ledger.reverse_spend(db, source=source, amount_cents=cents, to=to, now=NOW)
        case _:
            act: Callable[..., object] = getattr(ledger, verb)
            act(db, source=source, amount_cents=cents, now=NOW)


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    opened = session("voucher")
    world.county(opened)
    return opened


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_INV_08_INV_09_INV_10_the_proof_holds_after_every_step(db: Session, asked: list[Step]) -> None:
    example = db.begin_nested()
    sources = [Source(KINDS[number % 3], uuid4()) for number in range(4)]
    for step in asked:
        before = (books.stored_lines(db), books.stored_sources(db))
        try:
            with db.begin_nested():
                post(db, sources, step)
        except (BudgetExhausted, PostingRefused):
            assert (books.stored_lines(db), books.stored_sources(db)) == before
        # The sources here have no vouchers or commitments of their own, so what they spent has no other books.
        assert [one for one in prove_ledger(db).differences if one.measure != "spent"] == []
        assert all(line.adds_up for line in books.stored_lines(db).values())
    example.rollback()
