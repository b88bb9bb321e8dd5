"""Vouchers, redemptions and their section in protobuf; and what the requests about them say."""

from collections.abc import Iterable
from uuid import UUID

from services.chassis.etags import etag_of
from services.chassis.names import InvalidField, resource_name
from services.chassis.values import day, id_text, instant, money
from services.chassis.words import name_of, value_of, values_of, word
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.money import ValueKind
from services.voucher.domain.neighbours.provider import ProviderCopy, UnitCopy
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.reasons import DeclineReason, RevokeReason
from services.voucher.domain.vouchers.voucher import Voucher
from sote.type.v1 import care_pb2
from sote.voucher.v1 import redemption_pb2, section_pb2, voucher_pb2, voucher_service_pb2

VOUCHERS = "vouchers"
REDEMPTIONS = "redemptions"


def voucher(value: Voucher) -> voucher_pb2.Voucher:
    """A voucher as the API and the record show it."""
    return voucher_pb2.Voucher(
        name=resource_name(VOUCHERS, value.id),
        uid=str(value.id),
        etag=etag_of(value.version),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        state=value_of(voucher_pb2.VoucherState, value.state),
        number=value.number,
        client_id=str(value.client_id),
        assessment_id=str(value.assessment_id),
        decision_id=str(value.decision_id),
        plan_id=id_text(value.plan_id),
        plan_service_id=id_text(value.plan_service_id),
        enrolment_id=id_text(value.enrolment_id),
        item_code=value.item_code,
        service_code=value.service_code,
        unit=value_of(care_pb2.CareUnit, value.unit),
        units_granted=value.units_granted,
        units_redeemed=value.units_redeemed,
        units_held=value.units_held,
        served_from_date=day(value.served_from),
        valid_from=day(value.valid_from),
        valid_to=day(value.valid_to),
        content_spec=content(value.content_spec),
        money=_voucher_money(value),
        issuer_organisation_id=str(value.issuer_organisation_id),
        issuer_subject=value.issuer_subject,
        provider_id=id_text(value.provider_id),
        unit_id=id_text(value.unit_id),
        contract_id=id_text(value.contract_id),
        contract_version=value.contract_version,
        accept_due_date=day(value.accept_due),
        accepted_content_version=value.accepted_content_version,
        cut_off_date=day(value.cut_off),
        claim_until_date=day(value.claim_until),
        revoke_reason=value_of(voucher_pb2.RevokeReason, value.revoke_reason),
        decline_reason=value_of(voucher_pb2.DeclineReason, value.decline_reason),
    )


def redemption(value: Redemption) -> redemption_pb2.Redemption:
    """A claim as the API and the record show it."""
    return redemption_pb2.Redemption(
        name=resource_name(REDEMPTIONS, value.id),
        uid=str(value.id),
        create_time=instant(value.created_at),
        update_time=instant(value.updated_at),
        state=value_of(redemption_pb2.RedemptionState, value.state),
        voucher_id=str(value.voucher_id),
        provider_id=str(value.provider_id),
        delivery_id=str(value.delivery_id),
        service_date=day(value.service_date),
        units=value.units,
        money=redemption_pb2.RedemptionMoney(
            unit_price=money(value.unit_price),
            county_share=money(value.county_share),
            client_share=money(value.client_share),
        ),
        reject_code=value_of(redemption_pb2.RejectCode, value.reject_code),
        settlement_id=id_text(value.settlement_id),
        etag=etag_of(value.version),
        contract_id=id_text(value.contract_id),
    )


def section(vouchers: Iterable[Voucher], claims: Iterable[Redemption]) -> section_pb2.VoucherSection:
    """A client's part of the integrated record."""
    return section_pb2.VoucherSection(vouchers=map(voucher, vouchers), redemptions=map(redemption, claims))


