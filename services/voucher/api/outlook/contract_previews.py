"""The method of ContractPreviewService; it gives its request to one operation through the door."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads
from services.chassis.names import uuid_of
from services.chassis.pages import page_of
from services.voucher.domain.outlook.contract_preview import Impact, sums_of
from services.voucher.operations.outlook.preview_contract_change import preview_contract_change
from services.voucher.wire.outlook.contract_preview import hypothesis_from, preview
from sote.voucher.v1 import contract_preview_service_pb2 as pb
from sote.voucher.v1 import contract_preview_service_pb2_grpc


class PreviewApi(contract_preview_service_pb2_grpc.ContractPreviewServiceServicer):
    """ContractPreviewService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def PreviewContractChange(
        self, request: pb.PreviewContractChangeRequest, call: Call, session: Session
    ) -> pb.PreviewContractChangeResponse:
        page = page_of(request)
        contract_id = uuid_of(request.contract_id, "contract_id")
        found = preview_contract_change(session, contract_id=contract_id, change=hypothesis_from(request), now=call.now)
        after = (page.after_time, page.after_uid)
        rest = [effect for effect in found if page.after_time is None or _key(effect) > after]
        shown, token = page.cut(rest[: page.size + 1], _key)
        return preview(shown, sums_of(found), token)


def _key(impact: Impact) -> tuple[datetime, UUID]:
    return impact.created_at, impact.id
