"""BudgetService and SettlementService over the wire: roles, repeats, refusals with their reasons, pages."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import grpc
import pytest
from google.type.date_pb2 import Date
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.database import engine_from, sessions_from
from services.voucher.storage.neighbours.provider import keep_catalogue
from sote.type.v1 import care_pb2
from sote.type.v1.money_pb2 import Money
from sote.voucher.v1 import budget_pb2, settlement_pb2
from sote.voucher.v1 import budget_service_pb2 as budgets
from sote.voucher.v1 import settlement_service_pb2 as settlements
from sote.voucher.v1.budget_service_pb2_grpc import BudgetServiceStub
from sote.voucher.v1.settlement_service_pb2_grpc import SettlementServiceStub
from tests.api_server import CallMetadata, ServedApi
from tests.builders.voucher import purse
from tests.builders.voucher.calls import call, day, refused
from tests.builders.voucher.claims import redeemed_voucher

pytestmark = pytest.mark.contract
PROVIDER = str(uuid4())


@pytest.fixture
def budget(api: ServedApi) -> BudgetServiceStub:
    return BudgetServiceStub(api.channel)


@pytest.fixture
def settlement(api: ServedApi) -> SettlementServiceStub:
    return SettlementServiceStub(api.channel)


@pytest.fixture
def db(url: str) -> Iterator[Callable[[], Session]]:
    engine: Engine = engine_from(url)
    yield sessions_from(engine)
    engine.dispose()


def new_budget(year: int = 2025) -> budgets.CreateBudgetRequest:
    line = budgets.NewBudgetLine(
        code="CARE",
        title="Care",
        service_tasks=[care_pb2.SERVICE_TASK_LAPSIPERHE, care_pb2.SERVICE_TASK_TERVEYS],
        planned=Money(cents=120_000_00),
    )
    return budgets.CreateBudgetRequest(fiscal_year=year, lines=[line], request_id=str(uuid4()))


def test_one_budget_of_a_year_planned_and_approved_S1_41(api: ServedApi, budget: BudgetServiceStub) -> None:
    fin = api.as_role("FIN")
    request = new_budget()
    planned = call(budget.CreateBudget, request, fin)
    assert call(budget.CreateBudget, request, fin) == planned
    assert refused(budget.CreateBudget, new_budget(), fin) == (
        grpc.StatusCode.ALREADY_EXISTS,
        "BUDGET_EXISTS",
        "S1.41",
    )
    approve = budgets.ApproveBudgetRequest(name=planned.name, etag=planned.etag)
    approved = call(budget.ApproveBudget, approve, fin)
    assert approved.state == budget_pb2.BUDGET_STATE_APPROVED
    assert approved.total.available.cents == approved.total.appropriated.cents == 120_000_00
    assert refused(budget.ApproveBudget, approve, fin)[:2] == (grpc.StatusCode.ABORTED, "VERSION_CONFLICT")
    again = budgets.ApproveBudgetRequest(name=planned.name)
    assert refused(budget.ApproveBudget, again, fin)[:2] == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "ILLEGAL_TRANSITION",
    )
    more = budgets.AppropriateLineRequest(name=planned.name, line_code="CARE", amount=Money(cents=1_00))
    assert call(budget.AppropriateLine, more, fin).total.available.cents == 120_001_00
    assert call(budget.GetBudget, budgets.GetBudgetRequest(name=planned.name), api.as_role("STE")).fiscal_year == 2025
    nothing = budgets.AppropriateLineRequest(name=planned.name, line_code="CARE", amount=Money(cents=0))
    assert refused(budget.AppropriateLine, nothing, fin)[1] == "POSTING_REFUSED"
    unknown = budgets.AppropriateLineRequest(name=planned.name, line_code="NONE", amount=Money(cents=1))
    assert refused(budget.AppropriateLine, unknown, fin)[:2] == (grpc.StatusCode.NOT_FOUND, "BUDGET_NOT_FOUND")
    assert call(budget.ProveLedger, budgets.ProveLedgerRequest(), api.as_role("OPS")).holds


def test_a_line_is_not_planned_below_zero_nor_twice_INV_22(api: ServedApi, budget: BudgetServiceStub) -> None:
    fin = api.as_role("FIN")
    below = new_budget()
    below.lines[0].planned.cents = -1
    assert refused(budget.CreateBudget, below, fin)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD")
    twice = new_budget()
    twice.lines.add().CopyFrom(twice.lines[0])
    assert refused(budget.CreateBudget, twice, fin)[:2] == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "BUDGET_LINES_OVERLAP",
    )


@pytest.mark.parametrize("role", ["CSW", "CSP", "HOP", "HSP", "PRV", "CON", "STE", "DPO", "CLI", "OPS", "SYS"])
def test_only_finance_moves_money_ROLE_1(
    api: ServedApi, budget: BudgetServiceStub, settlement: SettlementServiceStub, role: str
) -> None:
    who = api.as_role(role)
    made = settlements.CreateSettlementRequest(
        provider_id=PROVIDER, period_start=day(date(2025, 3, 1)), period_end=day(date(2025, 3, 31))
    )
    for method, request in (
        (budget.CreateBudget, new_budget()),
        (budget.ApproveBudget, budgets.ApproveBudgetRequest(name=f"budgets/{uuid4()}")),
        (settlement.CreateSettlement, made),
        (settlement.ApproveSettlement, settlements.ApproveSettlementRequest(name=f"settlements/{uuid4()}")),
    ):
        assert refused(method, request, who)[0] is grpc.StatusCode.PERMISSION_DENIED


def a_month(api: ServedApi, db: Callable[[], Session]) -> str:
    """A budget, a client, and three claims of March at the provider; gives the client."""
    client = uuid4()
    with db() as session, session.begin():
        for code, price in purse.PRICES.items():
            keep_catalogue(session, purse.catalogue_entry(code, price))
        days = [date(2025, 3, number) for number in (3, 10, 17)]
        redeemed_voucher(session, provider_id=UUID(PROVIDER), client_id=client, days=days)
    return str(client)


def test_a_month_from_collection_to_the_paid_batch_PROCESS_A14(
    api: ServedApi, budget: BudgetServiceStub, settlement: SettlementServiceStub, db: Callable[[], Session]
) -> None:
    one, other = api.as_role("FIN", subject="f1"), api.as_role("FIN", subject="f2")
    own = api.as_role("PRV", organisation=PROVIDER)
    planned = call(budget.CreateBudget, new_budget(), one)
    call(budget.ApproveBudget, budgets.ApproveBudgetRequest(name=planned.name), one)
    client = a_month(api, db)
    period = {"period_start": day(date(2025, 3, 1)), "period_end": day(date(2025, 3, 31))}
    request = settlements.CreateSettlementRequest(provider_id=PROVIDER, **period, request_id=str(uuid4()))
    batch = call(settlement.CreateSettlement, request, one)
    assert call(settlement.CreateSettlement, request, one) == batch
    assert (batch.total.cents, batch.item_count) == (3 * 78_00, 3)
    fresh = settlements.CreateSettlementRequest(provider_id=PROVIDER, **period)
    assert refused(settlement.CreateSettlement, fresh, one)[1] == "NOTHING_TO_SETTLE"
    approve = settlements.ApproveSettlementRequest(name=batch.name)
    assert refused(settlement.ApproveSettlement, approve, one) == (
        grpc.StatusCode.PERMISSION_DENIED,
        "FOUR_EYES",
        "INV-27",
    )
    call(settlement.ApproveSettlement, approve, other)
    call(settlement.SendSettlement, settlements.SendSettlementRequest(name=batch.name), other)
    paid = settlements.ConfirmSettlementPaidRequest(name=batch.name, payment_reference="R-1", request_id=str(uuid4()))
    assert call(settlement.ConfirmSettlementPaid, paid, other).state == settlement_pb2.SETTLEMENT_STATE_PAID
    assert call(settlement.ConfirmSettlementPaid, paid, other).payment_reference == "R-1"
    finance = call(budget.GetClientFinance, budgets.GetClientFinanceRequest(client_id=client), one)
    assert [finance.services.reserved.cents, finance.services.spent.cents] == [3 * 78_00, 3 * 78_00]
    _read_by_its_provider(settlement, api, own, batch.name)
    _read_in_pages(budget, one, client)
    assert call(budget.ProveLedger, budgets.ProveLedgerRequest(), one).holds


def _read_by_its_provider(settlement: SettlementServiceStub, api: ServedApi, own: CallMetadata, name: str) -> None:
    stranger = api.as_role("PRV", organisation=str(uuid4()))
    get = settlements.GetSettlementRequest(name=name)
    assert call(settlement.GetSettlement, get, own).name == name
    assert refused(settlement.GetSettlement, get, stranger)[:2] == (
        grpc.StatusCode.NOT_FOUND,
        "SETTLEMENT_NOT_FOUND",
    )
    listed = settlements.ListSettlementsRequest()
    assert len(call(settlement.ListSettlements, listed, own).settlements) == 1
    assert not call(settlement.ListSettlements, listed, stranger).settlements
    items = settlements.ListSettlementItemsRequest(name=name, page_size=2)
    first = call(settlement.ListSettlementItems, items, own)
    items.page_token = first.next_page_token
    second = call(settlement.ListSettlementItems, items, own)
    assert (len(first.items), len(second.items), second.next_page_token) == (2, 1, "")
    assert refused(settlement.ListSettlementItems, items, stranger)[1] == "SETTLEMENT_NOT_FOUND"


def _read_in_pages(budget: BudgetServiceStub, fin: CallMetadata, client: str) -> None:
    request = budgets.ListLedgerEntriesRequest(source=budget_pb2.LEDGER_SOURCE_VOUCHER, client_id=client, page_size=1)
    ops: list[int] = []
    while True:
        page = call(budget.ListLedgerEntries, request, fin)
        ops += [entry.op for entry in page.entries]
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token
    assert ops == [budget_pb2.LEDGER_OP_RESERVE, budget_pb2.LEDGER_OP_COMMIT, budget_pb2.LEDGER_OP_SPEND]


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [(date(2025, 4, 1), date(2025, 3, 1), "PERIOD_INVERTED"), (date(2025, 3, 1), None, "INVALID_REQUEST")],
)
def test_a_period_is_two_days_of_the_calendar_PROCESS_A14(
    api: ServedApi, settlement: SettlementServiceStub, start: date, end: date | None, reason: str
) -> None:
    last = day(end) if end else Date(year=2025, month=2, day=30)
    request = settlements.CreateSettlementRequest(provider_id=PROVIDER, period_start=day(start), period_end=last)
    assert refused(settlement.CreateSettlement, request, api.as_role("FIN"))[:2] == (
        grpc.StatusCode.INVALID_ARGUMENT,
        reason,
    )


def test_unknown_commitments_and_budgets_are_not_found_PROCESS_B6_REFUSAL_4(
    api: ServedApi, budget: BudgetServiceStub
) -> None:
    fin = api.as_role("FIN")
    for method, request, reason in (
        (budget.GetCommitment, budgets.GetCommitmentRequest(name=f"commitments/{uuid4()}"), "COMMITMENT_NOT_FOUND"),
        (budget.FundCommitment, budgets.FundCommitmentRequest(name=f"commitments/{uuid4()}"), "COMMITMENT_NOT_FOUND"),
        (budget.GetBudget, budgets.GetBudgetRequest(name=f"budgets/{uuid4()}"), "BUDGET_NOT_FOUND"),
    ):
        assert refused(method, request, fin)[:2] == (grpc.StatusCode.NOT_FOUND, reason)
    assert not call(budget.ListCommitments, budgets.ListCommitmentsRequest(client_id=str(uuid4())), fin).commitments
