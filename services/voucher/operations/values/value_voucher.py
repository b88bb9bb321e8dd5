"""What a voucher is worth by the parameters and the income in force; computed at the draft and again at the issue."""

from datetime import date

from sqlalchemy.orm import Session

from services.chassis.vault import Vault
from services.voucher.domain.values.parameters import ParameterKind
from services.voucher.domain.values.value import worth_of
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.values.income import statement_in_force
from services.voucher.storage.values.parameters import set_in_force


def value_voucher(session: Session, voucher: Voucher, *, reference_price: int, vault: Vault, today: date) -> None:
    """Give it the value by what is in force on its first day of service, today at the earliest.

    Refuses with IncomeStatementMissing where the value depends on an income nobody has stated.
    """
    day = max(today, voucher.valid_from)
    found = set_in_force(session, ParameterKind.VALUE, voucher.service_code, day)
    asked = found is not None and found.depends_on_income
    worth = worth_of(
        found.values if found else None,
        units=voucher.units_granted,
        reference_price=reference_price,
        statement=statement_in_force(session, vault, voucher.client_id, day) if asked else None,
        set_id=found.id if found else None,
    )
    voucher.value_as(worth)
