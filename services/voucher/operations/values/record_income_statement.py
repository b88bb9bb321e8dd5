"""Record what a client's household earns; one that runs until another follows ends the day before."""

from datetime import timedelta

from sqlalchemy.orm import Session

from services.chassis.vault import Vault
from services.voucher.domain.values.income import IncomeStatement, IncomeStatementOverlaps
from services.voucher.storage.values.income import add_statement, save_statement, statements_of


def record_income_statement(session: Session, *, statement: IncomeStatement, vault: Vault) -> IncomeStatement:
    """Keep the statement, sealed. It is told to nobody: no fact, no section, no log.

    Refuses with IncomeStatementOverlaps when another one that began later, or that has an end, is in force on a day of
    it.
    """
    for earlier in statements_of(session, vault, statement.client_id, lock=True):
        if earlier.valid_to is None and earlier.valid_from < statement.valid_from:
            earlier.end(statement.valid_from - timedelta(days=1), now=statement.created_at)
            save_statement(session, earlier)
        elif statement.overlaps(earlier):
            raise IncomeStatementOverlaps("another statement of the client is in force on a day of this one")
    add_statement(session, vault, statement)
    return statement
