"""Statements of income in protobuf, and what the requests about them say."""

from datetime import datetime
from uuid import UUID

from services.chassis.etags import etag_of
from services.chassis.names import InvalidField, resource_name, uuid_of
from services.chassis.values import day, instant, money
from services.voucher.domain.values.income import IncomeStatement, Means
from services.voucher.wire.values.parameters import period_from
from sote.voucher.v1 import income_pb2, income_service_pb2

INCOME_STATEMENTS = "incomeStatements"


def income_statement(statement: IncomeStatement, *, means: bool) -> income_pb2.IncomeStatement:
    """A statement, with what it says or without: answers to changes are stored, and would keep an income unsealed."""
    return income_pb2.IncomeStatement(
        name=resource_name(INCOME_STATEMENTS, statement.id),
        uid=str(statement.id),
        etag=etag_of(statement.version),
        create_time=instant(statement.created_at),
        update_time=instant(statement.updated_at),
        client_id=str(statement.client_id),
        valid_from=day(statement.valid_from),
        valid_to=day(statement.valid_to),
        withdrawn=statement.withdrawn,
        means=_means(statement) if means else None,
    )


def statement_from_request(
    request: income_service_pb2.RecordIncomeStatementRequest, *, county: str, subject: str, now: datetime, new_id: UUID
) -> IncomeStatement:
    """The statement a request tells; refuses with InvalidField an income below zero."""
    first, last = period_from(request)
    income = request.gross_monthly_income.cents
    if income < 0:
        raise InvalidField("gross_monthly_income", "must not be below zero")
    return IncomeStatement(
        id=new_id,
        county=county,
        client_id=uuid_of(request.client_id, "client_id"),
        valid_from=first,
        valid_to=last,
        means=Means(request.household_size, income),
        evidence=request.evidence,
        created_at=now,
        created_by=subject,
        updated_at=now,
    )


def _means(statement: IncomeStatement) -> income_pb2.Means:
    return income_pb2.Means(
        household_size=statement.means.household,
        gross_monthly_income=money(statement.means.monthly_income),
        evidence=statement.evidence,
    )
