"""Transfers of the responsible operator, shown to the two organisations they concern."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.careplan.domain.transfers.operator_transfer import OperatorTransfer, TransferState
from services.careplan.storage.transfers import transfer_table
from services.careplan.wire.requests import organisation_of
from services.careplan.wire.transfers import operator_transfer
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import operator_transfer_service_pb2 as rpc


def list_operator_transfers(
    session: Session, request: rpc.ListOperatorTransfersRequest, caller: Caller
) -> rpc.ListOperatorTransfersResponse:
    """The transfers to and from the caller's organisation, oldest first."""
    page, column, organisation = page_of(request), transfer_table.c, organisation_of(caller)
    concerned = or_(column.from_organisation_id == organisation, column.to_organisation_id == organisation)
    query = select(OperatorTransfer).where(concerned)
    if request.plan_id:
        query = query.where(column.plan_id == UUID(request.plan_id))
    if state := word_or_none(TransferState, rpc.OperatorTransferState, request.state):
        query = query.where(column.state == state)
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.created_at, row.id))
    return rpc.ListOperatorTransfersResponse(
        transfers=[operator_transfer(transfer) for transfer in shown], next_page_token=token
    )
