"""The methods of VoucherService; each gives its request to one operation or view through the door."""

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id, uuid_of
from services.chassis.vault import Vault
from services.voucher.api.acting import client_on, is_own, scope_for, scope_on
from services.voucher.api.callers import official_of, provider_of, scope_of
from services.voucher.domain.rules import Rules
from services.voucher.operations.changes.revoke_voucher import revoke_voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.choose_provider import choose_provider
from services.voucher.operations.choices.decline_voucher import decline_voucher
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from services.voucher.operations.choices.stay_with_provider import stay_with_provider
from services.voucher.operations.claims.declare_held_units import declare_held_units
from services.voucher.operations.claims.redeem_voucher import redeem_voucher
from services.voucher.operations.claims.reroute_voucher import reroute_voucher
from services.voucher.operations.vouchers.draft_voucher import draft_voucher
from services.voucher.operations.vouchers.issue_voucher import issue_voucher
from services.voucher.operations.vouchers.refuse_voucher import refuse_voucher
from services.voucher.views.vouchers import voucher as views
from services.voucher.wire.claims import reroute as reroutes
from services.voucher.wire.claims.redaction import voucher_for
from services.voucher.wire.optional import optional_date, optional_uuid
from services.voucher.wire.vouchers import voucher as wire
from sote.type.v1 import section_pb2
from sote.voucher.v1 import redemption_pb2, reroute_pb2, voucher_pb2, voucher_service_pb2_grpc
from sote.voucher.v1 import voucher_service_pb2 as pb

Code = grpc.StatusCode

_OVERLAP = "an open voucher for the same service covers part of the period"


