"""Dated parameters, incomes and values on a real PostgreSQL: one set a day, sealed incomes, both regimes (MONEY-6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import Update, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.vault import Sealed, UnusableKeys, Vault
from services.kernel.care import CareUnit
from services.voucher.domain.money import Regime, ValueKind
from services.voucher.domain.rules import Rules
from services.voucher.domain.values.income import IncomeStatement, IncomeStatementOverlaps, Means
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet, ParametersOverlap
from services.voucher.domain.values.value import CeilingTotal, FixedValue, IncomeStatementMissing, ValueParameters
from services.voucher.domain.vouchers.refusals import PriceAboveValue
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.values.end_income_statement import end_income_statement
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.operations.values.record_income_statement import record_income_statement
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.neighbours import provider
from services.voucher.storage.values.income import income_statements, statement_in_force
from services.voucher.storage.values.parameters import parameter_sets, set_in_force
from services.voucher.views.vouchers.value_explanation import explain_value
from sote.voucher.v1 import value_pb2
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.county import COUNTY, VAULT, World
from tests.builders.voucher.reference import home_care_value

pytestmark = pytest.mark.integration


def put(world: World, code: str, body: ValueParameters, first: date, last: date | None = None) -> ParameterSet:
    """County finance enters a set of the world's service."""
    new = ParameterSet(
        uuid4(), COUNTY, ParameterKind.VALUE, world.service, code, 1, first, last, body, world.now, "finance-1"
    )
    return put_parameters(world.session, new=new, now=world.now, new_id=uuid4)


def state(world: World, household: int, income: int, first: date = date(2025, 1, 1)) -> IncomeStatement:
    """The household's income is recorded."""
    means = Means(household, income)
    told = IncomeStatement(
        uuid4(), COUNTY, world.client_id, first, None, means, "tax decision 2024", world.now, "finance-1", world.now
    )
    return record_income_statement(world.session, statement=told, vault=VAULT)


@pytest.fixture
def home_care(session: Callable[[str], Session]) -> World:
    """Story 2's item c as a variant: home care in PALVELUSETELI, 120 hours at 38.00."""
    rules = Rules(regime_by_service={samples.SERVICE: Regime.PALVELUSETELI})
    world = World(session("voucher"), rules=rules)
    world.grant(units=120)
    world.told()
    catalogue = replace(
        samples.catalogue(),
        unit=CareUnit.HOUR,
        reference_price_cents=38_00,
        fee_rule="HOME_CARE_FEE",
        arrangements=("VOUCHER",),
        version=2,
    )
    provider.keep_catalogue(world.session, catalogue)
    world.add_coach(world.coach, price=38_00)
    return world


def test_story_2_in_palveluseteli_with_the_value_by_income_MONEY_4(home_care: World) -> None:
    put(home_care, "home-care-2025", home_care_value(), date(2025, 1, 1))
    state(home_care, 2, 2300_00)
    voucher = home_care.active()
    assert (voucher.value_kind, voucher.unit_value, voucher.max_value) == (ValueKind.INCOME_DEPENDENT, 22_38, 2685_60)
    assert (voucher.agreed_price, voucher.county_share, voucher.client_share) == (38_00, 22_38, 15_62)
    assert home_care.balance(voucher).committed == 2685_60
    claim = home_care.redeem(voucher, home_care.deliver(voucher, units=3))
    assert (claim.county_share, claim.client_share) == (67_14, 46_86)
    assert claim.county_share + claim.client_share == 3 * 38_00


def test_a_value_by_income_needs_a_statement_at_the_draft_and_at_the_issue_MONEY_4(home_care: World) -> None:
    put(home_care, "home-care-2025", home_care_value(), date(2025, 1, 1))
    with pytest.raises(IncomeStatementMissing):
        home_care.draft()
    stated = state(home_care, 2, 2300_00)
    draft = home_care.draft()
    end_income_statement(
        home_care.session, statement_id=stated.id, last_day=date(2025, 3, 2), vault=VAULT, now=home_care.now
    )
    with pytest.raises(IncomeStatementMissing):
        home_care.issue(draft)
    state(home_care, 1, 900_00, date(2025, 3, 3))
    issued = home_care.issue(draft)
    assert issued.unit_value == 27_00 - 1_97
    assert home_care.balance(issued).reserved == issued.max_value


