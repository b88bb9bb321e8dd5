"""The methods of BudgetService; each gives its request to one operation or view through the door."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import grpc
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door
from services.chassis.names import resource_id, uuid_of
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.purse.budget import (
    BudgetExists,
    BudgetLinesOverlap,
    BudgetNotFound,
    NextBudgetMissing,
    OverrunNotStatutory,
    SameLine,
    YearNotOver,
)
from services.voucher.domain.purse.ledger import BudgetExhausted, PostingRefused
from services.voucher.domain.rules import Rules
from services.voucher.operations.purse.amend_line import amend_line
from services.voucher.operations.purse.appropriate_line import appropriate_line
from services.voucher.operations.purse.approve_budget import approve_budget
from services.voucher.operations.purse.approve_overrun import approve_overrun
from services.voucher.operations.purse.close_budget import close_budget
from services.voucher.operations.purse.create_budget import create_budget
from services.voucher.operations.purse.transfer_between_lines import transfer_between_lines
from services.voucher.views.purse import budget as views
from services.voucher.wire.purse import budget as wire
from sote.voucher.v1 import budget_pb2, budget_service_pb2_grpc, finance_section_pb2
from sote.voucher.v1 import budget_service_pb2 as pb

Code = grpc.StatusCode
Context = grpc.ServicerContext

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    BudgetExists: Code.ALREADY_EXISTS,
    BudgetNotFound: Code.NOT_FOUND,
    BudgetLinesOverlap: Code.INVALID_ARGUMENT,
    PostingRefused: Code.FAILED_PRECONDITION,
    BudgetExhausted: Code.FAILED_PRECONDITION,
    OverrunNotStatutory: Code.FAILED_PRECONDITION,
    SameLine: Code.INVALID_ARGUMENT,
    YearNotOver: Code.FAILED_PRECONDITION,
    NextBudgetMissing: Code.FAILED_PRECONDITION,
    IllegalTransition: Code.FAILED_PRECONDITION,
}
CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_budget_county_scheme_county_code_fiscal_year": lambda: BudgetExists("the county has a budget of that year"),
}


class BudgetMethods(budget_service_pb2_grpc.BudgetServiceServicer):
    """What BudgetService does with budgets and the ledger, over one door."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    def CreateBudget(self, request: pb.CreateBudgetRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            planned = create_budget(
                session,
                fiscal_year=request.fiscal_year,
                lines=wire.lines_from(request.lines, call.new_id),
                caller=call.caller,
                now=call.now,
                new_id=call.new_id(),
            )
            return wire.budget(planned)

        return self._door.write(request, context, act)

    def ApproveBudget(self, request: pb.ApproveBudgetRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            approved = approve_budget(
                session,
                budget_id=_budget_id(request.name),
                given=wire.amounts_from(request.lines),
                etag=request.etag,
                now=call.now,
            )
            return wire.budget(approved)

        return self._door.write(request, context, act)

    def AppropriateLine(self, request: pb.AppropriateLineRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            given = appropriate_line(
                session,
                budget_id=_budget_id(request.name),
                line_code=request.line_code,
                amount_cents=request.amount.cents,
                etag=request.etag,
                now=call.now,
                new_id=call.new_id(),
            )
            return wire.budget(given)

        return self._door.write(request, context, act)

    def AmendLine(self, request: pb.AmendLineRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            amended = amend_line(
                session,
                budget_id=_budget_id(request.name),
                line_code=request.line_code,
                change_cents=request.change.cents,
                etag=request.etag,
                now=call.now,
                new_id=call.new_id(),
            )
            return wire.budget(amended)

        return self._door.write(request, context, act)

    def TransferBetweenLines(self, request: pb.TransferBetweenLinesRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            moved = transfer_between_lines(
                session,
                budget_id=_budget_id(request.name),
                from_code=request.from_line_code,
                to_code=request.to_line_code,
                amount_cents=request.amount.cents,
                etag=request.etag,
                now=call.now,
                new_id=call.new_id(),
            )
            return wire.budget(moved)

        return self._door.write(request, context, act)

    def ApproveOverrun(self, request: pb.ApproveOverrunRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            permitted = approve_overrun(
                session,
                budget_id=_budget_id(request.name),
                line_code=request.line_code,
                amount_cents=request.amount.cents,
                etag=request.etag,
                now=call.now,
                new_id=call.new_id(),
            )
            return wire.budget(permitted)

        return self._door.write(request, context, act)

    def CloseBudget(self, request: pb.CloseBudgetRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            closed = close_budget(
                session,
                budget_id=_budget_id(request.name),
                etag=request.etag,
                claim_window=timedelta(days=self._rules.claim_window_days),
                today=helsinki_date(call.now),
                now=call.now,
            )
            return wire.budget(closed)

        return self._door.write(request, context, act)

    def GetBudget(self, request: pb.GetBudgetRequest, context: Context) -> budget_pb2.Budget:
        def act(session: Session, call: Call) -> budget_pb2.Budget:
            return views.get_budget(session, _budget_id(request.name))

        return self._door.read(request, context, act)

    def ListBudgets(self, request: pb.ListBudgetsRequest, context: Context) -> pb.ListBudgetsResponse:
        return self._door.read(request, context, lambda session, call: views.list_budgets(session, request))

    def ListLedgerEntries(self, request: pb.ListLedgerEntriesRequest, context: Context) -> pb.ListLedgerEntriesResponse:
        return self._door.read(request, context, lambda session, call: views.list_ledger_entries(session, request))

    def GetClientFinance(
        self, request: pb.GetClientFinanceRequest, context: Context
    ) -> finance_section_pb2.FinanceSection:
        def act(session: Session, call: Call) -> finance_section_pb2.FinanceSection:
            return views.get_client_finance(session, uuid_of(request.client_id, "client_id"))

        return self._door.read(request, context, act)


def _budget_id(name: str) -> UUID:
    return resource_id(name, wire.BUDGETS)
