"""The question what a client's household earns; county finance and the client alone may ask it (ACCESS-3)."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.names import uuid_of
from services.chassis.pages import by_creation, page_of
from services.chassis.vault import Vault
from services.voucher.domain.vouchers.refusals import NoRelationship
from services.voucher.storage.values.income import income_statements, of_client, statement_from
from services.voucher.wire.values.income import income_statement
from sote.voucher.v1 import income_service_pb2 as pb


def list_income_statements(
    session: Session, request: pb.ListIncomeStatementsRequest, vault: Vault, own_client: UUID | None
) -> pb.ListIncomeStatementsResponse:
    """A page of the client's statements, oldest first; to another client nobody's: NoRelationship."""
    client_id = uuid_of(request.client_id, "client_id")
    if own_client is not None and own_client != client_id:
        raise NoRelationship("the statements are not this client's")
    page, columns = page_of(request), income_statements.c
    rows = session.execute(page.select(of_client(client_id), columns.created_at, columns.id)).all()
    shown, token = page.cut(rows, by_creation)
    found = [income_statement(statement_from(row, vault), means=True) for row in shown]
    return pb.ListIncomeStatementsResponse(income_statements=found, next_page_token=token)
