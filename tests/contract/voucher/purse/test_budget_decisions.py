"""Decisions about the budget, direct payments and reports over the wire: roles, repeats, refusals."""

from datetime import date
from uuid import uuid4

import grpc
import pytest
from google.protobuf.message import Message

from sote.type.v1 import care_pb2
from sote.type.v1.money_pb2 import Money
from sote.voucher.v1 import budget_pb2, budget_report_pb2, direct_payment_pb2
from sote.voucher.v1 import budget_report_service_pb2 as reports
from sote.voucher.v1 import budget_service_pb2 as budgets
from sote.voucher.v1 import direct_payment_service_pb2 as payments
from sote.voucher.v1.budget_report_service_pb2_grpc import BudgetReportServiceStub
from sote.voucher.v1.budget_service_pb2_grpc import BudgetServiceStub
from sote.voucher.v1.direct_payment_service_pb2_grpc import DirectPaymentServiceStub
from tests.api_server import ServedApi
from tests.builders.voucher.calls import call, day, refused

pytestmark = pytest.mark.contract
FAILED, NOT_FOUND = grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.NOT_FOUND
CLIENT = str(uuid4())


@pytest.fixture
def budget(api: ServedApi) -> budget_pb2.Budget:
    """An approved budget of two lines, the second for allowances."""
    service = BudgetServiceStub(api.channel)
    tasks = [care_pb2.SERVICE_TASK_TERVEYS]
    planned = call(
        service.CreateBudget,
        budgets.CreateBudgetRequest(
            fiscal_year=2024,
            lines=[
                budgets.NewBudgetLine(code="CARE", title="Care", service_tasks=tasks, planned=Money(cents=500_00)),
                budgets.NewBudgetLine(
                    code="CARERS", title="Carers", service_codes=["SOC-CARER-ALLOW"], planned=Money(cents=1_000_00)
                ),
            ],
        ),
        api.as_role("FIN"),
    )
    approved = budgets.ApproveBudgetRequest(
        name=planned.name, lines=[budgets.ApprovedLine(line_code="CARE", amount=Money(cents=700_00))]
    )
    found: budget_pb2.Budget = call(service.ApproveBudget, approved, api.as_role("FIN"))
    return found


def balances(found: budget_pb2.Budget) -> dict[str, int]:
    return {line.code: line.balance.available.cents for line in found.lines}


def test_a_line_is_amended_and_money_transferred_once_BUDGET_15(api: ServedApi, budget: budget_pb2.Budget) -> None:
    service, fin = BudgetServiceStub(api.channel), api.as_role("FIN")
    assert balances(budget) == {"CARE": 700_00, "CARERS": 1_000_00}
    less = budgets.AmendLineRequest(
        name=budget.name, line_code="CARE", change=Money(cents=-200_00), etag=budget.etag, request_id=str(uuid4())
    )
    amended = call(service.AmendLine, less, fin)
    assert call(service.AmendLine, less, fin) == amended
    assert balances(amended) == {"CARE": 500_00, "CARERS": 1_000_00}
    move = budgets.TransferBetweenLinesRequest(
        name=budget.name, from_line_code="CARERS", to_line_code="CARE", amount=Money(cents=100_00)
    )
    assert balances(call(service.TransferBetweenLines, move, fin)) == {"CARE": 600_00, "CARERS": 900_00}
    assert refused(service.AmendLine, less.__class__(name=budget.name, line_code="CARE"), fin)[0] == (
        grpc.StatusCode.INVALID_ARGUMENT
    )
    more = Money(cents=-600_01)
    assert refused(
        service.AmendLine, budgets.AmendLineRequest(name=budget.name, line_code="CARE", change=more), fin
    ) == (FAILED, "BUDGET_EXHAUSTED", "INV-10")
    move.to_line_code = "CARERS"
    assert refused(service.TransferBetweenLines, move, fin)[:2] == (grpc.StatusCode.INVALID_ARGUMENT, "SAME_LINE")


def test_finance_alone_permits_an_overrun_and_for_statutory_rights_DESIGN_8(
    api: ServedApi, budget: budget_pb2.Budget
) -> None:
    service = BudgetServiceStub(api.channel)
    ask = budgets.ApproveOverrunRequest(name=budget.name, line_code="CARERS", amount=Money(cents=1_00))
    assert refused(service.ApproveOverrun, ask, api.as_role("FIN")) == (FAILED, "OVERRUN_NOT_STATUTORY", "DESIGN-8")
    assert refused(service.ApproveOverrun, ask, api.as_role("CSW"))[0] == grpc.StatusCode.PERMISSION_DENIED


