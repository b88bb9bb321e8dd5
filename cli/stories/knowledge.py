"""What each service knows of a client: counts and states asked from the owners themselves, not from the record."""

from collections import Counter

from cli.stories.acts import Stage
from cli.stories.values import euros
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import assessment_service_pb2, client_pb2
from sote.client.v1 import client_service_pb2 as client
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import package_service_pb2 as package
from sote.provider.v1 import contract_service_pb2
from sote.voucher.v1 import budget_pb2, voucher_pb2
from sote.voucher.v1 import budget_service_pb2 as budget
from sote.voucher.v1 import voucher_service_pb2 as voucher


def what_each_service_knows(stage: Stage, client_id: str) -> dict[str, str]:
    """One sentence per service."""
    ask, official, apis = stage.play.ask, stage.official, stage.apis
    person = ask(official, apis.client.GetClient, client.GetClientRequest(name=f"clients/{client_id}"))
    assessments = ask(
        official, apis.assessments.ListAssessments, assessment_service_pb2.ListAssessmentsRequest(client_id=client_id)
    )
    plans = ask(official, apis.careplan.ListPlans, careplan.ListPlansRequest(client_id=client_id)).plans
    deliveries = ask(
        official, apis.careplan.ListDeliveries, careplan.ListDeliveriesRequest(client_id=client_id, page_size=500)
    ).deliveries
    contracts = ask(
        official, apis.contracts.ListContracts, contract_service_pb2.ListContractsRequest(page_size=500)
    ).contracts
    vouchers = ask(
        official, apis.voucher.ListVouchers, voucher.ListVouchersRequest(client_id=client_id, page_size=100)
    ).vouchers
    enrolments = ask(
        official, apis.package.ListEnrolments, package.ListEnrolmentsRequest(client_id=client_id)
    ).enrolments
    status = client_pb2.ClientState.Name(person.state).removeprefix("CLIENT_STATE_")
    return {
        "client": f"{status}, {len(person.attention_flags)} flags, {len(assessments.assessments)} assessment",
        "careplan": f"{_plans(list(plans))}; {len(deliveries)} deliveries",
        "provider": f"{len(contracts)} contracts in the county",
        "voucher": _states([voucher_pb2.VoucherState.Name(voucher.state) for voucher in vouchers], "VOUCHER_STATE_"),
        "package": _states(
            [enrolment_pb2.EnrolmentState.Name(enrolment.state) for enrolment in enrolments], "ENROLMENT_STATE_"
        ),
    }


def _plans(plans: list[plan_pb2.Plan]) -> str:
    shown = (
        f"{plan.number} {plan_pb2.PlanState.Name(plan.state).removeprefix('PLAN_STATE_')} v{plan.major}.{plan.minor}"
        for plan in plans
    )
    return ", ".join(shown) or "no plan"


def _states(names: list[str], prefix: str) -> str:
    counted = Counter(name.removeprefix(prefix) for name in names)
    return ", ".join(f"{count} {name}" for name, count in counted.items()) or "none"


def budget_of(stage: Stage, year: int) -> budget_pb2.Budget:
    """The county's budget of a fiscal year."""
    request = budget.ListBudgetsRequest(fiscal_year=year)
    return stage.play.ask(stage.finance(1), stage.apis.budget.ListBudgets, request).budgets[0]


def ledger_proof(stage: Stage) -> budget_pb2.LedgerProof:
    """The ledger recomputed from its entries (INV-08 to INV-11)."""
    return stage.play.ask(stage.finance(1), stage.apis.budget.ProveLedger, budget.ProveLedgerRequest())


def balance_line(balance: budget_pb2.LineBalance) -> str:
    """A balance as one sentence: appropriated = available + reserved + committed + spent."""
    return (
        f"appropriated {euros(balance.appropriated)} = available {euros(balance.available)}"
        f" + reserved {euros(balance.reserved)} + committed {euros(balance.committed)} + spent {euros(balance.spent)}"
    )
