"""The question how a voucher's value came about."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.names import resource_name
from services.chassis.vault import Vault
from services.voucher.domain.values.explanation import Step, without_incomes
from services.voucher.domain.values.value import worth_of
from services.voucher.domain.vouchers.refusals import NoRelationship, UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.values.income import find_statement
from services.voucher.storage.values.parameters import find_set
from services.voucher.wire.values.parameters import VALUE_PARAMETERS, explained
from services.voucher.wire.vouchers.voucher import VOUCHERS, value_kind
from sote.voucher.v1 import value_pb2


def explain_value(
    session: Session, voucher_id: UUID, *, vault: Vault, own_client: UUID | None, incomes: bool
) -> value_pb2.ValueExplanation:
    """The lines of the value, computed anew from what it rests on; without `incomes` only those that tell none."""
    voucher = session.get(Voucher, voucher_id)
    if own_client is not None and (voucher is None or voucher.client_id != own_client):
        raise NoRelationship("the voucher is not this client's")
    if voucher is None:
        raise UnknownVoucher("there is no such voucher")
    steps = _steps(session, voucher, vault)
    set_id = voucher.parameter_set_id
    return value_pb2.ValueExplanation(
        voucher=resource_name(VOUCHERS, voucher.id),
        value_kind=value_kind(voucher.value_kind),
        parameters=resource_name(VALUE_PARAMETERS, set_id) if set_id else "",
        decision_id=str(voucher.decision_id),
        steps=explained(steps if incomes else without_incomes(steps)),
    )


def _steps(session: Session, voucher: Voucher, vault: Vault) -> tuple[Step, ...]:
    set_id, statement_id = voucher.parameter_set_id, voucher.income_statement_id
    return worth_of(
        find_set(session, set_id).values if set_id else None,
        units=voucher.units_granted,
        reference_price=voucher.unit_value,
        statement=find_statement(session, vault, statement_id) if statement_id else None,
    ).steps
