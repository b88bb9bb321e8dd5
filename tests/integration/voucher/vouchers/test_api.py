"""VoucherService as its callers meet it: statuses, reasons, roles, repeats, etags, pages."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from google.type import date_pb2

from sote.type.v1 import money_pb2, section_pb2
from sote.voucher.v1 import redemption_pb2, reroute_pb2, voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as pb
from tests.api_server import ServedApi
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.api import Town

pytestmark = pytest.mark.integration

PRECONDITION = "FAILED_PRECONDITION"
DENIED = "PERMISSION_DENIED"


@pytest.fixture
def town(api_server: Callable[..., ServedApi], new_database: Callable[[str], str], now: datetime) -> Iterator[Town]:
    url = new_database("voucher")
    town = Town(api_server("voucher", url=url), url, now)
    yield town
    town.engine.dispose()


def test_to_A13_from_draft_to_redemption_PROCESS_A5(town: Town) -> None:
    draft = town.draft(content_spec=voucher_pb2.ContentSpec(text="coaching", staff_titles=["coach"]))
    assert draft.name == f"vouchers/{draft.uid}"
    assert (draft.state, draft.number) == (voucher_pb2.VOUCHER_STATE_DRAFT, "V-06-2025-000001")
    assert (draft.units_granted, draft.content_spec.version, draft.issuer_subject) == (15, 1, "test-csw")
    assert draft.money == voucher_pb2.VoucherMoney(
        regime=voucher_pb2.VOUCHER_REGIME_ASIAKASSETELI,
        value_kind=voucher_pb2.VOUCHER_VALUE_KIND_FIXED,
        unit_value=money_pb2.Money(cents=85_00, currency_code="EUR"),
        max_value=money_pb2.Money(cents=1275_00, currency_code="EUR"),
        redeemed=money_pb2.Money(cents=0, currency_code="EUR"),
        fee_rule="FREE",
    )
    town.call("IssueVoucher", pb.IssueVoucherRequest(name=draft.name, etag=draft.etag))
    listed = town.call("ListEligibleProviders", pb.ListEligibleProvidersRequest(name=draft.name))
    assert [one.provider_id for one in listed.providers] == [str(town.world.coach)]
    town.tell(lambda world: world.guide(samples.voucher(id=UUID(draft.uid))))
    choose = pb.ChooseProviderRequest(name=draft.name, provider_id=str(town.world.coach))
    reserved = town.call("ChooseProvider", choose, "CLI")
    assert reserved.money.agreed_price.cents == 82_00
    assert reserved.accept_due_date.day == 18
    town.call("AcceptVoucher", pb.AcceptVoucherRequest(name=draft.name, content_version=1), "PRV")
    claim = pb.RedeemVoucherRequest(name=draft.name, delivery_id=town.delivery(draft, units=2))
    redeemed = town.call("RedeemVoucher", claim, "PRV")
    assert (redeemed.state, redeemed.money.county_share.cents) == (redemption_pb2.REDEMPTION_STATE_ACCEPTED, 164_00)
    after = town.call("GetVoucher", pb.GetVoucherRequest(name=draft.name))
    assert (after.state, after.units_redeemed) == (voucher_pb2.VOUCHER_STATE_PARTIALLY_REDEEMED, 2)


def test_who_may_issue_S2_16(town: Town) -> None:
    request = pb.DraftVoucherRequest(client_id=str(town.world.client_id), decision_id=str(town.world.decision_id))
    assert town.refused("DraftVoucher", request, "HOP") == (DENIED, "ISSUER_NOT_ALLOWED")
    other = str(town.world.coach)
    assert town.refused("DraftVoucher", request, organisation=other) == (DENIED, "ISSUER_NOT_ALLOWED")


def test_refusals_carry_status_and_reason_REFUSAL_2(town: Town) -> None:
    missing = pb.DraftVoucherRequest(client_id=str(town.world.client_id), decision_id=str(uuid4()))
    assert town.refused("DraftVoucher", missing) == (PRECONDITION, "DECISION_MISSING")
    assert town.refused("GetVoucher", pb.GetVoucherRequest(name=f"vouchers/{uuid4()}")) == (
        "NOT_FOUND",
        "VOUCHER_NOT_FOUND",
    )
    assert town.refused("GetVoucher", pb.GetVoucherRequest(name="vouchers/nobody")) == (
        "INVALID_ARGUMENT",
        "INVALID_FIELD",
    )
    assert town.refused("GetVoucher", pb.GetVoucherRequest()) == ("INVALID_ARGUMENT", "INVALID_REQUEST")
    voucher = town.issued()
    again = pb.DraftVoucherRequest(client_id=str(town.world.client_id), decision_id=str(town.world.decision_id))
    assert town.refused("DraftVoucher", again) == (PRECONDITION, "OVERLAPPING_VOUCHER")
    assert town.refused("IssueVoucher", pb.IssueVoucherRequest(name=voucher.name)) == (
        PRECONDITION,
        "ILLEGAL_TRANSITION",
    )


def test_a_rejected_claim_is_an_answer_and_a_duplicate_an_error_PROCESS_A13(town: Town) -> None:
    voucher = town.active()
    dear = pb.RedeemVoucherRequest(
        name=voucher.name, delivery_id=town.delivery(voucher), unit_price=money_pb2.Money(cents=90_00)
    )
    rejected = town.call("RedeemVoucher", dear, "PRV")
    assert (rejected.state, rejected.reject_code) == (
        redemption_pb2.REDEMPTION_STATE_REJECTED,
        redemption_pb2.REJECT_CODE_PRICE,
    )
    right = pb.RedeemVoucherRequest(name=voucher.name, delivery_id=dear.delivery_id)
    town.call("RedeemVoucher", right, "PRV")
    assert town.refused("RedeemVoucher", right, "PRV") == ("ALREADY_EXISTS", "DUPLICATE")
    unknown = pb.RedeemVoucherRequest(name=voucher.name, delivery_id=str(uuid4()))
    assert town.refused("RedeemVoucher", unknown, "PRV") == (PRECONDITION, "NO_DELIVERY")
    listed = town.call("ListRedemptions", pb.ListRedemptionsRequest(voucher_id=voucher.uid), "PRV")
    assert len(listed.redemptions) == 2


def test_a_voucher_of_somebody_else_looks_like_none_INV_14(town: Town) -> None:
    voucher = town.active()
    stranger = str(uuid4())
    for name in (voucher.name, f"vouchers/{uuid4()}"):
        request = pb.GetVoucherRequest(name=name)
        assert town.refused("GetVoucher", request, "PRV", organisation=stranger) == (DENIED, "NO_RELATIONSHIP")
        assert town.refused("GetVoucher", request, "CLI", subject=stranger) == (DENIED, "NO_RELATIONSHIP")
        accept = pb.AcceptVoucherRequest(name=name, content_version=1)
        assert town.refused("AcceptVoucher", accept, "PRV", organisation=stranger) == (DENIED, "NO_RELATIONSHIP")
        refuse = pb.RefuseVoucherRequest(name=name)
        assert town.refused("RefuseVoucher", refuse, "CLI", subject=stranger) == (DENIED, "NO_RELATIONSHIP")
    everything = pb.ListVouchersRequest()
    assert not town.call("ListVouchers", everything, "PRV", organisation=stranger).vouchers
    assert not town.call("ListVouchers", everything, "CLI", subject=stranger).vouchers
    assert len(town.call("ListVouchers", everything, "PRV").vouchers) == 1
    assert len(town.call("ListVouchers", everything, "CLI").vouchers) == 1


def test_a_repeat_gives_the_first_answer_and_does_nothing_AIP_155(town: Town) -> None:
    voucher = town.active()
    claim = pb.RedeemVoucherRequest(name=voucher.name, delivery_id=town.delivery(voucher), request_id=str(uuid4()))
    first, repeated = (town.call("RedeemVoucher", claim, "PRV") for _ in range(2))
    assert first == repeated
    assert town.call("GetVoucher", pb.GetVoucherRequest(name=voucher.name)).units_redeemed == 1
    claim.units = 1
    assert town.refused("RedeemVoucher", claim, "PRV") == (PRECONDITION, "IDEMPOTENCY_KEY_REUSED")


def test_an_old_etag_is_refused_AIP_154(town: Town) -> None:
    draft = town.draft()
    town.call("IssueVoucher", pb.IssueVoucherRequest(name=draft.name, etag=draft.etag))
    stale = pb.RefuseVoucherRequest(name=draft.name, etag=draft.etag)
    assert town.refused("RefuseVoucher", stale) == ("ABORTED", "VERSION_CONFLICT")


def test_lists_come_in_pages_AIP_158(town: Town) -> None:
    voucher = town.active()
    for _ in range(3):
        claim = pb.RedeemVoucherRequest(name=voucher.name, delivery_id=town.delivery(voucher))
        town.call("RedeemVoucher", claim, "PRV")
    seen: list[str] = []
    token = ""
    while True:
        request = pb.ListRedemptionsRequest(voucher_id=voucher.uid, page_size=2, page_token=token)
        page = town.call("ListRedemptions", request)
        seen += [one.uid for one in page.redemptions]
        token = page.next_page_token
        if not token:
            break
    assert len(seen) == len(set(seen)) == 3
    accepted = pb.ListVouchersRequest(
        client_id=str(town.world.client_id), states=[voucher_pb2.VOUCHER_STATE_PARTIALLY_REDEEMED]
    )
    assert [one.uid for one in town.call("ListVouchers", accepted).vouchers] == [voucher.uid]


def test_revocation_and_refusal_answer_with_the_voucher_VOUCHER_13_VOUCHER_3(town: Town) -> None:
    revoke = pb.RevokeVoucherRequest(name=town.issued().name, reason=voucher_pb2.REVOKE_REASON_NEED_ENDED)
    revoked = town.call("RevokeVoucher", revoke)
    assert (revoked.state, revoked.revoke_reason) == (
        voucher_pb2.VOUCHER_STATE_REVOKED,
        voucher_pb2.REVOKE_REASON_NEED_ENDED,
    )
    refused = town.call("RefuseVoucher", pb.RefuseVoucherRequest(name=town.issued().name), "CLI")
    assert refused.state == voucher_pb2.VOUCHER_STATE_REFUSED


def test_a_decline_needs_a_reason_VOUCHER_6(town: Town) -> None:
    voucher = town.issued()
    town.call("ChooseProvider", pb.ChooseProviderRequest(name=voucher.name, provider_id=str(town.world.coach)))
    bare = pb.DeclineVoucherRequest(name=voucher.name)
    assert town.refused("DeclineVoucher", bare, "PRV") == ("INVALID_ARGUMENT", "INVALID_REQUEST")
    bare.reason = voucher_pb2.DECLINE_REASON_TIMED_OUT
    assert town.refused("DeclineVoucher", bare, "PRV") == ("INVALID_ARGUMENT", "INVALID_REQUEST")
    bare.reason = voucher_pb2.DECLINE_REASON_CAPACITY
    declined = town.call("DeclineVoucher", bare, "PRV")
    assert (declined.state, declined.decline_reason) == (voucher_pb2.VOUCHER_STATE_ISSUED, bare.reason)


def test_the_record_gets_both_sections(town: Town) -> None:
    town.active()
    request = section_pb2.GetSectionsRequest(client_ids=[str(town.world.client_id)])
    sections = town.call("GetSections", request, "FIN", organisation="county").sections
    assert {one.section for one in sections} == {"sote.voucher.v1.VoucherSection", "sote.voucher.v1.FinanceSection"}


def test_the_county_reroutes_the_provider_left_declares_and_the_client_stays_VOUCHER_9_VOUCHER_17_VOUCHER_10(
    town: Town,
) -> None:
    voucher = town.active()
    cut_off = date_pb2.Date(year=2025, month=3, day=20)
    ask = reroute_pb2.RerouteVoucherRequest(
        name=voucher.name, cause=reroute_pb2.REROUTE_CAUSE_CLIENT_CHANGE, cut_off_date=cut_off
    )
    declare = reroute_pb2.DeclareHeldUnitsRequest(name=voucher.name, units=1)
    listing = reroute_pb2.ListVoucherReroutesRequest(name=voucher.name)
    stay = reroute_pb2.StayWithProviderRequest(name=voucher.name)
    assert town.refused("RerouteVoucher", ask, "PRV") == (DENIED, "ROLE_NOT_ALLOWED")
    assert town.refused("DeclareHeldUnits", declare, "PRV") == (DENIED, "NO_RELATIONSHIP")
    assert town.refused("ListVoucherReroutes", listing, "PRV") == (DENIED, "NO_RELATIONSHIP")
    rerouted = town.call("RerouteVoucher", ask)
    assert (rerouted.state, rerouted.provider_id) == (voucher_pb2.VOUCHER_STATE_REROUTING, "")
    (shown,) = town.call("ListVoucherReroutes", listing, "PRV").reroutes
    assert (shown.provider_id, shown.units_held) == (str(town.world.coach), rerouted.units_held)
    assert shown.cut_off_date == cut_off
    assert town.call("DeclareHeldUnits", declare, "PRV").units_freed == rerouted.units_held - 1
    assert town.refused("DeclareHeldUnits", declare, "PRV") == (PRECONDITION, "NOTHING_HELD")
    assert town.refused("StayWithProvider", stay, "CLI", subject=str(uuid4())) == (DENIED, "NO_RELATIONSHIP")
    assert town.call("StayWithProvider", stay, "CLI").state == voucher_pb2.VOUCHER_STATE_ACTIVE
