"""How many new clients a contract takes in a calendar month (CONTRACT-13, VOUCHER-4), on a real database and in a
race."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select

from services.chassis.database import engine_from
from services.chassis.values import day
from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.domain.vouchers.refusals import NoCapacity
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.decline_voucher import decline_voucher
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from services.voucher.operations.choices.quote_providers import quote_providers
from services.voucher.operations.choices.stay_with_provider import stay_with_provider
from services.voucher.operations.claims.reroute_voucher import reroute_voucher
from services.voucher.storage.neighbours import provider
from services.voucher.storage.vouchers.voucher import vouchers
from services.voucher.wire.neighbours.provider import contract_copy
from sote.provider.v1.contract_pb2 import CONTRACT_STATE_ACTIVE, ServiceLineFacts
from sote.provider.v1.events_pb2 import ContractFacts
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import VAULT, World
from tests.builders.voucher.races import Act, at_once, committed

pytestmark = pytest.mark.integration

CONTENDERS, LANES, LIMIT = 64, 8, 5
FEBRUARY, MARCH = date(2025, 2, 28), date(2025, 3, 3)


@pytest.fixture
def busy(world: World) -> World:
    """The coach takes one new client a month."""
    world.coach = uuid4()
    world.add_coach(world.coach, monthly=1)
    return world.on(FEBRUARY)


def another(world: World) -> tuple[World, Voucher]:
    """Another client with an issued voucher, given advice."""
    theirs = replace(world, client_id=uuid4(), decision_id=uuid4(), assessment_id=uuid4())
    theirs.tell_client()
    theirs.grant()
    voucher = theirs.issue(theirs.draft())
    theirs.guide(voucher)
    return theirs, voucher


def offered(world: World, voucher: Voucher) -> tuple[bool, bool]:
    """Whether the coach is on the list, and quoted."""
    told: dict[str, Any] = {"voucher_id": voucher.id, "by_client": None, "now": world.now}
    listed = list_eligible_providers(world.session, **told)
    quotes, _ = quote_providers(world.session, **told, subject="helper-1", vault=VAULT, rules=world.rules, new_id=uuid4)
    return str(world.coach) in {one.provider_id for one in listed.providers}, world.coach in {
        one.provider_id for one in quotes
    }


def reroute(world: World, voucher: Voucher) -> None:
    """The client wants another provider."""
    reroute_voucher(
        world.session,
        voucher_id=voucher.id,
        cause=RerouteCause.CLIENT_CHANGE,
        cut_off=None,
        subject="official-1",
        rules=world.rules,
        now=world.now,
        new_id=uuid4(),
    )


def test_the_limit_is_kept_as_told_CONTRACT_13(world: World) -> None:
    told = world.add_coach(uuid4(), monthly=4)
    facts = ContractFacts(
        contract_id=str(told.contract_id),
        provider_id=str(told.provider_id),
        state=CONTRACT_STATE_ACTIVE,
        valid_from=day(told.valid_from),
        valid_to=day(told.valid_to),
        lines=[ServiceLineFacts(service_code=world.service, voucher=True, max_new_clients_month=7)],
        version=told.version + 1,
    )
    provider.keep_contract(world.session, contract_copy(facts))
    (kept,) = provider.contracts_of(world.session, told.provider_id)
    assert [one.max_new_clients_month for one in (*told.lines, *kept.lines)] == [4, 7]


def test_the_month_of_the_choice_is_full_and_the_next_is_not_VOUCHER_4(busy: World) -> None:
    first, voucher = another(busy)
    assert first.choose(voucher).chosen_on == FEBRUARY
    second, waiting = another(busy)
    assert offered(second, waiting) == (False, False)
    with pytest.raises(NoCapacity):
        second.choose(waiting)
    second.on(MARCH)
    assert offered(second, waiting) == (True, True)
    assert second.choose(waiting).chosen_on == MARCH


def test_who_declined_took_nobody_in_VOUCHER_6(busy: World) -> None:
    first, voucher = another(busy)
    first.choose(voucher)
    decline_voucher(
        busy.session, voucher_id=voucher.id, provider_id=busy.coach, reason=DeclineReason.CAPACITY, now=busy.now
    )
    second, waiting = another(busy)
    assert second.choose(waiting).state is State.RESERVED


def test_a_client_who_left_was_taken_in_and_may_come_back_in_that_month_VOUCHER_9(busy: World) -> None:
    first, voucher = another(busy)
    first.choose(voucher)
    reroute(first, voucher)
    second, waiting = another(busy)
    with pytest.raises(NoCapacity):
        second.choose(waiting)
    assert offered(first, voucher) == (True, True)
    assert first.choose(voucher).state is State.RESERVED
    with pytest.raises(NoCapacity):
        second.choose(waiting)


def test_who_stays_is_no_new_client_VOUCHER_10(busy: World) -> None:
    first, voucher = another(busy)
    first.choose(voucher)
    reroute(first.on(MARCH), voucher)
    second, other = another(busy.on(MARCH))
    second.choose(other)
    stay_with_provider(first.session, voucher_id=voucher.id, by_client=None, rules=first.rules, now=first.now)
    assert (voucher.state, voucher.chosen_on) == (State.RESERVED, FEBRUARY)


def test_another_service_of_the_contract_counts_apart_VOUCHER_4(busy: World) -> None:
    first, voucher = another(busy)
    first.choose(voucher)
    busy.session.execute(vouchers.update().where(vouchers.c.id == voucher.id).values(service_code="HLT-OT"))
    second, waiting = another(busy)
    assert second.choose(waiting).state is State.RESERVED


@pytest.fixture
def shared(new_database: Callable[[str], str]) -> Iterator[Engine]:
    """A database of its own, in which everything is committed."""
    engine = engine_from(new_database("voucher"), pool_size=LANES + 2)
    yield engine
    engine.dispose()


def test_sixty_four_contend_for_the_five_places_of_a_month_VOUCHER_4(shared: Engine) -> None:
    coach = uuid4()

    def prepare(world: World) -> list[tuple[World, UUID]]:
        world.told()
        world.coach = coach
        world.add_coach(coach, monthly=LIMIT)
        people = [another(world) for _ in range(CONTENDERS)]
        return [(theirs, voucher.id) for theirs, voucher in people]

    def choose(voucher_id: UUID) -> Act:
        return lambda mine: mine.choose(samples.voucher(id=voucher_id))

    people = committed(shared, prepare)
    outcomes = at_once(shared, [(theirs, choose(voucher_id)) for theirs, voucher_id in people], LANES)
    assert outcomes == {"OK": LIMIT, "NO_CAPACITY": CONTENDERS - LIMIT}
    count = select(func.count()).where(vouchers.c.provider_id == coach, vouchers.c.chosen_on.is_not(None))
    assert committed(shared, lambda world: world.session.scalar(count)) == LIMIT
