"""The question what a voucher's provider answers for, and answered for before."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.values import instant
from services.voucher.domain.vouchers.refusals import NoRelationship, UnknownVoucher
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.vouchers.content import contents_of
from services.voucher.wire.vouchers.voucher import content
from sote.voucher.v1 import content_service_pb2 as pb


def list_content_versions(
    session: Session, voucher_id: UUID, own_provider: UUID | None, own_client: UUID | None
) -> pb.ListContentVersionsResponse:
    """Every version of the content; to a confined reader a voucher not its own looks like none: NoRelationship."""
    voucher = session.get(Voucher, voucher_id)
    if own_provider is not None and (voucher is None or voucher.provider_id != own_provider):
        raise NoRelationship("the voucher is not at this provider")
    if own_client is not None and (voucher is None or voucher.client_id != own_client):
        raise NoRelationship("the voucher is not this client's")
    if voucher is None:
        raise UnknownVoucher("there is no such voucher")
    versions = [
        pb.ContentVersion(
            content_spec=content(version.content),
            create_time=instant(version.created_at),
            created_by=version.created_by,
            accepted=version.content.version == voucher.accepted_content_version,
        )
        for version in contents_of(session, voucher_id)
    ]
    return pb.ListContentVersionsResponse(versions=versions)
