"""Questions about the dated parameters of values and fees."""

from typing import Any

from sqlalchemy.orm import Session

from services.chassis.pages import by_creation, page_of
from services.voucher.domain.values.parameters import ParameterKind, ParameterSet
from services.voucher.storage.values.parameters import parameter_sets, selection, set_from
from services.voucher.wire.optional import optional_date
from services.voucher.wire.values import parameters as wire
from sote.voucher.v1 import fee_service_pb2, value_service_pb2


def list_value_parameters(
    session: Session, request: value_service_pb2.ListValueParametersRequest
) -> value_service_pb2.ListValueParametersResponse:
    """A page of sets of values, oldest first."""
    shown, token = _page(session, request, ParameterKind.VALUE, request.service_code)
    found = map(wire.value_parameters, shown)
    return value_service_pb2.ListValueParametersResponse(parameters=found, next_page_token=token)


def list_fee_rules(
    session: Session, request: fee_service_pb2.ListFeeRulesRequest
) -> fee_service_pb2.ListFeeRulesResponse:
    """A page of sets of fee rules, oldest first."""
    shown, token = _page(session, request, ParameterKind.FEE, request.fee_rule)
    return fee_service_pb2.ListFeeRulesResponse(fee_rules=map(wire.fee_rule, shown), next_page_token=token)


def _page(session: Session, request: Any, kind: ParameterKind, subject: str) -> tuple[list[ParameterSet], str]:
    day = optional_date(request, "day")
    query = selection(kind, subject=subject, day=day, superseded=request.show_superseded)
    page = page_of(request)
    rows = session.execute(page.select(query, parameter_sets.c.created_at, parameter_sets.c.id)).all()
    shown, token = page.cut(rows, by_creation)
    return [set_from(row) for row in shown], token
