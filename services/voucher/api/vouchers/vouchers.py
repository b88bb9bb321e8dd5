"""The methods of VoucherService; each gives its request to one operation or view through the door."""

from collections.abc import Callable, Mapping

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import resource_id, uuid_of
from services.kernel.refusal import IllegalTransition
from services.voucher.api.acting import client_on, is_own, scope_for, scope_on
from services.voucher.api.callers import official_of, provider_of, scope_of
from services.voucher.domain.purse.ledger import BudgetExhausted, PostingRefused
from services.voucher.domain.rules import Rules
from services.voucher.domain.values.value import IncomeStatementMissing
from services.voucher.domain.vouchers import refusals
from services.voucher.operations.changes.revoke_voucher import revoke_voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.choices.choose_provider import choose_provider
from services.voucher.operations.choices.decline_voucher import decline_voucher
from services.voucher.operations.choices.list_eligible_providers import list_eligible_providers
from services.voucher.operations.choices.stay_with_provider import stay_with_provider
from services.voucher.operations.claims.free_held_units import declare_held_units
from services.voucher.operations.claims.redeem_voucher import redeem_voucher
from services.voucher.operations.claims.reroute_voucher import reroute_voucher
from services.voucher.operations.vouchers.draft_voucher import draft_voucher
from services.voucher.operations.vouchers.issue_voucher import issue_voucher
from services.voucher.operations.vouchers.refuse_voucher import refuse_voucher
from services.voucher.storage.vault import Vault
from services.voucher.views.vouchers import voucher as views
from services.voucher.wire.claims import reroute as reroutes
from services.voucher.wire.claims.redaction import voucher_for
from services.voucher.wire.optional import optional_date, optional_uuid
from services.voucher.wire.vouchers import voucher as wire
from sote.type.v1 import section_pb2
from sote.voucher.v1 import redemption_pb2, reroute_pb2, voucher_pb2, voucher_service_pb2_grpc
from sote.voucher.v1 import voucher_service_pb2 as pb

Code = grpc.StatusCode
Context = grpc.ServicerContext

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    refusals.UnknownVoucher: Code.NOT_FOUND,
    refusals.NoRelationship: Code.PERMISSION_DENIED,
    refusals.IssuerNotAllowed: Code.PERMISSION_DENIED,
    refusals.DuplicateClaim: Code.ALREADY_EXISTS,
    refusals.AssessmentMissing: Code.FAILED_PRECONDITION,
    refusals.DecisionMissing: Code.FAILED_PRECONDITION,
    refusals.VoucherNotEnabled: Code.FAILED_PRECONDITION,
    refusals.ClientClosed: Code.FAILED_PRECONDITION,
    refusals.PlanRequired: Code.FAILED_PRECONDITION,
    refusals.OverlappingVoucher: Code.FAILED_PRECONDITION,
    refusals.GuidanceRequired: Code.FAILED_PRECONDITION,
    refusals.SupportRequired: Code.FAILED_PRECONDITION,
    refusals.ProviderNotApproved: Code.FAILED_PRECONDITION,
    refusals.NoActiveContract: Code.FAILED_PRECONDITION,
    refusals.NoServiceLine: Code.FAILED_PRECONDITION,
    refusals.NoCapacity: Code.FAILED_PRECONDITION,
    refusals.PriceAboveValue: Code.FAILED_PRECONDITION,
    refusals.ValueExceeded: Code.FAILED_PRECONDITION,
    refusals.UnitsExceeded: Code.FAILED_PRECONDITION,
    refusals.OutsideValidity: Code.FAILED_PRECONDITION,
    refusals.AcceptanceOverdue: Code.FAILED_PRECONDITION,
    refusals.ContentVersionChanged: Code.FAILED_PRECONDITION,
    refusals.NothingHeld: Code.FAILED_PRECONDITION,
    refusals.DeliveryMissing: Code.FAILED_PRECONDITION,
    IncomeStatementMissing: Code.FAILED_PRECONDITION,
    IllegalTransition: Code.FAILED_PRECONDITION,
    BudgetExhausted: Code.FAILED_PRECONDITION,
    PostingRefused: Code.FAILED_PRECONDITION,
}
_OVERLAP = "an open voucher for the same service covers part of the period"
CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "ex_voucher_overlap": lambda: refusals.OverlappingVoucher(_OVERLAP),
    "uq_voucher_open_plan_service": lambda: refusals.OverlappingVoucher(_OVERLAP),
    "uq_redemption_delivery": lambda: refusals.DuplicateClaim("the delivery is claimed already"),
}


