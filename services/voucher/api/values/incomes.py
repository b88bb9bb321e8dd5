"""The methods of IncomeService; each gives its request to one operation or view through the door."""

from collections.abc import Callable, Mapping

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of
from services.voucher.api.acting import client_for
from services.voucher.domain.values.income import IncomeStatementEnded, IncomeStatementNotFound, IncomeStatementOverlaps
from services.voucher.operations.values.end_income_statement import end_income_statement
from services.voucher.operations.values.record_income_statement import record_income_statement
from services.voucher.storage.vault import Vault
from services.voucher.views.values.income import list_income_statements
from services.voucher.wire.values.income import INCOME_STATEMENTS, income_statement, statement_from_request
from sote.voucher.v1 import income_pb2, income_service_pb2_grpc
from sote.voucher.v1 import income_service_pb2 as pb

Code = grpc.StatusCode
Context = grpc.ServicerContext

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    IncomeStatementOverlaps: Code.FAILED_PRECONDITION,
    IncomeStatementEnded: Code.FAILED_PRECONDITION,
    IncomeStatementNotFound: Code.NOT_FOUND,
}
CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "ex_income_statement_overlap": lambda: IncomeStatementOverlaps("another statement is in force on a day of this one")
}


class IncomeApi(income_service_pb2_grpc.IncomeServiceServicer):
    """IncomeService over one door and the vault of incomes."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    def RecordIncomeStatement(
        self, request: pb.RecordIncomeStatementRequest, context: Context
    ) -> income_pb2.IncomeStatement:
        def act(session: Session, call: Call) -> income_pb2.IncomeStatement:
            told = statement_from_request(
                request, county=call.caller.county, subject=call.caller.subject, now=call.now, new_id=call.new_id()
            )
            return income_statement(record_income_statement(session, statement=told, vault=self._vault), means=False)

        return self._door.write(request, context, act)

    def EndIncomeStatement(self, request: pb.EndIncomeStatementRequest, context: Context) -> income_pb2.IncomeStatement:
        def act(session: Session, call: Call) -> income_pb2.IncomeStatement:
            ended = end_income_statement(
                session,
                statement_id=resource_id(request.name, INCOME_STATEMENTS),
                last_day=day_of(request.last_day, "last_day"),
                etag=request.etag,
                vault=self._vault,
                now=call.now,
            )
            return income_statement(ended, means=False)

        return self._door.write(request, context, act)

    def ListIncomeStatements(
        self, request: pb.ListIncomeStatementsRequest, context: Context
    ) -> pb.ListIncomeStatementsResponse:
        def act(session: Session, call: Call) -> pb.ListIncomeStatementsResponse:
            own = client_for(session, call, uuid_of(request.client_id, "client_id"))
            return list_income_statements(session, request, self._vault, own)

        return self._door.read(request, context, act)
