"""The methods of BudgetService; each gives its request to one operation or view through the door."""

from datetime import timedelta
from uuid import UUID

import grpc
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id, uuid_of
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


class BudgetMethods(budget_service_pb2_grpc.BudgetServiceServicer):
    """What BudgetService does with budgets and the ledger, over one door."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def CreateBudget(self, request: pb.CreateBudgetRequest, call: Call, session: Session) -> budget_pb2.Budget:
        planned = create_budget(
            session,
            fiscal_year=request.fiscal_year,
            lines=wire.lines_from(request.lines, call.new_id),
            caller=call.caller,
            now=call.now,
            new_id=call.new_id(),
        )
        return wire.budget(planned)

    @writes
    def ApproveBudget(self, request: pb.ApproveBudgetRequest, call: Call, session: Session) -> budget_pb2.Budget:
        approved = approve_budget(
            session,
            budget_id=_budget_id(request.name),
            given=wire.amounts_from(request.lines),
            etag=request.etag,
            now=call.now,
        )
        return wire.budget(approved)

    @writes
    def AppropriateLine(self, request: pb.AppropriateLineRequest, call: Call, session: Session) -> budget_pb2.Budget:
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

    @writes
    def AmendLine(self, request: pb.AmendLineRequest, call: Call, session: Session) -> budget_pb2.Budget:
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

    @writes
    def TransferBetweenLines(
        self, request: pb.TransferBetweenLinesRequest, call: Call, session: Session
    ) -> budget_pb2.Budget:
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

    @writes
    def ApproveOverrun(self, request: pb.ApproveOverrunRequest, call: Call, session: Session) -> budget_pb2.Budget:
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

    @writes
    def CloseBudget(self, request: pb.CloseBudgetRequest, call: Call, session: Session) -> budget_pb2.Budget:
        closed = close_budget(
            session,
            budget_id=_budget_id(request.name),
            etag=request.etag,
            claim_window=timedelta(days=self._rules.claim_window_days),
            today=helsinki_date(call.now),
            now=call.now,
        )
        return wire.budget(closed)

    @reads
    def GetBudget(self, request: pb.GetBudgetRequest, call: Call, session: Session) -> budget_pb2.Budget:
        return views.get_budget(session, _budget_id(request.name))

    @reads
    def ListBudgets(self, request: pb.ListBudgetsRequest, call: Call, session: Session) -> pb.ListBudgetsResponse:
        return views.list_budgets(session, request)

    @reads
    def ListLedgerEntries(
        self, request: pb.ListLedgerEntriesRequest, call: Call, session: Session
    ) -> pb.ListLedgerEntriesResponse:
        return views.list_ledger_entries(session, request)

    @reads
    def GetClientFinance(
        self, request: pb.GetClientFinanceRequest, call: Call, session: Session
    ) -> finance_section_pb2.FinanceSection:
        return views.get_client_finance(session, uuid_of(request.client_id, "client_id"))


def _budget_id(name: str) -> UUID:
    return resource_id(name, wire.BUDGETS)
