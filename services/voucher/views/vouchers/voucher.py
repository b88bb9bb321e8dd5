"""Questions about vouchers and redemptions; a reader confined to its own sees nothing else."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery
from services.chassis.pages import page_of
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.vouchers.redaction import Scope
from services.voucher.domain.vouchers.refusals import NoRelationship, UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.claims import reroute as reroute_rows
from services.voucher.storage.vouchers import voucher as voucher_rows
from services.voucher.wire.claims.redaction import redemption_for, reroute_for, voucher_for
from services.voucher.wire.optional import optional_uuid
from services.voucher.wire.vouchers import voucher as wire
from sote.voucher.v1 import reroute_pb2, voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as pb


def get_voucher(session: Session, voucher_id: UUID, scope: Scope) -> voucher_pb2.Voucher:
    """One voucher; to a confined reader one that is not its own looks like none: NoRelationship."""
    voucher = session.get(Voucher, voucher_id)
    if scope.provider_id is not None and (voucher is None or voucher.provider_id != scope.provider_id):
        raise NoRelationship("the voucher is not at this provider")
    if scope.client_id is not None and (voucher is None or voucher.client_id != scope.client_id):
        raise NoRelationship("the voucher is not this client's")
    if voucher is None:
        raise UnknownVoucher("there is no such voucher")
    return voucher_for(voucher, scope)


def list_vouchers(session: Session, request: pb.ListVouchersRequest, scope: Scope) -> pb.ListVouchersResponse:
    """A page of vouchers, oldest first."""
    columns = voucher_rows.vouchers.c
    query = voucher_rows.selection(
        client_id=optional_uuid(request.client_id, "client_id"),
        provider_id=optional_uuid(request.provider_id, "provider_id"),
        states=[wire.voucher_state_from(state) for state in request.states],
    )
    query = _own(query, columns, scope.provider_id, scope.client_id)
    page = page_of(request)
    rows = session.scalars(page.select(query, columns.created_at, columns.id)).all()
    shown, token = page.cut(rows, _voucher_key)
    return pb.ListVouchersResponse(vouchers=[voucher_for(voucher, scope) for voucher in shown], next_page_token=token)


def list_redemptions(session: Session, request: pb.ListRedemptionsRequest, scope: Scope) -> pb.ListRedemptionsResponse:
    """A page of redemptions, oldest first."""
    columns = redemption_rows.redemptions.c
    query = redemption_rows.selection(
        voucher_id=optional_uuid(request.voucher_id, "voucher_id"),
        provider_id=optional_uuid(request.provider_id, "provider_id"),
        states=[wire.redemption_state_from(state) for state in request.states],
    )
    query = _own(query, columns, scope.provider_id or scope.own_redemptions, scope.client_id)
    page = page_of(request)
    rows = session.scalars(page.select(query, columns.created_at, columns.id)).all()
    shown, token = page.cut(rows, _redemption_key)
    found = [redemption_for(redemption, scope) for redemption in shown]
    return pb.ListRedemptionsResponse(redemptions=found, next_page_token=token)


def list_reroutes(session: Session, voucher_id: UUID, scope: Scope) -> reroute_pb2.ListVoucherReroutesResponse:
    """The voucher's re-routes, oldest first; to a provider those away from itself, or NoRelationship without any."""
    found = reroute_rows.reroutes_of(session, voucher_id, scope.provider_id)
    if scope.provider_id is not None and not found:
        raise NoRelationship("the voucher was not at this provider")
    if not found and session.get(Voucher, voucher_id) is None:
        raise UnknownVoucher("there is no such voucher")
    return reroute_pb2.ListVoucherReroutesResponse(reroutes=[reroute_for(reroute, scope) for reroute in found])


def _own(query: TableQuery, columns: Any, own_provider: UUID | None, own_client: UUID | None) -> TableQuery:
    if own_provider is not None:
        query = query.where(columns.provider_id == own_provider)
    if own_client is not None:
        query = query.where(columns.client_id == own_client)
    return query


def _voucher_key(voucher: Voucher) -> Any:
    return voucher.created_at, voucher.id


def _redemption_key(redemption: Redemption) -> Any:
    return redemption.created_at, redemption.id