def test_a_year_is_closed_when_it_is_over_and_the_next_is_planned_BUDGET_14(
    api: ServedApi, budget: budget_pb2.Budget
) -> None:
    service, fin = BudgetServiceStub(api.channel), api.as_role("FIN")
    close = budgets.CloseBudgetRequest(name=budget.name)
    assert refused(service.CloseBudget, close, fin) == (FAILED, "NEXT_BUDGET_MISSING", "BUDGET-14")
    line = budgets.NewBudgetLine(code="CARE", title="Care", planned=Money(cents=0))
    for year in (2025, 2099):
        call(service.CreateBudget, budgets.CreateBudgetRequest(fiscal_year=year, lines=[line]), fin)
    assert call(service.CloseBudget, close, fin).state == budget_pb2.BUDGET_STATE_CLOSED
    assert refused(service.CloseBudget, close, fin)[:2] == (FAILED, "ILLEGAL_TRANSITION")
    later = next(
        one
        for one in call(service.ListBudgets, budgets.ListBudgetsRequest(fiscal_year=2099), fin).budgets
        if one.fiscal_year == 2099
    )
    call(service.ApproveBudget, budgets.ApproveBudgetRequest(name=later.name), fin)
    early = budgets.CloseBudgetRequest(name=later.name)
    assert refused(service.CloseBudget, early, fin) == (FAILED, "YEAR_NOT_OVER", "BUDGET-14")


def allowance(month: date = date(2024, 3, 1), cents: int = 480_00) -> payments.PayAllowanceRequest:
    return payments.PayAllowanceRequest(
        client_id=CLIENT, service_code="SOC-CARER-ALLOW", month=day(month), amount=Money(cents=cents)
    )


def test_an_allowance_is_paid_once_and_taken_back_PAYMENT_1(api: ServedApi, budget: budget_pb2.Budget) -> None:
    service, fin = DirectPaymentServiceStub(api.channel), api.as_role("FIN")
    paid = call(service.PayAllowance, allowance(), fin)
    assert (paid.amount.cents, paid.client_id) == (480_00, CLIENT)
    assert refused(service.PayAllowance, allowance(), fin)[:2] == (grpc.StatusCode.ALREADY_EXISTS, "ALREADY_PAID")
    wrong: list[tuple[Message, str]] = [
        (allowance(date(2024, 3, 2)), "INVALID_FIELD"),
        (allowance(date(2099, 1, 1)), "MONTH_NOT_OVER"),
        (allowance(date(2024, 4, 1), 0), "POSTING_REFUSED"),
        (allowance(date(2024, 4, 1), 520_01), "BUDGET_EXHAUSTED"),
    ]
    assert [refused(service.PayAllowance, request, fin)[1] for request, _ in wrong] == [one for _, one in wrong]
    back = payments.ReverseDirectPaymentRequest(
        name=paid.name, reason=direct_payment_pb2.DIRECT_PAYMENT_REVERSAL_REASON_ERROR, etag=paid.etag
    )
    taken = call(service.ReverseDirectPayment, back, fin)
    assert taken.state == direct_payment_pb2.DIRECT_PAYMENT_STATE_REVERSED
    assert refused(service.ReverseDirectPayment, back, fin)[1] == "VERSION_CONFLICT"
    back.etag = ""
    assert refused(service.ReverseDirectPayment, back, fin)[:2] == (FAILED, "ILLEGAL_TRANSITION")
    back.name = f"directPayments/{uuid4()}"
    assert refused(service.ReverseDirectPayment, back, fin)[:2] == (NOT_FOUND, "DIRECT_PAYMENT_NOT_FOUND")
    listed = call(service.ListDirectPayments, payments.ListDirectPaymentsRequest(client_id=CLIENT), fin)
    assert [one.name for one in listed.payments] == [paid.name]
    proof = call(BudgetServiceStub(api.channel).ProveLedger, budgets.ProveLedgerRequest(), fin)
    assert proof.holds


def test_steering_reads_forecast_and_spending_M_C5(api: ServedApi, budget: budget_pb2.Budget) -> None:
    service, steering = BudgetReportServiceStub(api.channel), api.as_role("STE")
    call(DirectPaymentServiceStub(api.channel).PayAllowance, allowance(), api.as_role("FIN"))
    told = call(service.ForecastBudget, reports.ForecastBudgetRequest(name=budget.name), steering)
    assert [(one.line_code, one.forecast.cents) for one in told.lines] == [("CARE", 0), ("CARERS", 480_00)]
    by = [budget_report_pb2.SPENDING_DIMENSION_SERVICE, budget_report_pb2.SPENDING_DIMENSION_LINE]
    found = call(service.ListSpending, reports.ListSpendingRequest(name=budget.name, group_by=by), steering)
    assert [(one.line_code, one.service_code, one.spent.cents) for one in found.groups] == [
        ("CARERS", "SOC-CARER-ALLOW", 480_00)
    ]
    assert found.total.spent.cents == 480_00
    nothing = reports.ForecastBudgetRequest(name=f"budgets/{uuid4()}")
    assert refused(service.ForecastBudget, nothing, steering)[:2] == (NOT_FOUND, "BUDGET_NOT_FOUND")
    assert refused(service.ForecastBudget, nothing, api.as_role("PRV"))[0] == grpc.StatusCode.PERMISSION_DENIED
