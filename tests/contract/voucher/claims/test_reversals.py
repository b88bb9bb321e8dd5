"""ReversalService over the wire: who may, repeats, refusals, pages."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from sqlalchemy import select

from services.chassis.database import engine_from, sessions_from
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.operations.spending.confirm_settlement_paid import confirm_settlement_paid
from sote.voucher.v1 import reversal_pb2
from sote.voucher.v1 import reversal_service_pb2 as pb
from sote.voucher.v1.reversal_service_pb2_grpc import ReversalServiceStub
from tests.api_server import ServedApi
from tests.builders.refusals import refused
from tests.builders.voucher import purse
from tests.builders.voucher.batches import PROVIDER, collect, redeemed, sent

pytestmark = pytest.mark.contract


class Office:
    """A served api with two paid claims, and its callers."""

    def __init__(self, served: ServedApi, url: str) -> None:
        self.served, self.stub = served, ReversalServiceStub(served.channel)
        self.engine = engine_from(url, pool_size=2)
        with sessions_from(self.engine).begin() as db:
            purse.county(db)
            redeemed(db, date(2025, 3, 3), date(2025, 3, 4))
            batch = sent(db, collect(db))
            rules = purse.RULES
            confirm_settlement_paid(
                db, settlement_id=batch.id, payment_reference="RF18", etag="", rules=rules, now=purse.NOW
            )
            self.claims: list[UUID] = sorted(one.id for one in db.scalars(select(Redemption)))

    def reverse(self, claim: UUID, role: str = "FIN", **more: str) -> reversal_pb2.Reversal:
        """Take the payment of a claim back."""
        request = pb.ReverseRedemptionRequest(
            name=f"redemptions/{claim}", reason=reversal_pb2.REVERSAL_REASON_ERROR, **more
        )
        made: reversal_pb2.Reversal = self.stub.ReverseRedemption(
            request, metadata=self.served.as_role(role), timeout=20
        )
        return made

    def listed(self, role: str = "FIN", organisation: str = "", **asked: Any) -> pb.ListReversalsResponse:
        """A page of reversals."""
        who = self.served.as_role(role, organisation=organisation) if organisation else self.served.as_role(role)
        page: pb.ListReversalsResponse = self.stub.ListReversals(
            pb.ListReversalsRequest(**asked), metadata=who, timeout=20
        )
        return page


@pytest.fixture
def office(api_server: Callable[..., ServedApi], new_database: Callable[[str], str]) -> Iterator[Office]:
    url = new_database("voucher")
    office = Office(api_server("voucher", url=url), url)
    yield office
    office.engine.dispose()


def test_finance_reverses_once_and_a_repeat_gets_the_first_answer_REDEMPTION_2(office: Office) -> None:
    claim, other = office.claims
    request_id = str(uuid4())
    made = office.reverse(claim, request_id=request_id)
    assert (made.redemption_id, made.amount.cents, made.recovered.cents) == (str(claim), 78_00, 0)
    assert office.reverse(claim, request_id=request_id) == made
    with pytest.raises(grpc.RpcError) as twice:
        office.reverse(claim)
    assert refused(twice.value) == ("FAILED_PRECONDITION", "ILLEGAL_TRANSITION")
    with pytest.raises(grpc.RpcError) as stale:
        office.reverse(other, etag='"77"')
    assert refused(stale.value) == ("ABORTED", "VERSION_CONFLICT")
    with pytest.raises(grpc.RpcError) as unknown:
        office.reverse(uuid4())
    assert refused(unknown.value) == ("NOT_FOUND", "REDEMPTION_NOT_FOUND")


def test_nobody_but_finance_reverses_and_a_provider_sees_its_own_ROLE_1(office: Office) -> None:
    with pytest.raises(grpc.RpcError) as denied:
        office.reverse(office.claims[0], role="CSW")
    assert refused(denied.value) == ("PERMISSION_DENIED", "ROLE_NOT_ALLOWED")
    made = [office.reverse(claim) for claim in office.claims]
    assert {one.uid for one in office.listed(open=True).reversals} == {one.uid for one in made}
    assert len(office.listed("PRV", str(PROVIDER)).reversals) == 2
    assert not office.listed("PRV", str(uuid4())).reversals
    first = office.listed(page_size=1)
    second = office.listed(page_size=1, page_token=first.next_page_token)
    assert {first.reversals[0].uid, second.reversals[0].uid} == {one.uid for one in made}
