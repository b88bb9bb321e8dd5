"""Story 2's fees from accepted claims on a real PostgreSQL; the provider and the regime of a voucher."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from google.type.date_pb2 import Date

from services.chassis.names import InvalidField
from services.kernel.care import CareUnit
from services.voucher.domain.claims.redemption import RedemptionState
from services.voucher.domain.money import Regime
from services.voucher.domain.rules import Rules
from services.voucher.domain.values.fee import FeeParameters, FeePerUnit
from services.voucher.domain.values.income import IncomeStatement, Means
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet
from services.voucher.domain.vouchers.refusals import NoRelationship
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.operations.values.record_income_statement import record_income_statement
from services.voucher.storage.neighbours import provider
from services.voucher.views.claims.client_fee import list_client_fees
from sote.voucher.v1 import fee_pb2
from sote.voucher.v1 import fee_service_pb2 as pb
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import COUNTY, VAULT, World
from tests.builders.voucher.reference import home_care_fee

pytestmark = pytest.mark.integration

FIRST, LAST = date(2025, 6, 1), date(2025, 11, 30)


def county_charges(world: World, rule: str, body: FeeParameters) -> None:
    """County finance enters a fee rule."""
    first = date(2022, 1, 1)
    new = ParameterSet(uuid4(), COUNTY, ParameterKind.FEE, rule, "set", 1, first, None, body, world.now, "finance-1")
    put_parameters(world.session, new=new, now=world.now, new_id=uuid4)


def stated(world: World, household: int, income: int) -> None:
    """The household's income is recorded."""
    means = Means(household, income)
    told = IncomeStatement(uuid4(), COUNTY, world.client_id, FIRST, None, means, "", world.now, "finance-1", world.now)
    record_income_statement(world.session, statement=told, vault=VAULT)


def served(
    world: World, code: str, rule: str, unit: CareUnit, value: int, units: int, days: list[tuple[date, int]]
) -> Voucher:
    """A voucher of another service is used on these days; gives it."""
    world.service, world.coach, world.decision_id = code, uuid4(), uuid4()
    entry = replace(
        samples.catalogue(), unit=unit, reference_price_cents=value, fee_rule=rule, service_code=code, task="IAKKAAT"
    )
    provider.keep_catalogue(world.session, entry)
    world.add_coach(world.coach, price=value)
    world.grant(units=units, first=FIRST, last=LAST)
    voucher = world.issue(world.draft())
    world.guide(voucher)
    world.choose(voucher)
    accept_voucher(world.session, voucher_id=voucher.id, provider_id=world.coach, content_version=1, now=world.now)
    for day, used in days:
        claim = world.redeem(voucher, world.deliver(voucher, units=used, day=day, service_code=code))
        assert claim.state is RedemptionState.ACCEPTED
    return voucher


def asked(world: World, *, incomes: bool = True, own: UUID | None = None) -> pb.ListClientFeesResponse:
    """The client's fees from June to November."""
    request = pb.ListClientFeesRequest(
        client_id=str(world.client_id),
        first_month=Date(year=2025, month=6, day=15),
        last_month=Date(year=2025, month=11, day=1),
    )
    return list_client_fees(world.session, request, vault=VAULT, own_client=own, incomes=incomes)


@pytest.fixture
def older_person(world: World) -> World:
    """Story 2 at the end of its half-year, its county without a plan rule in the way."""
    world.rules = Rules(plan_need_min_days=3650, issue_requires_active_plan=False)
    world.session.execute(provider.catalogue.delete())
    world.on(date(2025, 11, 30))
    stated(world, 2, 2300_00)
    county_charges(world, "HOME_CARE_FEE", home_care_fee())
    county_charges(world, "CARER_LEAVE_FEE", FeePerUnit(11_60))
    return world


def test_home_care_costs_1580_04_and_leave_127_60_STORY_2(older_person: World) -> None:
    hours = [
        (date(2025, month, day), 10 if day < 20 else 9 if month > 8 else 10)
        for month in range(6, 12)
        for day in (5, 20)
    ]
    served(older_person, samples.SERVICE, "HOME_CARE_FEE", CareUnit.HOUR, 38_00, 120, hours)
    told = asked(older_person)
    assert [(fee.month.month, fee.amount.cents) for fee in told.fees] == [(month, 263_34) for month in range(6, 12)]
    assert told.total.cents == 1580_04
    assert sum(fee.units for fee in told.fees) == 117
    assert told.fees[0].steps[0].amount.cents == 2300_00
    assert not any(fee.steps for fee in asked(older_person, incomes=False).fees)


def test_the_leave_of_the_carer_STORY_2(older_person: World) -> None:
    days = [(FIRST + timedelta(days=14 * place), 1) for place in range(11)]
    served(older_person, samples.SERVICE, "CARER_LEAVE_FEE", CareUnit.DAY, 165_00, 12, days)
    assert asked(older_person).total.cents == 127_60


def test_rejected_claims_and_other_months_cost_nothing_MONEY_5(older_person: World) -> None:
    voucher = served(older_person, samples.SERVICE, "CARER_LEAVE_FEE", CareUnit.DAY, 165_00, 12, [(FIRST, 1)])
    rejected = older_person.redeem(voucher, older_person.deliver(voucher, day=date(2025, 7, 1)), units=2)
    assert rejected.state is RedemptionState.REJECTED
    assert asked(older_person).total.cents == 11_60
    later = pb.ListClientFeesRequest(
        client_id=str(older_person.client_id),
        first_month=Date(year=2025, month=7, day=1),
        last_month=Date(year=2026, month=1, day=1),
    )
    assert not list_client_fees(older_person.session, later, vault=VAULT, own_client=None, incomes=True).fees


def test_in_palveluseteli_the_county_charges_nothing_MONEY_5(older_person: World) -> None:
    older_person.rules = Rules(
        plan_need_min_days=3650, issue_requires_active_plan=False, regime_default=Regime.PALVELUSETELI
    )
    served(older_person, samples.SERVICE, "CARER_LEAVE_FEE", CareUnit.DAY, 165_00, 12, [(FIRST, 1)])
    assert not asked(older_person).fees


def test_without_a_rule_the_fee_says_so_MONEY_5(older_person: World) -> None:
    served(older_person, samples.SERVICE, "DAY_FEE", CareUnit.DAY, 70_00, 12, [(FIRST, 1)])
    (fee,) = asked(older_person).fees
    assert fee.state == fee_pb2.CLIENT_FEE_STATE_FEE_RULE_MISSING
    assert not fee.HasField("amount")


def test_a_client_asks_for_the_own_fees_and_for_two_years_at_most_INV_14(older_person: World) -> None:
    assert asked(older_person, own=older_person.client_id) == asked(older_person)
    with pytest.raises(NoRelationship):
        asked(older_person, own=uuid4())
    for last in (Date(year=2027, month=6, day=1), Date(year=2025, month=5, day=31)):
        request = pb.ListClientFeesRequest(
            client_id=str(older_person.client_id), first_month=Date(year=2025, month=6, day=1), last_month=last
        )
        with pytest.raises(InvalidField):
            list_client_fees(older_person.session, request, vault=VAULT, own_client=None, incomes=True)
