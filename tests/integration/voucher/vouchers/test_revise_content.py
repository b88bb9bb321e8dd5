"""What a provider answers for (S2.18): versions of the content, acceptance of one of them, claims that match it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import grpc
import pytest
from sqlalchemy import select

from services.kernel.refusal import IllegalTransition
from services.voucher.domain.claims.redemption import RedemptionState, RejectCode
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.issuing import Official
from services.voucher.domain.vouchers.refusals import ContentVersionChanged, IssuerNotAllowed
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.accept_voucher import accept_voucher
from services.voucher.operations.vouchers.revise_content import revise_content
from services.voucher.storage.vouchers.content import contents, contents_of
from sote.type.v1 import care_pb2
from sote.voucher.v1 import content_service_pb2 as pb
from sote.voucher.v1 import voucher_pb2
from sote.voucher.v1.content_service_pb2_grpc import ContentServiceStub
from tests.api_server import ServedApi
from tests.builders.voucher.api import Town
from tests.builders.voucher.county import COUNTY, World

pytestmark = pytest.mark.integration

AT_HOME = ContentSpec(text="coaching at home", staff_titles=("coach",), modes=("AT_HOME", "E_SERVICE"))


def revise(world: World, voucher: Voucher, content: ContentSpec = AT_HOME, **changes: Any) -> Voucher:
    """The enterprise words the content anew."""
    arguments: dict[str, Any] = {"official": world.official} | changes
    return revise_content(world.session, voucher_id=voucher.id, content=content, now=world.now, **arguments)


def accept(world: World, voucher: Voucher, version: int) -> Voucher:
    """The coach accepts a version."""
    return accept_voucher(
        world.session, voucher_id=voucher.id, provider_id=world.coach, content_version=version, now=world.now
    )


def test_each_wording_is_a_version_that_stays_and_is_told_S2_18(world: World) -> None:
    draft = world.draft()
    revise(world, draft)
    issued = revise(world, world.issue(draft), ContentSpec(text="coaching by video", modes=("E_SERVICE",)))
    assert issued.content_spec.version == 3
    stored = contents_of(world.session, draft.id)
    assert [(one.content.version, one.content.text) for one in stored] == [
        (1, "coaching"),
        (2, "coaching at home"),
        (3, "coaching by video"),
    ]
    assert stored[1].content == ContentSpec("coaching at home", (), ("coach",), "", "", ("AT_HOME", "E_SERVICE"), 2)
    assert world.facts(draft) == [
        "VoucherDrafted",
        "VoucherContentRevised",
        "VoucherIssued",
        "VoucherContentRevised",
    ]
    assert world.section().vouchers[0].content_spec.version == 3


def test_acceptance_binds_the_version_in_force_S2_18(world: World) -> None:
    voucher = world.issue(world.draft())
    revise(world, voucher)
    world.guide(voucher)
    world.choose(voucher)
    with pytest.raises(ContentVersionChanged):
        accept(world, voucher, 1)
    assert accept(world, voucher, 2).accepted_content_version == 2


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.ISSUED}))
def test_once_a_provider_is_chosen_the_content_stays_S2_18(world: World, state: State) -> None:
    voucher = world.active()
    voucher.state = state
    with pytest.raises(IllegalTransition):
        revise(world, voucher)
    assert world.session.scalars(select(contents.c.version)).all() == [1]


def test_only_the_county_enterprise_words_the_content_S2_16(world: World) -> None:
    with pytest.raises(IssuerNotAllowed):
        revise(world, world.draft(), official=Official(world.coach, "coach-1", COUNTY))


@pytest.mark.parametrize(
    ("mode", "state", "code"),
    [
        ("AT_HOME", RedemptionState.ACCEPTED, None),
        ("E_SERVICE", RedemptionState.ACCEPTED, None),
        ("PROVIDER_UNIT", RedemptionState.REJECTED, RejectCode.WRONG_SERVICE),
        ("UNSPECIFIED", RedemptionState.REJECTED, RejectCode.WRONG_SERVICE),
    ],
)
def test_a_claim_matches_the_ways_of_delivery_the_content_names_S2_18(
    world: World, mode: str, state: RedemptionState, code: RejectCode | None
) -> None:
    voucher = world.issue(world.draft(content=AT_HOME))
    world.guide(voucher)
    world.choose(voucher)
    accept(world, voucher, 1)
    claim = world.redeem(voucher, world.deliver(voucher, mode=mode))
    assert (claim.state, claim.reject_code) == (state, code)


def test_a_claim_of_another_service_is_rejected_and_any_way_fits_where_none_is_named_S2_18(world: World) -> None:
    voucher = world.active()
    wrong = world.redeem(voucher, world.deliver(voucher, service_code="HLT-OT", mode="AT_HOME"))
    assert (wrong.state, wrong.reject_code) == (RedemptionState.REJECTED, RejectCode.WRONG_SERVICE)
    assert world.redeem(voucher, world.deliver(voucher, mode="OTHER")).state is RedemptionState.ACCEPTED


@pytest.fixture
def town(api_server: Callable[..., ServedApi], new_database: Callable[[str], str], now: datetime) -> Iterator[Town]:
    url = new_database("voucher")
    town = Town(api_server("voucher", url=url), url, now)
    yield town
    town.engine.dispose()


def test_contents_over_the_wire_S2_18(town: Town) -> None:
    draft = town.draft(content_spec=voucher_pb2.ContentSpec(text="coaching"))
    stub = ContentServiceStub(town.served.channel)
    official = town.served.as_role("CSW", organisation=str(town.world.enterprise))
    wanted = voucher_pb2.ContentSpec(text="at home", modes=[care_pb2.DELIVERY_MODE_AT_HOME], version=77)
    ask = pb.ReviseContentRequest(name=draft.name, etag=draft.etag, request_id=str(uuid4()), content_spec=wanted)
    revised = stub.ReviseContent(ask, metadata=official, timeout=10)
    wanted.version = 2
    assert revised.content_spec == wanted
    assert revised == stub.ReviseContent(ask, metadata=official, timeout=10)
    every = pb.ListContentVersionsRequest(name=draft.name)
    mine = town.served.as_role("CLI", subject=str(town.world.client_id))
    versions = stub.ListContentVersions(every, metadata=mine, timeout=10).versions
    assert [(one.content_spec.text, one.created_by, one.accepted) for one in versions] == [
        ("coaching", "test-csw", False),
        ("at home", "test-csw", False),
    ]
    for role, who in (("CLI", {"subject": str(uuid4())}), ("PRV", {"organisation": str(town.world.coach)})):
        with pytest.raises(grpc.RpcError) as caught:
            stub.ListContentVersions(every, metadata=town.served.as_role(role, **who), timeout=10)
        assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED
    ask.content_spec.modes.append(0)  # type: ignore[arg-type]
    ask.request_id = ""
    with pytest.raises(grpc.RpcError) as caught:
        stub.ReviseContent(ask, metadata=official, timeout=10)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
