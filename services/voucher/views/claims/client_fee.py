"""The question what a client owes the county."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.names import InvalidField, uuid_of
from services.chassis.values import day_of
from services.chassis.vault import Vault
from services.voucher.domain.values.client_fee import SetOn, client_fees
from services.voucher.domain.values.income import IncomeStatement
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet
from services.voucher.domain.vouchers.refusals import NoRelationship
from services.voucher.storage.claims.fee_usage import usages
from services.voucher.storage.values.income import statements_of
from services.voucher.storage.values.parameters import sets_of
from services.voucher.wire.values.fee import client_fees_response
from sote.voucher.v1 import fee_service_pb2 as pb

MOST_MONTHS = 24


def list_client_fees(
    session: Session, request: pb.ListClientFeesRequest, *, vault: Vault, own_client: UUID | None, incomes: bool
) -> pb.ListClientFeesResponse:
    """The fees of the months asked for; without `incomes` their amounts alone."""
    client_id = uuid_of(request.client_id, "client_id")
    if own_client is not None and own_client != client_id:
        raise NoRelationship("the fees are not this client's")
    first, last = _months(request)
    used = usages(session, client_id, first, last)
    sets = sets_of(session, ParameterKind.FEE, {use.fee_rule for use in used})
    fees = client_fees(used, set_on=_on(sets), statements=_statements(session, vault, client_id, sets))
    return client_fees_response(fees, incomes=incomes)


def _months(request: pb.ListClientFeesRequest) -> tuple[date, date]:
    """The first day of the first month and the last day of the last one."""
    first = day_of(request.first_month, "first_month").replace(day=1)
    last = day_of(request.last_month, "last_month").replace(day=1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= months <= MOST_MONTHS:
        raise InvalidField("last_month", f"must be the first month or follow it within {MOST_MONTHS} months")
    return first, (last + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _on(sets: Iterable[ParameterSet]) -> SetOn:
    by_rule: dict[str, list[ParameterSet]] = {}
    for fee_set in sets:
        by_rule.setdefault(fee_set.subject, []).append(fee_set)
    return lambda rule, day: next((fee_set for fee_set in by_rule.get(rule, []) if fee_set.holds_on(day)), None)


def _statements(
    session: Session, vault: Vault, client_id: UUID, sets: Iterable[ParameterSet]
) -> Sequence[IncomeStatement]:
    """Incomes are opened only where a fee depends on one."""
    if not any(fee_set.depends_on_income for fee_set in sets):
        return []
    return statements_of(session, vault, client_id)
