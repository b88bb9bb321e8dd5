"""Extensions, the work list and previews over the wire: who may, repeats, refusals, pages."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from google.type.date_pb2 import Date

from services.chassis.clock import helsinki_date
from services.voucher.domain.changes.plan_bound import ReviewCause, Verdict
from services.voucher.storage.changes.plan_verdict import add_verdict
from services.voucher.storage.vouchers.work import open_review
from sote.type.v1.money_pb2 import Money
from sote.voucher.v1 import contract_preview_service_pb2 as previews
from sote.voucher.v1 import voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as pb
from sote.voucher.v1 import voucher_terms_service_pb2 as terms
from sote.voucher.v1 import voucher_work_service_pb2 as work
from sote.voucher.v1.contract_preview_service_pb2_grpc import ContractPreviewServiceStub
from sote.voucher.v1.voucher_terms_service_pb2_grpc import VoucherTermsServiceStub
from sote.voucher.v1.voucher_work_service_pb2_grpc import VoucherWorkServiceStub
from tests.api_server import ServedApi
from tests.builders.refusals import refused
from tests.builders.relating import relate
from tests.builders.voucher import vouchers as samples
from tests.builders.voucher.api import Town
from tests.builders.voucher.county import World

pytestmark = pytest.mark.contract
PRECONDITION = "FAILED_PRECONDITION"


@pytest.fixture
def town(api_server: Callable[..., ServedApi], new_database: Callable[[str], str], now: datetime) -> Iterator[Town]:
    url = new_database("voucher")
    town = Town(api_server("voucher", url=url), url, now)
    yield town
    town.engine.dispose()


def call(town: Town, method: Any, request: Any, role: str) -> Any:
    """Call as a social worker of the enterprise, or as the role told."""
    who = {"organisation": str(town.world.enterprise)} if role == "CSW" else {}
    return method(request, metadata=town.served.as_role(role, **who), timeout=20)


def refusal(town: Town, method: Any, request: Any, role: str = "CSW") -> tuple[str, str]:
    """Status and reason."""
    with pytest.raises(grpc.RpcError) as caught:
        call(town, method, request, role)
    return refused(caught.value)


def test_over_the_wire_VOUCHER_16(town: Town) -> None:
    extend = VoucherTermsServiceStub(town.served.channel).ExtendVoucher
    voucher: voucher_pb2.Voucher = town.call("IssueVoucher", _issue(town))
    asked = terms.ExtendVoucherRequest(name=voucher.name, units=10, etag=voucher.etag, request_id=str(uuid4()))
    extended = call(town, extend, asked, "CSW")
    assert (extended.units_granted, extended.money.max_value.cents) == (10, 10 * 85_00)
    assert call(town, extend, asked, "CSW") == extended
    later = terms.ExtendVoucherRequest(name=voucher.name, valid_to=Date(year=2025, month=4, day=1))
    assert refusal(town, extend, later) == (PRECONDITION, "DECISION_MISSING")
    nothing = terms.ExtendVoucherRequest(name=voucher.name)
    assert refusal(town, extend, nothing) == (PRECONDITION, "NOTHING_TO_EXTEND")
    stale = terms.ExtendVoucherRequest(name=voucher.name, units=11, etag=voucher.etag)
    assert refusal(town, extend, stale) == ("ABORTED", "VERSION_CONFLICT")
    unknown = terms.ExtendVoucherRequest(name=f"vouchers/{uuid4()}", units=11)
    assert refusal(town, extend, unknown) == ("NOT_FOUND", "VOUCHER_NOT_FOUND")
    assert refusal(town, extend, asked, "FIN") == ("PERMISSION_DENIED", "ISSUER_NOT_ALLOWED")


def test_by_which_versions_of_its_plan_a_voucher_was_judged_PLANBOUND_1(town: Town) -> None:
    verdicts = VoucherTermsServiceStub(town.served.channel).ListPlanVerdicts
    voucher: voucher_pb2.Voucher = town.call("IssueVoucher", _issue(town))
    asked = terms.ListPlanVerdictsRequest(name=voucher.name)
    assert not call(town, verdicts, asked, "CSP").verdicts

    def judge(world: World) -> None:
        one, now = UUID(voucher.uid), world.now
        add_verdict(world.session, one, 1, verdict=Verdict.KEEP, now=now)
        add_verdict(world.session, one, 2, verdict=Verdict.REVIEW, cause=ReviewCause.MODE_CHANGED, now=now)

    town.tell(judge)
    centre = uuid4()
    assert refusal(town, verdicts, asked, "HOP") == ("PERMISSION_DENIED", "NO_RELATIONSHIP")
    town.tell(lambda world: relate(world.session, world.client_id, centre))
    operator = town.served.as_role("HOP", organisation=str(centre))
    found = verdicts(asked, metadata=operator, timeout=20).verdicts
    told = [(one.major, one.verdict, one.cause) for one in found]
    assert told == [(1, terms.PLAN_VERDICT_KEEP, ""), (2, terms.PLAN_VERDICT_REVIEW, "MODE_CHANGED")]
    unknown = terms.ListPlanVerdictsRequest(name=f"vouchers/{uuid4()}")
    assert refusal(town, verdicts, unknown) == ("NOT_FOUND", "VOUCHER_NOT_FOUND")
    assert refusal(town, verdicts, asked, "PRV") == ("PERMISSION_DENIED", "ROLE_NOT_ALLOWED")


def _issue(town: Town) -> pb.IssueVoucherRequest:
    """Asks to issue a draft of five units."""
    return pb.IssueVoucherRequest(name=town.draft(units=5).name)


def test_what_waits_for_a_person_is_listed_and_finished_PROCESS_7(town: Town) -> None:
    stub = VoucherWorkServiceStub(town.served.channel)
    voucher_id = UUID(town.call("IssueVoucher", _issue(town)).uid)
    one = samples.voucher(id=voucher_id)

    def ask(world: World) -> None:
        open_review(world.session, one, 2, reason="MODE_CHANGED", now=world.now)
        open_review(world.session, one, 3, reason="SERVICE_CHANGED", now=world.now)

    town.tell(ask)
    first = call(town, stub.ListVoucherWork, work.ListVoucherWorkRequest(page_size=1), "CSP")
    asked = work.ListVoucherWorkRequest(page_size=1, page_token=first.next_page_token)
    second = call(town, stub.ListVoucherWork, asked, "CSP")
    assert not second.next_page_token
    (item,), (other,) = first.items, second.items
    assert {item.reason, other.reason} == {"MODE_CHANGED", "SERVICE_CHANGED"}
    assert (item.kind, item.voucher_id) == (work.VOUCHER_WORK_KIND_PLAN_REVIEW, str(voucher_id))
    finish = work.FinishVoucherWorkRequest(name=item.name, request_id=str(uuid4()))
    done = call(town, stub.FinishVoucherWork, finish, "CSW")
    assert done.HasField("done_time")
    assert call(town, stub.FinishVoucherWork, finish, "CSW") == done
    again = work.FinishVoucherWorkRequest(name=item.name)
    assert refusal(town, stub.FinishVoucherWork, again) == ("NOT_FOUND", "WORK_NOT_FOUND")
    assert refusal(town, stub.ListVoucherWork, work.ListVoucherWorkRequest(), "PRV")[0] == "PERMISSION_DENIED"
    stuck = work.ListVoucherWorkRequest(kind=work.VOUCHER_WORK_KIND_STUCK)
    assert not call(town, stub.ListVoucherWork, stuck, "FIN").items


def test_over_the_wire_by_contract_managers_only_PREVIEW_1(town: Town) -> None:
    preview = ContractPreviewServiceStub(town.served.channel).PreviewContractChange
    vouchers = [town.active()]
    contract_id = vouchers[0].contract_id
    ends = helsinki_date(town.now)
    asked = previews.PreviewContractChangeRequest(
        contract_id=contract_id, end_date=Date(year=ends.year, month=ends.month, day=ends.day), page_size=1
    )
    shown = call(town, preview, asked, "CON")
    (impact,) = shown.impacts
    assert (impact.voucher_id, impact.client_id) == (vouchers[0].uid, str(town.world.client_id))
    assert impact.effect == previews.CONTRACT_CHANGE_EFFECT_MUST_CHOOSE_ANEW
    (line,) = shown.lines
    assert (line.must_choose, line.without_other_provider, shown.next_page_token) == (1, 1, "")
    unknown = previews.PreviewContractChangeRequest(contract_id=str(uuid4()))
    assert refusal(town, preview, unknown, "CON") == ("NOT_FOUND", "CONTRACT_NOT_FOUND")
    other = previews.HypotheticalPrice(service_code="HLT-OT", unit_price=Money(cents=1))
    no_line = previews.PreviewContractChangeRequest(contract_id=contract_id, prices=[other])
    assert refusal(town, preview, no_line, "CON") == (PRECONDITION, "NO_SERVICE_LINE")
    other.unit_price.cents = -1
    below = previews.PreviewContractChangeRequest(contract_id=contract_id, prices=[other])
    assert refusal(town, preview, below, "CON")[0] == "INVALID_ARGUMENT"
    assert refusal(town, preview, asked, "FIN") == ("PERMISSION_DENIED", "ROLE_NOT_ALLOWED")
    assert vouchers[0].state == voucher_pb2.VOUCHER_STATE_ACTIVE