def eligible(
    order: Iterable[Offer], providers: dict[UUID, ProviderCopy], *, units: int, digest: str
) -> voucher_service_pb2.ListEligibleProvidersResponse:
    """The list of choices in the order given; `units` are those the choice would be for."""
    options = [
        voucher_pb2.EligibleProvider(
            provider_id=str(offer.provider_id),
            display_name=providers[offer.provider_id].display_name,
            business_id=providers[offer.provider_id].business_id,
            contract_id=str(offer.contract_id),
            units=map(eligible_unit, offer.units),
            unit_price=money(offer.unit_price),
            county_share_per_unit=money(offer.county_share),
            client_share_per_unit=money(offer.client_share),
            client_share_total=money(offer.client_share * units),
        )
        for offer in order
    ]
    return voucher_service_pb2.ListEligibleProvidersResponse(providers=options, options_digest=digest)


def value_kind(kind: ValueKind) -> voucher_pb2.VoucherValueKind.ValueType:
    """How a value is set."""
    return value_of(voucher_pb2.VoucherValueKind, kind)


def content_from(message: voucher_pb2.ContentSpec) -> ContentSpec:
    """The content a request words; its version is the county's to give."""
    return ContentSpec(
        text=message.text,
        quality_refs=tuple(message.quality_refs),
        staff_titles=tuple(message.staff_titles),
        language=message.language,
        place=message.place,
        modes=tuple(name_of(care_pb2.DeliveryMode, mode) for mode in message.modes),
    )


def revoke_reason_from(value: voucher_pb2.RevokeReason.ValueType) -> RevokeReason:
    """The reason as the domain says it."""
    return word(RevokeReason, voucher_pb2.RevokeReason, value, "reason")


def decline_reason_from(value: voucher_pb2.DeclineReason.ValueType) -> DeclineReason:
    """The reason as the domain says it."""
    return word(DeclineReason, voucher_pb2.DeclineReason, value, "reason")


def voucher_state_from(value: voucher_pb2.VoucherState.ValueType) -> str:
    """The state as the domain says it."""
    return name_of(voucher_pb2.VoucherState, value)


def redemption_state_from(value: redemption_pb2.RedemptionState.ValueType) -> str:
    """The state as the domain says it."""
    return name_of(redemption_pb2.RedemptionState, value)


def price_from(request: voucher_service_pb2.RedeemVoucherRequest) -> int | None:
    """The price of a unit that a claim names, in cents; None when it takes the agreed one."""
    if not request.HasField("unit_price"):
        return None
    if request.unit_price.cents < 0:
        raise InvalidField("unit_price", "must not be negative")
    return request.unit_price.cents


def _voucher_money(value: Voucher) -> voucher_pb2.VoucherMoney:
    return voucher_pb2.VoucherMoney(
        regime=value_of(voucher_pb2.VoucherRegime, value.regime),
        value_kind=value_kind(value.value_kind),
        unit_value=money(value.unit_value),
        max_value=money(value.max_value),
        agreed_price=None if value.agreed_price is None else money(value.agreed_price),
        county_share_per_unit=None if value.county_share is None else money(value.county_share),
        client_share_per_unit=None if value.client_share is None else money(value.client_share),
        redeemed=money(value.redeemed_cents),
        fee_rule=value.fee_rule,
    )


def content(value: ContentSpec) -> voucher_pb2.ContentSpec:
    """A version of what the provider answers for."""
    return voucher_pb2.ContentSpec(
        text=value.text,
        quality_refs=value.quality_refs,
        staff_titles=value.staff_titles,
        language=value.language,
        place=value.place,
        modes=values_of(care_pb2.DeliveryMode, value.modes),
        version=value.version,
    )


def eligible_unit(value: UnitCopy) -> voucher_pb2.EligibleUnit:
    """A unit the client may choose."""
    return voucher_pb2.EligibleUnit(
        unit_id=str(value.unit_id),
        display_name=value.display_name,
        code=value.code,
        municipality_code=value.municipality_code,
        modes=values_of(care_pb2.DeliveryMode, value.modes),
        languages=value.languages,
    )
