"""A guardian acts and reads where the child may (INV-14, ACCESS-3): told by facts, until it ends or is denied."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from google.type.date_pb2 import Date

from services.voucher.operations.neighbours import keep_copies as keep
from services.voucher.storage.neighbours.representative import denials_of, representing
from sote.client.v1 import consent_pb2, representative_pb2
from sote.client.v1 import events_pb2 as client
from sote.type.v1 import care_pb2
from sote.voucher.v1 import (
    content_service_pb2,
    fee_service_pb2,
    income_service_pb2,
    quote_service_pb2,
    value_service_pb2,
)
from sote.voucher.v1 import voucher_service_pb2 as pb
from sote.voucher.v1.content_service_pb2_grpc import ContentServiceStub
from sote.voucher.v1.fee_service_pb2_grpc import FeeServiceStub
from sote.voucher.v1.income_service_pb2_grpc import IncomeServiceStub
from sote.voucher.v1.quote_service_pb2_grpc import QuoteServiceStub
from sote.voucher.v1.value_service_pb2_grpc import ValueServiceStub
from tests.api_server import ServedApi
from tests.builders.voucher.api import Town

pytestmark = pytest.mark.integration

PARENT = uuid4()
STRANGER = "PERMISSION_DENIED", "NO_RELATIONSHIP"
NEW_YEAR = Date(year=2025, month=1, day=1)


def guardian(child: UUID, **changes: Any) -> client.RepresentativeFacts:
    """The parent is the child's guardian in all matters."""
    told: dict[str, Any] = {
        "representative_id": str(UUID(int=1)),
        "client_id": str(child),
        "kind": representative_pb2.REPRESENTATIVE_KIND_GUARDIAN,
        "matters": representative_pb2.REPRESENTED_MATTERS_ALL,
        "representative_client_id": str(PARENT),
        "from_date": NEW_YEAR,
        "state": representative_pb2.REPRESENTATIVE_STATE_IN_FORCE,
        "version": 1,
    }
    return client.RepresentativeFacts(**told | changes)


def denial(child: UUID, **changes: Any) -> client.ConsentFacts:
    """The child keeps the guardian out of social welfare."""
    told: dict[str, Any] = {
        "consent_id": str(UUID(int=2)),
        "client_id": str(child),
        "kind": consent_pb2.CONSENT_KIND_DENIAL,
        "sector": care_pb2.SECTOR_SOCIAL,
        "target": consent_pb2.CONSENT_TARGET_GUARDIAN,
        "state": consent_pb2.CONSENT_STATE_IN_FORCE,
        "version": 1,
    }
    return client.ConsentFacts(**told | changes)


@pytest.fixture
def town(api_server: Callable[..., ServedApi], new_database: Callable[[str], str], now: datetime) -> Iterator[Town]:
    url = new_database("voucher")
    town = Town(api_server("voucher", url=url), url, now)
    yield town
    town.engine.dispose()


def asked(town: Town, name: str) -> list[tuple[Any, Any]]:
    """Everything a client may ask of a voucher or of itself, with its stub."""
    child, channel = str(town.world.client_id), town.served.channel
    months = {"first_month": NEW_YEAR, "last_month": NEW_YEAR}
    return [
        (town.stub.GetVoucher, pb.GetVoucherRequest(name=name)),
        (town.stub.ListEligibleProviders, pb.ListEligibleProvidersRequest(name=name)),
        (QuoteServiceStub(channel).QuoteProviders, quote_service_pb2.QuoteProvidersRequest(name=name)),
        (QuoteServiceStub(channel).ListQuotes, quote_service_pb2.ListQuotesRequest(name=name)),
        (ValueServiceStub(channel).ExplainValue, value_service_pb2.ExplainValueRequest(name=name)),
        (ContentServiceStub(channel).ListContentVersions, content_service_pb2.ListContentVersionsRequest(name=name)),
        (FeeServiceStub(channel).ListClientFees, fee_service_pb2.ListClientFeesRequest(client_id=child, **months)),
        (
            IncomeServiceStub(channel).ListIncomeStatements,
            income_service_pb2.ListIncomeStatementsRequest(client_id=child),
        ),
    ]


def outcomes(town: Town, name: str) -> set[str]:
    """How all of these end for the parent."""
    parent = town.served.as_role("CLI", subject=str(PARENT))
    calls = [method.future(request, metadata=parent, timeout=10) for method, request in asked(town, name)]
    return {call.code().name for call in calls}


def test_a_guardian_reads_and_chooses_until_it_ends_INV_14(town: Town) -> None:
    voucher, child = town.issued(), town.world.client_id
    choose = pb.ChooseProviderRequest(name=voucher.name, provider_id=str(town.world.coach))
    assert outcomes(town, voucher.name) == {"PERMISSION_DENIED"}
    assert town.refused("ChooseProvider", choose, "CLI", subject=str(PARENT)) == STRANGER
    town.tell(lambda world: keep.keep_representative(world.session, guardian(child)))
    assert outcomes(town, voucher.name) == {"OK"}
    mine = pb.ListVouchersRequest(client_id=str(child))
    assert [one.uid for one in town.call("ListVouchers", mine, "CLI", subject=str(PARENT)).vouchers] == [voucher.uid]
    assert not town.call("ListVouchers", pb.ListVouchersRequest(), "CLI", subject=str(PARENT)).vouchers
    assert town.call("ChooseProvider", choose, "CLI", subject=str(PARENT)).provider_id == str(town.world.coach)
    claims = pb.ListRedemptionsRequest(voucher_id=voucher.uid)
    assert not town.call("ListRedemptions", claims, "CLI", subject=str(PARENT)).redemptions
    ended = guardian(child, state=representative_pb2.REPRESENTATIVE_STATE_ENDED, version=2)
    town.tell(lambda world: keep.keep_representative(world.session, ended))
    town.tell(lambda world: keep.keep_representative(world.session, guardian(child)))
    get = pb.GetVoucherRequest(name=voucher.name)
    assert town.refused("GetVoucher", get, "CLI", subject=str(PARENT)) == STRANGER


def test_a_minors_word_keeps_the_guardian_out_CONSENT_7(town: Town) -> None:
    voucher, child = town.issued(), town.world.client_id

    def told(world: Any) -> None:
        keep.keep_representative(world.session, guardian(child))
        keep.keep_guardian_denial(world.session, denial(child))
        keep.keep_guardian_denial(
            world.session, denial(child, consent_id=str(uuid4()), target=consent_pb2.CONSENT_TARGET_ALL)
        )
        assert len(denials_of(world.session, child)) == 1
        assert len(representing(world.session, child, PARENT)) == 1

    town.tell(told)
    assert outcomes(town, voucher.name) == {"PERMISSION_DENIED"}
    revoked = denial(child, state=consent_pb2.CONSENT_STATE_REVOKED, version=2)
    town.tell(lambda world: keep.keep_guardian_denial(world.session, revoked))
    assert outcomes(town, voucher.name) == {"OK"}