class VoucherApi(voucher_service_pb2_grpc.VoucherServiceServicer):
    """VoucherService over one door."""

    def __init__(self, door: Door, rules: Rules, vault: Vault) -> None:
        self._door = door
        self._rules = rules
        self._vault = vault

    @writes
    def DraftVoucher(self, request: pb.DraftVoucherRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        drafted = draft_voucher(
            session,
            client_id=uuid_of(request.client_id, "client_id"),
            decision_id=uuid_of(request.decision_id, "decision_id"),
            plan_service_id=optional_uuid(request.plan_service_id, "plan_service_id"),
            units=request.units or None,
            valid_from=optional_date(request, "valid_from"),
            valid_to=optional_date(request, "valid_to"),
            content=wire.content_from(request.content_spec),
            official=official_of(call.caller),
            vault=self._vault,
            rules=self._rules,
            now=call.now,
            new_id=call.new_id(),
        )
        return wire.voucher(drafted)

    @writes
    def IssueVoucher(self, request: pb.IssueVoucherRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        issued = issue_voucher(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            urgent_reason=request.urgent_reason,
            etag=request.etag,
            official=official_of(call.caller),
            vault=self._vault,
            rules=self._rules,
            now=call.now,
        )
        return wire.voucher(issued)

    @writes
    def RefuseVoucher(self, request: pb.RefuseVoucherRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        voucher_id = resource_id(request.name, wire.VOUCHERS)
        by_client = client_on(session, call, voucher_id)
        refused = refuse_voucher(session, voucher_id=voucher_id, by_client=by_client, etag=request.etag, now=call.now)
        return voucher_for(refused, scope_of(call.caller))

    @reads
    def ListEligibleProviders(
        self, request: pb.ListEligibleProvidersRequest, call: Call, session: Session
    ) -> pb.ListEligibleProvidersResponse:
        voucher_id = resource_id(request.name, wire.VOUCHERS)
        by_client = client_on(session, call, voucher_id)
        return list_eligible_providers(session, voucher_id=voucher_id, by_client=by_client, now=call.now)

    @writes
    def ChooseProvider(self, request: pb.ChooseProviderRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        voucher_id = resource_id(request.name, wire.VOUCHERS)
        chosen = choose_provider(
            session,
            voucher_id=voucher_id,
            provider_id=uuid_of(request.provider_id, "provider_id"),
            unit_id=optional_uuid(request.unit_id, "unit_id"),
            quote_id=optional_uuid(request.quote_id, "quote_id"),
            by_client=client_on(session, call, voucher_id),
            etag=request.etag,
            rules=self._rules,
            now=call.now,
        )
        return voucher_for(chosen, scope_of(call.caller))

    @writes
    def AcceptVoucher(self, request: pb.AcceptVoucherRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        accepted = accept_voucher(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            provider_id=provider_of(call.caller),
            content_version=request.content_version,
            etag=request.etag,
            now=call.now,
        )
        return wire.voucher(accepted)

    @writes
    def DeclineVoucher(self, request: pb.DeclineVoucherRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        declined = decline_voucher(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            provider_id=provider_of(call.caller),
            reason=wire.decline_reason_from(request.reason),
            etag=request.etag,
            now=call.now,
        )
        return wire.voucher(declined)

    @writes
    def RerouteVoucher(
        self, request: reroute_pb2.RerouteVoucherRequest, call: Call, session: Session
    ) -> voucher_pb2.Voucher:
        rerouted = reroute_voucher(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            cause=reroutes.cause_from(request.cause),
            cut_off=optional_date(request, "cut_off_date"),
            etag=request.etag,
            subject=call.caller.subject,
            rules=self._rules,
            now=call.now,
            new_id=call.new_id(),
        )
        return voucher_for(rerouted, scope_of(call.caller))

    @writes
    def StayWithProvider(
        self, request: reroute_pb2.StayWithProviderRequest, call: Call, session: Session
    ) -> voucher_pb2.Voucher:
        voucher_id, etag = resource_id(request.name, wire.VOUCHERS), request.etag
        who = client_on(session, call, voucher_id)
        rules, now = self._rules, call.now
        stayed = stay_with_provider(session, voucher_id=voucher_id, by_client=who, etag=etag, rules=rules, now=now)
        return voucher_for(stayed, scope_of(call.caller))

    @writes
    def DeclareHeldUnits(
        self, request: reroute_pb2.DeclareHeldUnitsRequest, call: Call, session: Session
    ) -> reroute_pb2.VoucherReroute:
        who, units = provider_of(call.caller), request.units
        voucher_id = resource_id(request.name, wire.VOUCHERS)
        return reroutes.reroute(
            declare_held_units(session, voucher_id=voucher_id, provider_id=who, units=units, now=call.now)
        )

    @reads
    def ListVoucherReroutes(
        self, request: reroute_pb2.ListVoucherReroutesRequest, call: Call, session: Session
    ) -> reroute_pb2.ListVoucherReroutesResponse:
        voucher_id = resource_id(request.name, wire.VOUCHERS)
        return views.list_reroutes(session, voucher_id, scope_of(call.caller))

    @writes
    def RedeemVoucher(
        self, request: pb.RedeemVoucherRequest, call: Call, session: Session
    ) -> redemption_pb2.Redemption:
        claim = redeem_voucher(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            delivery_id=uuid_of(request.delivery_id, "delivery_id"),
            units=request.units or None,
            unit_price=wire.price_from(request),
            provider_id=provider_of(call.caller),
            subject=call.caller.subject,
            now=call.now,
            new_id=call.new_id(),
            rules=self._rules,
        )
        return wire.redemption(claim)

    @writes
    def RevokeVoucher(self, request: pb.RevokeVoucherRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        revoked = revoke_voucher(
            session,
            voucher_id=resource_id(request.name, wire.VOUCHERS),
            reason=wire.revoke_reason_from(request.reason),
            cut_off=optional_date(request, "cut_off_date"),
            etag=request.etag,
            official=official_of(call.caller),
            rules=self._rules,
            now=call.now,
        )
        return wire.voucher(revoked)

    @reads
    def GetVoucher(self, request: pb.GetVoucherRequest, call: Call, session: Session) -> voucher_pb2.Voucher:
        voucher_id = resource_id(request.name, wire.VOUCHERS)
        return views.get_voucher(session, voucher_id, scope_on(session, call, voucher_id))

    @reads
    def ListVouchers(self, request: pb.ListVouchersRequest, call: Call, session: Session) -> pb.ListVouchersResponse:
        client_id = optional_uuid(request.client_id, "client_id")
        return views.list_vouchers(session, request, scope_for(session, call, client_id))

    @reads
    def ListRedemptions(
        self, request: pb.ListRedemptionsRequest, call: Call, session: Session
    ) -> pb.ListRedemptionsResponse:
        voucher_id = optional_uuid(request.voucher_id, "voucher_id")
        return views.list_redemptions(session, request, scope_on(session, call, voucher_id))

    def GetSections(
        self, request: section_pb2.GetSectionsRequest, context: grpc.ServicerContext
    ) -> section_pb2.GetSectionsResponse:
        return self._door.sections(request, context, is_own)
