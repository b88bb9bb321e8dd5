"""The question which quotes were given for a voucher."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.pages import by_creation, page_of
from services.voucher.domain.vouchers.refusals import NoRelationship, UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.choices.quote import of_voucher, quote_from, quotes
from services.voucher.storage.neighbours.provider import find_providers
from services.voucher.wire.choices.quote import quote
from sote.voucher.v1 import quote_service_pb2 as pb


def list_quotes(
    session: Session, request: pb.ListQuotesRequest, voucher_id: UUID, own_client: UUID | None
) -> pb.ListQuotesResponse:
    """A page of the voucher's quotes, oldest first; to another client it looks like none: NoRelationship."""
    voucher = session.get(Voucher, voucher_id)
    if own_client is not None and (voucher is None or voucher.client_id != own_client):
        raise NoRelationship("the voucher is not this client's")
    if voucher is None:
        raise UnknownVoucher("there is no such voucher")
    page = page_of(request)
    rows = session.execute(page.select(of_voucher(voucher_id), quotes.c.created_at, quotes.c.id)).all()
    shown, token = page.cut(rows, by_creation)
    found = [quote_from(row) for row in shown]
    providers = find_providers(session, {given.provider_id for given in found})
    listed = [quote(given, providers[given.provider_id]) for given in found]
    return pb.ListQuotesResponse(quotes=listed, next_page_token=token)
