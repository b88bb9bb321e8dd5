"""The methods of VoucherTermsService and VoucherWorkService; each calls one operation or view through the door."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.voucher.api.callers import official_of
from services.voucher.domain.rules import Rules
from services.voucher.operations.changes.extend_voucher import extend_voucher
from services.voucher.views.changes.plan_verdict import list_plan_verdicts
from services.voucher.wire.optional import optional_date, optional_uuid
from services.voucher.wire.vouchers import voucher as wire
from sote.voucher.v1 import (
    voucher_pb2,
    voucher_terms_service_pb2,
    voucher_terms_service_pb2_grpc,
)


class TermsApi(voucher_terms_service_pb2_grpc.VoucherTermsServiceServicer):
    """VoucherTermsService over one door."""

    def __init__(self, door: Door, rules: Rules) -> None:
        self._door = door
        self._rules = rules

    @writes
    def ExtendVoucher(
        self, request: voucher_terms_service_pb2.ExtendVoucherRequest, call: Call, session: Session
    ) -> voucher_pb2.Voucher:
        extended = extend_voucher(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            units=request.units or None,
            valid_to=optional_date(request, "valid_to"),
            decision_id=optional_uuid(request.decision_id, "decision_id"),
            etag=request.etag,
            official=official_of(call.caller),
            rules=self._rules,
            now=call.now,
        )
        return wire.voucher(extended)

    @reads
    def ListPlanVerdicts(
        self, request: voucher_terms_service_pb2.ListPlanVerdictsRequest, call: Call, session: Session
    ) -> voucher_terms_service_pb2.ListPlanVerdictsResponse:
        return list_plan_verdicts(session, resource_id(request.name, wire.VOUCHERS))
