"""Quotes on a real PostgreSQL and over the wire: complete, neutral, held for a week, and kept to (QUOTE-1, QUOTE-2)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.choices.quote import FeePer, Quote, QuoteExpired, QuoteNotFound
from services.voucher.domain.claims.rerouting import RerouteCause
from services.voucher.domain.money import Regime
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.values.client_fee import FeeState
from services.voucher.domain.values.fee import FeePerUnit
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet
from services.voucher.domain.vouchers.refusals import NoActiveContract
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from services.voucher.operations.choices.quote_providers import quote_providers
from services.voucher.operations.claims.reroute_voucher import reroute_voucher
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.storage.choices.quote import find_quote, quotes
from services.voucher.storage.neighbours import provider
from sote.voucher.v1 import fee_pb2, quote_pb2
from sote.voucher.v1 import quote_service_pb2 as pb
from sote.voucher.v1 import voucher_service_pb2 as vouchers
from sote.voucher.v1.quote_service_pb2_grpc import QuoteServiceStub
from tests.api_server import ServedApi
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.api import Town
from tests.builders.voucher.county import COUNTY, VAULT, World

pytestmark = pytest.mark.integration


def quoted(world: World, voucher: Voucher) -> dict[UUID, Quote]:
    """The quotes of the voucher, by provider."""
    given, _ = quote_providers(
        world.session,
        voucher_id=voucher.id,
        by_client=None,
        subject="helper-1",
        vault=VAULT,
        rules=world.rules,
        now=world.now,
        new_id=uuid4,
    )
    return {one.provider_id: one for one in given}


def ready(world: World) -> Voucher:
    """An issued voucher whose client was advised."""
    voucher = world.issue(world.draft())
    world.guide(voucher)
    return voucher


def dearer(world: World, contract: ContractCopy, price: int) -> None:
    """The provider's contract has another price from now on."""
    lines = tuple(replace(line, unit_price_cents=price) for line in contract.lines)
    provider.keep_contract(world.session, replace(contract, lines=lines, version=contract.version + 1))


def test_a_choice_by_a_quote_costs_what_it_said_although_the_price_went_up_QUOTE_1(world: World) -> None:
    other = uuid4()
    contract = world.add_coach(other, price=80_00)
    voucher = ready(world)
    one = quoted(world, voucher)[other]
    dearer(world, contract, 84_00)
    world.on(date(2025, 3, 10))
    assert quoted(world, voucher)[other].unit_price == 84_00
    world.choose(voucher, provider_id=other, quote_id=one.id)
    assert (voucher.agreed_price, voucher.contract_version) == (80_00, contract.version + 1)
    assert world.balance(voucher).committed == one.county_share * one.units == 1200_00


def test_a_quote_that_has_run_out_or_is_of_something_else_is_refused_QUOTE_1(world: World) -> None:
    voucher = ready(world)
    one = quoted(world, voucher)[world.coach]
    assert one.valid_until == world.now + timedelta(days=7)
    with pytest.raises(QuoteNotFound):
        world.choose(voucher, quote_id=uuid4())
    world.on(date(2025, 3, 10)).now += timedelta(seconds=1)
    with pytest.raises(QuoteExpired):
        world.choose(voucher, quote_id=one.id)
    world.choose(voucher)


def test_a_quote_holds_the_price_and_nothing_else_QUOTE_1(world: World) -> None:
    other = uuid4()
    contract = world.add_coach(other, price=80_00)
    voucher = ready(world)
    one = quoted(world, voucher)[other]
    provider.keep_contract(world.session, replace(contract, state="SUSPENDED", version=contract.version + 1))
    with pytest.raises(NoActiveContract):
        world.choose(voucher, provider_id=other, quote_id=one.id)


def test_the_quotes_are_the_complete_neutral_list_INV_23(world: World) -> None:
    for price in (79_00, 80_00, 85_00, 86_00):
        world.add_coach(uuid4(), price=price)
    voucher = ready(world)
    given = list(quoted(world, voucher).values())
    listed = list_eligible_providers(world.session, voucher_id=voucher.id, by_client=None, now=world.now)
    assert [str(one.provider_id) for one in given] == [one.provider_id for one in listed.providers]
    assert {one.options_digest for one in given} == {listed.options_digest}
    assert [one.position for one in given] == [1, 2, 3, 4]
    assert sorted(one.unit_price for one in given) == [79_00, 80_00, 82_00, 85_00]


