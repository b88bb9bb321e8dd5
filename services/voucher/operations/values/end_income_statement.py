"""Let a statement of income end, or withdraw it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.vault import Vault
from services.voucher.domain.values.income import IncomeStatement, IncomeStatementNotFound
from services.voucher.storage.values.income import locked_statement, save_statement


def end_income_statement(
    session: Session, *, statement_id: UUID, last_day: date, etag: str = "", vault: Vault, now: datetime
) -> IncomeStatement:
    """End it on `last_day`, one before its first day withdraws it; refuses with IncomeStatementNotFound or -Ended."""
    statement = locked_statement(session, vault, statement_id)
    if statement is None:
        raise IncomeStatementNotFound("there is no such statement")
    check_etag(etag, statement.version)
    statement.end(last_day, now=now)
    save_statement(session, statement)
    return statement
