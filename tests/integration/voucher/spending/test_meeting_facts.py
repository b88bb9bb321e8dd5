"""Two facts that need each other, applied at the same moment: whichever commits first, nothing is left undone."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session, sessionmaker

from services.chassis.database import engine_from, sessions_from
from services.kernel.care import Arrangement
from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.spending.commitment import ChargeState, commitment_id_for
from services.voucher.operations.spending.charge_delivery import charge_delivery
from services.voucher.operations.spending.follow_plan import follow_contract, follow_plan
from services.voucher.storage.spending.commitment import load_commitment
from services.voucher.views.outlook.proof import prove_ledger
from tests.builders.voucher import purse
from tests.builders.voucher.purse import COUNTY, NOW, WORK

pytestmark = pytest.mark.integration
Act = Callable[[Session], None]
SEEN_SECONDS = 0.5


@pytest.fixture(scope="module")
def sessions(new_database: Callable[[str], str]) -> Iterator[sessionmaker[Session]]:
    engine = engine_from(new_database("voucher"), pool_size=4)
    made = sessions_from(engine)
    with made.begin() as session:
        purse.county(session)
    yield made
    engine.dispose()


@pytest.fixture
def service() -> PlanServiceCopy:
    return purse.plan_service(uuid4(), uuid4(), code=WORK, arrangement=Arrangement.OWN, provider_id=uuid4(), units=4)


def told_plan(service: PlanServiceCopy) -> Act:
    def act(session: Session) -> None:
        purse.tell_plan(session, service.plan_id, service.client_id, [service])
        follow_plan(session, plan_id=service.plan_id, county=COUNTY, now=NOW)

    return act


def told_delivery(service: PlanServiceCopy) -> Act:
    def act(session: Session) -> None:
        charge_delivery(session, delivery_id=purse.tell_delivery(session, service), now=NOW)

    return act


def told_contract(provider_id: UUID) -> Act:
    def act(session: Session) -> None:
        purse.contract(session, provider_id=provider_id, code=WORK, price=62_00)
        follow_contract(session, provider_id=provider_id, county=COUNTY, now=NOW)

    return act


def meet(sessions: sessionmaker[Session], first: Act, second: Act) -> None:
    """Apply both, the second while the first is not committed yet; it may wait for that commit."""

    def run() -> None:
        with sessions.begin() as session:
            second(session)

    with ThreadPoolExecutor(1) as pool:
        with sessions.begin() as session:
            first(session)
            session.flush()
            other = pool.submit(run)
            wait([other], timeout=SEEN_SECONDS)
        other.result(timeout=10)


@pytest.mark.parametrize("plan_first", [True, False])
def test_a_delivery_told_while_its_order_is_made_is_charged_INV_26(
    sessions: sessionmaker[Session], service: PlanServiceCopy, plan_first: bool
) -> None:
    assert service.provider_id is not None
    with sessions.begin() as session:
        purse.contract(session, provider_id=service.provider_id, code=WORK, price=62_00)
    acts = [told_plan(service), told_delivery(service)]
    meet(sessions, *(acts if plan_first else acts[::-1]))
    with sessions.begin() as session:
        made = load_commitment(session, commitment_id_for(service.plan_service_id))
        assert made is not None
        assert [charge.state for charge in made.charges] == [ChargeState.BOOKED]
        assert prove_ledger(session).holds


@pytest.mark.parametrize("plan_first", [True, False])
def test_a_plan_told_while_its_contract_comes_is_ordered_PROCESS_B6(
    sessions: sessionmaker[Session], service: PlanServiceCopy, plan_first: bool
) -> None:
    assert service.provider_id is not None
    acts = [told_plan(service), told_contract(service.provider_id)]
    meet(sessions, *(acts if plan_first else acts[::-1]))
    with sessions.begin() as session:
        assert load_commitment(session, commitment_id_for(service.plan_service_id)) is not None
        assert prove_ledger(session).holds