class VoucherApi(voucher_service_pb2_grpc.VoucherServiceServicer):
    """VoucherService over one door."""

    def __init__(self, door: Door, rules: Rules, vault: Vault) -> None:
        self._door = door
        self._rules = rules
        self._vault = vault

    def DraftVoucher(self, request: pb.DraftVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
            asked = wire.draft_arguments(request)
            who = official_of(call.caller)
            rules, vault, now = self._rules, self._vault, call.now
            return wire.voucher(
                draft_voucher(session, **asked, official=who, vault=vault, rules=rules, now=now, new_id=call.new_id())
            )

        return self._door.write(request, context, act)

    def IssueVoucher(self, request: pb.IssueVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
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

        return self._door.write(request, context, act)

    def RefuseVoucher(self, request: pb.RefuseVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
            voucher_id = resource_id(request.name, wire.VOUCHERS)
            by_client = client_on(session, call, voucher_id)
            refused = refuse_voucher(
                session, voucher_id=voucher_id, by_client=by_client, etag=request.etag, now=call.now
            )
            return voucher_for(refused, scope_of(call.caller))

        return self._door.write(request, context, act)

    def ListEligibleProviders(
        self, request: pb.ListEligibleProvidersRequest, context: Context
    ) -> pb.ListEligibleProvidersResponse:
        def act(session: Session, call: Call) -> pb.ListEligibleProvidersResponse:
            voucher_id = resource_id(request.name, wire.VOUCHERS)
            by_client = client_on(session, call, voucher_id)
            return list_eligible_providers(session, voucher_id=voucher_id, by_client=by_client, now=call.now)

        return self._door.read(request, context, act)

    def ChooseProvider(self, request: pb.ChooseProviderRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
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

        return self._door.write(request, context, act)

    def AcceptVoucher(self, request: pb.AcceptVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
            accepted = accept_voucher(
                session,
                voucher_id=resource_id(request.name, wire.VOUCHERS),
                provider_id=provider_of(call.caller),
                content_version=request.content_version,
                etag=request.etag,
                now=call.now,
            )
            return wire.voucher(accepted)

        return self._door.write(request, context, act)

    def DeclineVoucher(self, request: pb.DeclineVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
            declined = decline_voucher(
                session,
                voucher_id=resource_id(request.name, wire.VOUCHERS),
                provider_id=provider_of(call.caller),
                reason=wire.decline_reason_from(request.reason),
                etag=request.etag,
                now=call.now,
            )
            return wire.voucher(declined)

        return self._door.write(request, context, act)

    def RerouteVoucher(self, request: reroute_pb2.RerouteVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
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

        return self._door.write(request, context, act)

    def StayWithProvider(self, request: reroute_pb2.StayWithProviderRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
            voucher_id, etag = resource_id(request.name, wire.VOUCHERS), request.etag
            who = client_on(session, call, voucher_id)
            rules, now = self._rules, call.now
            stayed = stay_with_provider(session, voucher_id=voucher_id, by_client=who, etag=etag, rules=rules, now=now)
            return voucher_for(stayed, scope_of(call.caller))

        return self._door.write(request, context, act)

    def DeclareHeldUnits(
        self, request: reroute_pb2.DeclareHeldUnitsRequest, context: Context
    ) -> reroute_pb2.VoucherReroute:
        def act(session: Session, call: Call) -> reroute_pb2.VoucherReroute:
            who, units = provider_of(call.caller), request.units
            voucher_id = resource_id(request.name, wire.VOUCHERS)
            return reroutes.reroute(
                declare_held_units(session, voucher_id=voucher_id, provider_id=who, units=units, now=call.now)
            )

        return self._door.write(request, context, act)

    def ListVoucherReroutes(
        self, request: reroute_pb2.ListVoucherReroutesRequest, context: Context
    ) -> reroute_pb2.ListVoucherReroutesResponse:
        def act(session: Session, call: Call) -> reroute_pb2.ListVoucherReroutesResponse:
            voucher_id = resource_id(request.name, wire.VOUCHERS)
            return views.list_reroutes(session, voucher_id, scope_of(call.caller))

        return self._door.read(request, context, act)

    def RedeemVoucher(self, request: pb.RedeemVoucherRequest, context: Context) -> redemption_pb2.Redemption:
        def act(session: Session, call: Call) -> redemption_pb2.Redemption:
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

        return self._door.write(request, context, act)

    def RevokeVoucher(self, request: pb.RevokeVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
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

        return self._door.write(request, context, act)

    def GetVoucher(self, request: pb.GetVoucherRequest, context: Context) -> voucher_pb2.Voucher:
        def act(session: Session, call: Call) -> voucher_pb2.Voucher:
            voucher_id = resource_id(request.name, wire.VOUCHERS)
            return views.get_voucher(session, voucher_id, scope_on(session, call, voucher_id))

        return self._door.read(request, context, act)

    def ListVouchers(self, request: pb.ListVouchersRequest, context: Context) -> pb.ListVouchersResponse:
        def act(session: Session, call: Call) -> pb.ListVouchersResponse:
            client_id = optional_uuid(request.client_id, "client_id")
            return views.list_vouchers(session, request, scope_for(session, call, client_id))

        return self._door.read(request, context, act)

    def ListRedemptions(self, request: pb.ListRedemptionsRequest, context: Context) -> pb.ListRedemptionsResponse:
        def act(session: Session, call: Call) -> pb.ListRedemptionsResponse:
            voucher_id = optional_uuid(request.voucher_id, "voucher_id")
            return views.list_redemptions(session, request, scope_on(session, call, voucher_id))

        return self._door.read(request, context, act)

    def GetSections(self, request: section_pb2.GetSectionsRequest, context: Context) -> section_pb2.GetSectionsResponse:
        return self._door.sections(request, context, is_own)
