"""A package's voucher whose value goes by the income (PROCESS-B5, MONEY-4): funded at that value, or refused and
undone."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.voucher.domain.values.income import IncomeStatement, Means
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet
from services.voucher.domain.values.value import IncomeParameters
from services.voucher.operations.values.put_parameters import put_parameters
from services.voucher.operations.values.record_income_statement import record_income_statement
from services.voucher.storage.vouchers.voucher import vouchers
from tests.builders.voucher import enrolments, purse
from tests.builders.voucher.enrolments import CLIENT, PLAN, VAULT
from tests.builders.voucher.purse import COUNTY, NOW, THERAPY

pytestmark = pytest.mark.integration

BY_INCOME = IncomeParameters(70_00, 20_00, (1000_00,), (60_00,), 100_00)
SINCE = date(2025, 1, 1)


@pytest.fixture
def db(session: Callable[[str], Session]) -> Session:
    """The small county, where therapy is worth what the income says."""
    opened = enrolments.world_of(session("voucher"))
    new = ParameterSet(
        uuid4(), COUNTY, ParameterKind.VALUE, THERAPY, "by-income", 1, SINCE, None, BY_INCOME, NOW, "finance-1"
    )
    put_parameters(opened, new=new, now=NOW, new_id=uuid4)
    return opened


def enrol(db: Session) -> None:
    """The plan is in force and the enrolment, whose therapy is mandatory, asks for its money."""
    planned = enrolments.services()
    purse.tell_plan(db, PLAN, CLIENT, planned)
    told = enrolments.enrolment(planned, mandatory=THERAPY)
    enrolments.accepted(db, told)
    enrolments.requested(db, told)


def test_the_item_is_worth_what_the_income_says_PROCESS_B5(db: Session) -> None:
    means = Means(1, 1600_00)
    told = IncomeStatement(uuid4(), COUNTY, CLIENT, SINCE, None, means, "", NOW, "finance-1", NOW)
    record_income_statement(db, statement=told, vault=VAULT)
    enrol(db)
    (value,) = db.execute(select(vouchers.c.unit_value)).scalars()
    assert value == 70_00 - 6_00


def test_an_income_nobody_stated_refuses_the_item_and_undoes_the_rest_PROCESS_B5(db: Session) -> None:
    enrol(db)
    assert enrolments.failure(db)[1] == "INCOME_STATEMENT_MISSING"
    assert db.execute(select(vouchers.c.id)).first() is None
    assert enrolments.envelope(db).reserved == 0
