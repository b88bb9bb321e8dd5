"""The methods of BudgetReportService; each gives its request to one view through the door."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads
from services.chassis.names import resource_id
from services.voucher.views.outlook import spending_report as views
from services.voucher.wire.outlook.spending_report import dimensions_from
from services.voucher.wire.purse.budget import BUDGETS
from sote.voucher.v1 import budget_report_pb2, budget_report_service_pb2_grpc
from sote.voucher.v1 import budget_report_service_pb2 as pb


class BudgetReportApi(budget_report_service_pb2_grpc.BudgetReportServiceServicer):
    """BudgetReportService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    @reads
    def ForecastBudget(
        self, request: pb.ForecastBudgetRequest, call: Call, session: Session
    ) -> budget_report_pb2.BudgetForecast:
        budget_id = resource_id(request.name, BUDGETS)
        return views.forecast_budget(session, budget_id=budget_id, burn_months=request.burn_months, now=call.now)

    @reads
    def ListSpending(self, request: pb.ListSpendingRequest, call: Call, session: Session) -> pb.ListSpendingResponse:
        budget_id = resource_id(request.name, BUDGETS)
        return views.list_spending(session, budget_id=budget_id, dimensions=dimensions_from(request.group_by))