def test_the_value_is_explained_and_incomes_are_for_those_who_may_SOURCE_30(home_care: World) -> None:
    put(home_care, "home-care-2025", home_care_value(), date(2025, 1, 1))
    state(home_care, 2, 2300_00)
    voucher = home_care.issue(home_care.draft())
    put(home_care, "home-care-2025", FixedValue(1_00), date(2025, 1, 1))

    def labels(*, incomes: bool) -> list[str]:
        told = explain_value(home_care.session, voucher.id, vault=VAULT, own_client=None, incomes=incomes)
        assert told.decision_id == str(voucher.decision_id)
        assert told.steps[-2].amount.cents == voucher.unit_value
        assert told.steps[-1].amount.cents == voucher.max_value
        name = value_pb2.ExplanationLabel.Name
        return [name(step.label).removeprefix("EXPLANATION_LABEL_") for step in told.steps]

    full = labels(incomes=True)
    assert full[:5] == ["VALUE_MAX", "INCOME", "THRESHOLD", "EXCESS", "REDUCTION"]
    assert labels(incomes=False) == ["VALUE_MAX", "ROUNDED_UP", "UNIT_VALUE", "MAX_VALUE"]


def test_without_parameters_the_reference_price_is_the_value_MONEY_6(world: World) -> None:
    put(world, "old", FixedValue(1_00), date(2014, 1, 1), date(2015, 12, 31))
    voucher = world.draft()
    assert (voucher.value_kind, voucher.unit_value, voucher.parameter_set_id) == (ValueKind.FIXED, 85_00, None)
    told = explain_value(world.session, voucher.id, vault=VAULT, own_client=None, incomes=False)
    assert told.steps[0].label == value_pb2.EXPLANATION_LABEL_REFERENCE_PRICE


def test_the_parameters_of_the_first_day_of_service_count_MONEY_6(world: World) -> None:
    put(world, "2025", FixedValue(90_00), date(2025, 1, 1))
    put(world, "later", FixedValue(95_00), date(2025, 3, 10))
    assert world.issue(world.draft(valid_from=date(2025, 3, 10))).unit_value == 95_00


def test_a_ceiling_pays_whatever_the_units_cost_until_it_is_used_MONEY_3(world: World) -> None:
    put(world, "whole", CeilingTotal(1000_00), date(2025, 1, 1))
    dear = uuid4()
    world.add_coach(dear, price=70_00)
    world.add_coach(world.coach, price=66_00)
    voucher = world.issue(world.draft())
    assert (voucher.value_kind, voucher.max_value, voucher.units_granted) == (ValueKind.CEILING_TOTAL, 1000_00, 15)
    world.guide(voucher)
    with pytest.raises(PriceAboveValue):
        world.choose(voucher, provider_id=dear)
    world.choose(voucher)
    assert (voucher.county_share, voucher.client_share) == (66_00, 0)
    assert world.balance(voucher).committed == 990_00


def test_a_ceiling_in_palveluseteli_is_spread_over_the_units_MONEY_3(home_care: World) -> None:
    put(home_care, "whole", CeilingTotal(3000_01), date(2025, 1, 1))
    voucher = home_care.active()
    assert (voucher.county_share, voucher.client_share) == (25_00, 13_00)
    claim = home_care.redeem(voucher, home_care.deliver(voucher, units=20))
    assert (claim.county_share, claim.client_share) == (500_00, 260_00)


@pytest.mark.parametrize("regime", list(Regime))
def test_the_database_lets_no_client_pay_for_what_is_free_INV_12(world: World, regime: Regime) -> None:
    voucher = world.active()
    voucher.regime = regime
    voucher.county_share, voucher.client_share = 81_00, 1_00
    with pytest.raises(IntegrityError, match="ck_voucher_no_client_share"):
        world.session.flush()


def test_nor_does_it_in_a_claim_that_counts_INV_12(world: World) -> None:
    voucher = world.active()
    claim = world.redeem(voucher, world.deliver(voucher))
    with pytest.raises(IntegrityError, match="ck_redemption_client_share"), world.session.begin_nested():
        world.session.execute(_shares(claim.id, county_share=81_00, client_share=1_00))
    with pytest.raises(IntegrityError, match="fk_redemption_voucher_id_client_pays"), world.session.begin_nested():
        world.session.execute(_shares(claim.id, client_pays=True))


def _shares(redemption_id: UUID, **values: object) -> Update:
    return redemptions.update().where(redemptions.c.id == redemption_id).values(**values)


def test_a_free_service_in_palveluseteli_needs_a_price_within_the_value_INV_12(world: World) -> None:
    world.rules = Rules(regime_default=Regime.PALVELUSETELI)
    dear = uuid4()
    world.add_coach(dear, price=85_01)
    voucher = world.issue(world.draft())
    world.guide(voucher)
    with pytest.raises(PriceAboveValue):
        world.choose(voucher, provider_id=dear)


