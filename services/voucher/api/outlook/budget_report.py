"""The methods of BudgetReportService; each gives its request to one view through the door."""

import grpc
from sqlalchemy.orm import Session

from services.chassis.door import Call, Door
from services.chassis.names import resource_id
from services.voucher.views.outlook import spending_report as views
from services.voucher.wire.outlook.spending_report import dimensions_from
from services.voucher.wire.purse.budget import BUDGETS
from sote.voucher.v1 import budget_report_pb2, budget_report_service_pb2_grpc
from sote.voucher.v1 import budget_report_service_pb2 as pb

Context = grpc.ServicerContext


class BudgetReportApi(budget_report_service_pb2_grpc.BudgetReportServiceServicer):
    """BudgetReportService over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def ForecastBudget(self, request: pb.ForecastBudgetRequest, context: Context) -> budget_report_pb2.BudgetForecast:
        def act(session: Session, call: Call) -> budget_report_pb2.BudgetForecast:
            budget_id = resource_id(request.name, BUDGETS)
            return views.forecast_budget(session, budget_id=budget_id, burn_months=request.burn_months, now=call.now)

        return self._door.read(request, context, act)

    def ListSpending(self, request: pb.ListSpendingRequest, context: Context) -> pb.ListSpendingResponse:
        def act(session: Session, call: Call) -> pb.ListSpendingResponse:
            budget_id = resource_id(request.name, BUDGETS)
            return views.list_spending(session, budget_id=budget_id, dimensions=dimensions_from(request.group_by))

        return self._door.read(request, context, act)
