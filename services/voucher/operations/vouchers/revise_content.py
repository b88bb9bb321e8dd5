"""Word what a voucher's provider will answer for anew (S2.18)."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.issuing import Official, check_issuer
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.vouchers.voucher import announce_voucher, load_voucher, publish_vouchers
from services.voucher.storage.neighbours import provider
from services.voucher.storage.vouchers.content import keep_content
from sote.voucher.v1.events_pb2 import VoucherContentRevised


def revise_content(
    session: Session, *, voucher_id: UUID, content: ContentSpec, etag: str = "", official: Official, now: datetime
) -> Voucher:
    """The next version of the content; the earlier ones stay readable. Refuses once a provider is chosen."""
    organisation = official.organisation_id
    check_issuer(provider.find_provider(session, organisation) if organisation else None)
    voucher = load_voucher(session, voucher_id, etag=etag)
    voucher.reword(content, now=now)
    keep_content(session, voucher, subject=official.subject, now=now)
    announce_voucher(session, voucher, partial(VoucherContentRevised, content_version=voucher.content_spec.version))
    publish_vouchers(session, voucher.client_id, now=now, posted=False)
    return voucher