def test_two_sets_of_a_day_are_refused_by_the_database_too_MONEY_6(world: World) -> None:
    first = put(world, "2025", FixedValue(90_00), date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(ParametersOverlap):
        put(world, "other", FixedValue(91_00), date(2025, 12, 31))
    row = world.session.execute(select(parameter_sets).where(parameter_sets.c.id == first.id)).one()
    copy = {**row._mapping, "id": uuid4(), "code": "other"}
    with pytest.raises(IntegrityError, match="ex_parameter_set_overlap"):
        world.session.execute(parameter_sets.insert().values(**copy))


def test_versions_stay_and_the_newest_counts_MONEY_6(world: World) -> None:
    first = put(world, "2025", FixedValue(90_00), date(2025, 1, 1))
    second = put(world, "2025", FixedValue(91_00), date(2025, 1, 1))
    assert (first.number, second.number) == (1, 2)
    in_force = set_in_force(world.session, ParameterKind.VALUE, world.service, date(2025, 6, 1))
    assert in_force == second
    stored = world.session.execute(select(parameter_sets.c.body, parameter_sets.c.superseded_at)).all()
    assert [(row.body["unit_value"], row.superseded_at is None) for row in stored] == [(90_00, False), (91_00, True)]


def test_incomes_are_sealed_each_in_its_own_row_INCOME_2(world: World) -> None:
    stated = state(world, 2, 2300_00)
    row = world.session.execute(select(income_statements)).one()
    whole = world.session.execute(text("select income_statement::text from income_statement")).scalar_one()
    assert "tax decision" not in whole
    assert b"230000" not in row.sealed
    assert b"tax decision" not in row.sealed
    sealed = Sealed(row.sealed, row.key_version)
    assert "230000" in VAULT.open(sealed, stated.id)
    with pytest.raises(InvalidTag):
        VAULT.open(sealed, uuid4())
    rotated = Vault({1: bytes(32), 2: bytes([1]) * 32}, place="income_statement.sealed")
    assert rotated.seal("x", stated.id).key_version == 2
    assert rotated.open(sealed, stated.id) == VAULT.open(sealed, stated.id)
    with pytest.raises(UnusableKeys):
        Vault({1: b"short"}, place="income_statement.sealed")


def test_one_statement_of_a_client_a_day_INCOME_1(world: World) -> None:
    first = state(world, 2, 2300_00)
    second = state(world, 2, 2400_00, date(2025, 6, 1))

    def found(day: date) -> UUID | None:
        one = statement_in_force(world.session, VAULT, world.client_id, day)
        return one.id if one else None

    assert [found(date(2024, 12, 31)), found(date(2025, 5, 31)), found(date(2025, 6, 1))] == [None, first.id, second.id]
    with pytest.raises(IncomeStatementOverlaps):
        state(world, 3, 1_00, date(2025, 3, 1))
    end_income_statement(world.session, statement_id=second.id, last_day=date(2025, 5, 31), vault=VAULT, now=world.now)
    assert found(date(2025, 6, 1)) is None
    row = world.session.execute(select(income_statements).where(income_statements.c.id == first.id)).one()
    with pytest.raises(IntegrityError, match="ex_income_statement_overlap"):
        world.session.execute(income_statements.insert().values(**{**row._mapping, "id": uuid4()}))


def test_an_income_is_in_no_fact_and_no_section_INV_25(home_care: World) -> None:
    put(home_care, "home-care-2025", home_care_value(), date(2025, 1, 1))
    state(home_care, 2, 2300_00)
    home_care.issue(home_care.draft())
    told = home_care.session.execute(text("select string_agg(body::text, '') from outbox")).scalar_one()
    assert b"tax decision".hex() not in told
    assert all(money != 2300_00 for voucher in home_care.section().vouchers for money in _cents(voucher))


def _cents(voucher: object) -> list[int]:
    money = voucher.money  # type: ignore[attr-defined]
    return [
        getattr(money, field.name).cents
        for field, _ in money.ListFields()
        if hasattr(getattr(money, field.name), "cents")
    ]


def test_the_price_agreed_decides_the_shares_of_a_claim_of_the_provider_left_MONEY_1() -> None:
    one: Voucher = samples.voucher(regime=Regime.PALVELUSETELI, value_kind=ValueKind.CEILING_TOTAL, unit_value=50_00)
    left = replace(samples.reroute_of(one), agreed_price=82_00, county_share=60_00)
    assert (left.split(units=2).county, left.split(units=2).client) == (120_00, 44_00)
