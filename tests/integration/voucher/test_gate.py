"""The gate of the voucher service: only who has a part in a client's vouchers, or a relationship, reaches them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.chassis.relationships import keep_non_disclosure
from sote.client.v1 import events_pb2
from sote.type.v1.section_pb2 import GetSectionsRequest
from sote.voucher.v1 import reroute_pb2, section_pb2, voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as pb
from tests.api_server import ServedApi
from tests.builders.relating import relate
from tests.builders.voucher.api import Town

NOT_OWN = ("PERMISSION_DENIED", "NO_RELATIONSHIP")


@pytest.fixture
def town(api_server: Callable[..., ServedApi], new_database: Callable[[str], str], now: datetime) -> Iterator[Town]:
    url = new_database("voucher")
    town = Town(api_server("voucher", url=url), url, now)
    yield town
    town.engine.dispose()


def test_a_stranger_acts_on_a_voucher_as_little_as_on_none_INV_14(town: Town) -> None:
    voucher, coach, stranger = town.issued(), str(town.world.coach), str(uuid4())
    for name in (voucher.name, f"vouchers/{uuid4()}"):
        requests: list[tuple[str, Any]] = [
            ("GetVoucher", pb.GetVoucherRequest(name=name)),
            ("ListEligibleProviders", pb.ListEligibleProvidersRequest(name=name)),
            ("RefuseVoucher", pb.RefuseVoucherRequest(name=name)),
            ("StayWithProvider", reroute_pb2.StayWithProviderRequest(name=name)),
            ("ChooseProvider", pb.ChooseProviderRequest(name=name, provider_id=coach)),
        ]
        for method, request in requests:
            assert town.refused(method, request, "HSP", organisation=stranger) == NOT_OWN, method
    town.tell(lambda world: relate(world.session, world.client_id, stranger))
    chosen = town.call("ChooseProvider", pb.ChooseProviderRequest(name=voucher.name, provider_id=coach), "HSP",
                       organisation=stranger)  # fmt: skip
    assert chosen.provider_id == coach


def test_the_voucher_itself_relates_its_provider_before_any_fact_comes_round_INV_14(town: Town) -> None:
    voucher = town.active()
    assert town.call("GetVoucher", pb.GetVoucherRequest(name=voucher.name), "PRV").uid == voucher.uid
    own = pb.ListVouchersRequest(client_id=str(town.world.client_id))
    assert [one.uid for one in town.call("ListVouchers", own, "PRV").vouchers] == [voucher.uid]
    assert town.refused("ListVouchers", own, "PRV", organisation=str(uuid4())) == NOT_OWN
    nobody = pb.ListVouchersRequest(client_id=str(uuid4()))
    assert town.refused("ListVouchers", nobody, "PRV") == NOT_OWN


@pytest.mark.parametrize("role", ["HOP", "HSP", "PRV"])
def test_without_a_client_providers_list_what_is_at_them_INV_14(role: str, town: Town) -> None:
    voucher, coach = town.active(), str(town.world.coach)
    for organisation, expected in ((coach, [voucher.uid]), (str(uuid4()), [])):
        listed = town.call("ListVouchers", pb.ListVouchersRequest(), role, organisation=organisation)
        assert [one.uid for one in listed.vouchers] == expected
        claims = town.call("ListRedemptions", pb.ListRedemptionsRequest(), role, organisation=organisation)
        assert not claims.redemptions


def test_a_section_holds_no_price_of_others_ACCESS_3(town: Town) -> None:
    voucher, client_id, centre = town.active(), town.world.client_id, str(uuid4())
    asked = GetSectionsRequest(client_ids=[str(client_id)])

    def shown(role: str, organisation: str) -> list[voucher_pb2.Voucher]:
        sections = town.call("GetSections", asked, role, organisation=organisation).sections
        return [one for section in sections for one in section_pb2.VoucherSection.FromString(section.body).vouchers]

    assert not shown("HSP", centre)
    town.tell(lambda world: relate(world.session, client_id, centre))
    assert [(one.uid, one.HasField("money")) for one in shown("HSP", centre)] == [(voucher.uid, False)]
    assert not shown("PRV", centre)
    (own,) = shown("PRV", str(town.world.coach))
    assert own.money.agreed_price.cents == 82_00


def test_no_provider_is_told_the_places_of_a_protected_client_INV_15(town: Town) -> None:
    voucher, unit = town.active(), uuid4()
    get = pb.GetVoucherRequest(name=voucher.name)
    put = text("update voucher set unit_id = :unit where id = :uid")
    town.tell(lambda world: world.session.execute(put, {"unit": unit, "uid": voucher.uid}))
    assert town.call("GetVoucher", get, "PRV").unit_id == str(unit)
    order = events_pb2.ClientNonDisclosureChanged(client_id=str(town.world.client_id), active=True, version=9)
    town.tell(lambda world: keep_non_disclosure(world.session, order))
    assert not town.call("GetVoucher", get, "PRV").unit_id
    listed = town.call("ListVouchers", pb.ListVouchersRequest(), "PRV").vouchers
    assert [one.unit_id for one in listed] == [""]
    assert town.call("GetVoucher", get).unit_id == str(unit)