def test_the_client_fee_is_the_same_at_every_provider_QUOTE_1(world: World) -> None:
    provider.keep_catalogue(world.session, replace(samples.catalogue(), fee_rule="CARER_LEAVE_FEE", version=2))
    world.add_coach(uuid4(), price=60_00)
    voucher = ready(world)
    assert {one.fee.state for one in quoted(world, voucher).values()} == {FeeState.FEE_RULE_MISSING}
    first, body = date(2025, 1, 1), FeePerUnit(11_60)
    new = ParameterSet(
        uuid4(), COUNTY, ParameterKind.FEE, "CARER_LEAVE_FEE", "s", 1, first, None, body, world.now, "finance-1"
    )
    put_parameters(world.session, new=new, now=world.now, new_id=uuid4)
    fees = [one.fee for one in quoted(world, voucher).values()]
    assert [(one.per, one.amount) for one in fees] == [(FeePer.UNIT, 11_60)] * 2


def test_in_palveluseteli_the_quote_tells_the_clients_share_and_no_fee_QUOTE_1(world: World) -> None:
    world.rules = Rules(regime_default=Regime.PALVELUSETELI)
    provider.keep_catalogue(world.session, replace(samples.catalogue(), fee_rule="HOME_CARE_FEE", version=2))
    dear = uuid4()
    world.add_coach(dear, price=90_00)
    one = quoted(world, ready(world))[dear]
    assert (one.county_share, one.client_share, one.fee.amount, one.fee.per) == (85_00, 5_00, 0, FeePer.NOTHING)


def test_after_a_re_route_the_quote_is_for_the_units_left_QUOTE_1(world: World) -> None:
    other = uuid4()
    world.add_coach(other, price=80_00)
    voucher = ready(world)
    early = quoted(world, voucher)[other]
    world.choose(voucher)
    accept_voucher(world.session, voucher_id=voucher.id, provider_id=world.coach, content_version=1, now=world.now)
    world.redeem(voucher, world.deliver(voucher, units=4, day=date(2025, 3, 3)))
    cause, day = RerouteCause.CLIENT_CHANGE, date(2025, 3, 3)
    reroute_voucher(
        world.session,
        voucher_id=voucher.id,
        cause=cause,
        cut_off=day,
        subject="official-1",
        rules=world.rules,
        now=world.now,
        new_id=uuid4(),
    )
    with pytest.raises(QuoteExpired):
        world.choose(voucher, provider_id=other, quote_id=early.id)
    late = quoted(world, voucher)[other]
    assert (late.units, late.county_share) == (11, 80_00)
    world.choose(voucher, provider_id=other, quote_id=late.id)
    assert world.balance(voucher).committed == 11 * 80_00 + 4 * 82_00


def test_only_what_may_be_chosen_is_quoted_QUOTE_1(world: World) -> None:
    with pytest.raises(IllegalTransition):
        quoted(world, world.draft())


def test_the_database_keeps_no_quote_whose_shares_are_not_the_price_INV_12(world: World) -> None:
    one = quoted(world, ready(world))[world.coach]
    assert find_quote(world.session, one.id) == one
    row = world.session.execute(select(quotes).where(quotes.c.id == one.id)).one()
    with pytest.raises(IntegrityError, match="ck_quote_shares"):
        world.session.execute(quotes.insert().values(**{**row._mapping, "id": uuid4(), "client_share": 1}))


@pytest.fixture
def town(api_server: Callable[..., ServedApi], new_database: Callable[[str], str], now: datetime) -> Iterator[Town]:
    url = new_database("voucher")
    town = Town(api_server("voucher", url=url), url, now)
    yield town
    town.engine.dispose()


def test_quotes_over_the_wire_QUOTE_1(town: Town) -> None:
    voucher = town.issued()
    stub = QuoteServiceStub(town.served.channel)
    ask = pb.QuoteProvidersRequest(name=voucher.name, request_id=str(uuid4()))
    mine = town.served.as_role("CLI", subject=str(town.world.client_id))
    told = stub.QuoteProviders(ask, metadata=mine, timeout=10)
    assert told == stub.QuoteProviders(ask, metadata=mine, timeout=10)
    (one,) = told.quotes
    assert (one.option.unit_price.cents, one.county_share_total.cents, one.units) == (82_00, 1230_00, 15)
    assert one.option.units[0].code == "U16"
    assert (one.client_fee.state, one.client_fee.basis) == (
        fee_pb2.CLIENT_FEE_STATE_CHARGED,
        quote_pb2.QUOTED_FEE_BASIS_UNSPECIFIED,
    )
    listed = stub.ListQuotes(pb.ListQuotesRequest(name=voucher.name), metadata=mine, timeout=10)
    assert list(listed.quotes) == [one]
    choose = vouchers.ChooseProviderRequest(
        name=voucher.name, provider_id=one.option.provider_id, quote_id=str(uuid4())
    )
    assert town.refused("ChooseProvider", choose, "CLI") == ("NOT_FOUND", "QUOTE_NOT_FOUND")
    choose.quote_id = one.uid
    assert town.call("ChooseProvider", choose, "CLI").money.agreed_price.cents == 82_00
