"""The methods of IncomeService; each gives its request to one operation or view through the door."""

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.values import day_of
from services.chassis.vault import Vault
from services.voucher.api.acting import client_for
from services.voucher.operations.values.end_income_statement import end_income_statement
from services.voucher.operations.values.record_income_statement import record_income_statement
from services.voucher.views.values.income import list_income_statements
from services.voucher.wire.values.income import INCOME_STATEMENTS, income_statement, statement_from_request
from sote.voucher.v1 import income_pb2, income_service_pb2_grpc
from sote.voucher.v1 import income_service_pb2 as pb

Code = grpc.StatusCode


class IncomeApi(income_service_pb2_grpc.IncomeServiceServicer):
    """IncomeService over one door and the vault of incomes."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    @writes
    def RecordIncomeStatement(
        self, request: pb.RecordIncomeStatementRequest, call: Call, session: Session
    ) -> income_pb2.IncomeStatement:
        statement = statement_from_request(
            request, county=call.caller.county, subject=call.caller.subject, now=call.now, new_id=call.new_id()
        )
        return income_statement(record_income_statement(session, statement=statement, vault=self._vault), means=False)

    @writes
    def EndIncomeStatement(
        self, request: pb.EndIncomeStatementRequest, call: Call, session: Session
    ) -> income_pb2.IncomeStatement:
        ended = end_income_statement(
            session,
            statement_id=resource_id(request.name, INCOME_STATEMENTS),
            last_day=day_of(request.last_day, "last_day"),
            etag=request.etag,
            vault=self._vault,
            now=call.now,
        )
        return income_statement(ended, means=False)

    @reads
    def ListIncomeStatements(
        self, request: pb.ListIncomeStatementsRequest, call: Call, session: Session
    ) -> pb.ListIncomeStatementsResponse:
        own = client_for(session, call, uuid_of(request.client_id, "client_id"))
        return list_income_statements(session, request, self._vault, own)
