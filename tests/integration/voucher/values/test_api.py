"""ValueService, IncomeService and FeeService as their callers meet them: who may, what is answered, what is kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from google.rpc import error_details_pb2
from google.type.date_pb2 import Date
from grpc_status import rpc_status
from sqlalchemy import text

from services.chassis.database import engine_from, sessions_from
from sote.type.v1.money_pb2 import Money
from sote.voucher.v1 import fee_pb2, fee_service_pb2, income_service_pb2, value_pb2, value_service_pb2
from sote.voucher.v1 import voucher_service_pb2 as vouchers
from sote.voucher.v1.fee_service_pb2_grpc import FeeServiceStub
from sote.voucher.v1.income_service_pb2_grpc import IncomeServiceStub
from sote.voucher.v1.value_service_pb2_grpc import ValueServiceStub
from sote.voucher.v1.voucher_service_pb2_grpc import VoucherServiceStub
from tests.api_server import ServedApi
from tests.builders.voucher.county import World

pytestmark = pytest.mark.integration

NEW_YEAR = Date(year=2025, month=1, day=1)
HOUR = value_pb2.IncomeDependentValue(
    value_max=Money(cents=27_00),
    value_min=Money(cents=7_00),
    threshold_cents=[563_00, 1039_00],
    threshold_step=Money(cents=342_00),
    percent_hundredths=[35_00, 22_00],
)


class Office:
    """A served api over a committed world, and its callers."""

    def __init__(self, served: ServedApi, url: str, now: datetime) -> None:
        self.served = served
        self.values = ValueServiceStub(served.channel)
        self.incomes = IncomeServiceStub(served.channel)
        self.fees = FeeServiceStub(served.channel)
        self.vouchers = VoucherServiceStub(served.channel)
        self.engine = engine_from(url, pool_size=2)
        with sessions_from(self.engine).begin() as session:
            self.world = World(session, now=now).told()

    def call(self, method: Any, request: Any, role: str = "FIN", **who: str) -> Any:
        """Call as county finance, or as the role told."""
        if role == "CSW":
            who.setdefault("organisation", str(self.world.enterprise))
        if role == "CLI":
            who.setdefault("subject", str(self.world.client_id))
        return method(request, metadata=self.served.as_role(role, **who), timeout=10)

    def refused(self, method: Any, request: Any, role: str = "FIN", **who: str) -> tuple[str, str]:
        """The status code and reason of a refusal."""
        with pytest.raises(grpc.RpcError) as caught:
            self.call(method, request, role, **who)
        status = rpc_status.from_call(caught.value)
        assert status is not None
        return caught.value.code().name, error_details_pb2.ErrorInfo.FromString(status.details[0].value).reason

    def put(self, **changes: Any) -> value_service_pb2.PutValueParametersRequest:
        """Asks to enter values by income for the world's service."""
        told = {"service_code": self.world.service, "code": "2025", "valid_from": NEW_YEAR, "income_dependent": HOUR}
        return value_service_pb2.PutValueParametersRequest(**told | changes)

    def stated(self, income: int = 2300_00, **changes: Any) -> income_service_pb2.RecordIncomeStatementRequest:
        """Asks to record what a household of two earns."""
        told = {"client_id": str(self.world.client_id), "valid_from": NEW_YEAR, "household_size": 2}
        return income_service_pb2.RecordIncomeStatementRequest(
            **told | changes, gross_monthly_income=Money(cents=income), evidence="decision 12345"
        )

    def draft(self) -> Any:
        """A voucher for the world's client."""
        client_id, decision_id = str(self.world.client_id), str(self.world.decision_id)
        request = vouchers.DraftVoucherRequest(client_id=client_id, decision_id=decision_id)
        return self.call(self.vouchers.DraftVoucher, request, "CSW")

    def stored(self) -> str:
        """Everything in the database that is text or bytes, as text."""
        with self.engine.connect() as connection:
            names = connection.execute(text("select tablename from pg_tables where schemaname = 'public'")).scalars()
            rows = [connection.execute(text(f"select t::text from {name} t")).scalars().all() for name in names]
        return "\n".join(line for lines in rows for line in lines)


@pytest.fixture
def office(api_server: Callable[..., ServedApi], new_database: Callable[[str], str], now: datetime) -> Iterator[Office]:
    url = new_database("voucher")
    office = Office(api_server("voucher", url=url), url, now)
    yield office
    office.engine.dispose()


def test_finance_enters_sets_and_everybody_reads_them_MONEY_6(office: Office) -> None:
    first = office.call(office.values.PutValueParameters, office.put(request_id=str(uuid4())))
    assert (first.number, first.code, first.income_dependent.value_max.cents) == (1, "2025", 27_00)
    assert first.income_dependent.round_up_to_cents == 1
    again = office.call(office.values.PutValueParameters, office.put(etag=first.etag))
    assert (again.number, again.name != first.name) == (2, True)
    assert office.refused(office.values.PutValueParameters, office.put(etag=first.etag)) == (
        "ABORTED",
        "VERSION_CONFLICT",
    )
    bounded = office.put(code="2024", valid_from=Date(year=2024, month=1, day=1), valid_to=NEW_YEAR)
    assert office.refused(office.values.PutValueParameters, bounded) == ("FAILED_PRECONDITION", "PARAMETERS_OVERLAP")
    assert office.refused(office.values.PutValueParameters, office.put(), "CSW")[0] == "PERMISSION_DENIED"
    listed = office.call(office.values.ListValueParameters, value_service_pb2.ListValueParametersRequest(), "CLI")
    assert [one.number for one in listed.parameters] == [2]
    every = value_service_pb2.ListValueParametersRequest(show_superseded=True, page_size=1)
    page = office.call(office.values.ListValueParameters, every, "PRV")
    every.page_token = page.next_page_token
    rest = office.call(office.values.ListValueParameters, every, "PRV")
    assert {one.number: one.HasField("superseded_time") for one in (*page.parameters, *rest.parameters)} == {
        1: True,
        2: False,
    }


def test_what_no_value_can_be_computed_by_is_refused_MONEY_3(office: Office) -> None:
    for wrong in (
        {"fixed": value_pb2.FixedValue(unit_value=Money(cents=-1))},
        {"ceiling_total": value_pb2.CeilingTotalValue(ceiling=Money(cents=-1))},
        {"income_dependent": value_pb2.IncomeDependentValue()},
        {"valid_to": Date(year=2024, month=12, day=31)},
    ):
        refusal = office.refused(office.values.PutValueParameters, office.put(**wrong))
        assert refusal == ("INVALID_ARGUMENT", "INVALID_FIELD")


def test_a_fee_rule_is_entered_and_read_whole_MONEY_5(office: Office) -> None:
    table = fee_pb2.MonthlyFeeByIncome(
        threshold_cents=[598_00],
        threshold_step=Money(cents=356_00),
        first_hours=4,
        rows=[
            fee_pb2.HouseholdPercents(percent_hundredths=[8_00]),
            fee_pb2.HouseholdPercents(percent_hundredths=[10_00]),
        ],
    )
    told = {"fee_rule": "HOME_CARE_FEE", "code": "2025", "valid_from": NEW_YEAR}
    put = fee_service_pb2.PutFeeRuleRequest(**told, monthly_by_income=table)
    made = office.call(office.fees.PutFeeRule, put)
    assert made.monthly_by_income.rows == table.rows
    leave = {"fee_rule": "CARER_LEAVE_FEE", "code": "2025", "valid_from": NEW_YEAR}
    office.call(
        office.fees.PutFeeRule,
        fee_service_pb2.PutFeeRuleRequest(**leave, per_unit=fee_pb2.FeePerUnit(fee=Money(cents=11_60))),
    )
    free = {"fee_rule": "CLIENT_PAYS", "code": "x", "valid_from": NEW_YEAR}
    office.call(
        office.fees.PutFeeRule,
        fee_service_pb2.PutFeeRuleRequest(**free, none=fee_pb2.NoFee(client_pays_provider=True)),
    )
    on_day = fee_service_pb2.ListFeeRulesRequest(day=NEW_YEAR)
    kinds = [one.WhichOneof("parameters") for one in office.call(office.fees.ListFeeRules, on_day).fee_rules]
    assert sorted(kinds) == ["monthly_by_income", "none", "per_unit"]
    only = fee_service_pb2.ListFeeRulesRequest(fee_rule="CLIENT_PAYS")
    assert office.call(office.fees.ListFeeRules, only, "CLI").fee_rules[0].none.client_pays_provider
    empty = fee_service_pb2.PutFeeRuleRequest(**told, monthly_by_income=fee_pb2.MonthlyFeeByIncome())
    assert office.refused(office.fees.PutFeeRule, empty) == ("INVALID_ARGUMENT", "INVALID_FIELD")


def test_an_income_is_for_fee_officials_and_the_client_and_kept_nowhere_in_the_open_ACCESS_3(office: Office) -> None:
    office.call(office.values.PutValueParameters, office.put())
    client_id, decision_id = str(office.world.client_id), str(office.world.decision_id)
    draft = vouchers.DraftVoucherRequest(client_id=client_id, decision_id=decision_id)
    missing = "FAILED_PRECONDITION", "INCOME_STATEMENT_MISSING"
    assert office.refused(office.vouchers.DraftVoucher, draft, "CSW") == missing
    request_id = str(uuid4())
    answers = [
        office.call(office.incomes.RecordIncomeStatement, office.stated(2317_77, request_id=request_id)) for _ in "ab"
    ]
    assert answers[0] == answers[1]
    assert not answers[0].HasField("means")
    mine = income_service_pb2.ListIncomeStatementsRequest(client_id=client_id)
    for role in ("FIN", "CLI"):
        (listed,) = office.call(office.incomes.ListIncomeStatements, mine, role).income_statements
        assert (listed.means.household_size, listed.means.gross_monthly_income.cents) == (2, 2317_77)
    for role in ("CSW", "CSP", "PRV", "CON"):
        assert office.refused(office.incomes.ListIncomeStatements, mine, role)[0] == "PERMISSION_DENIED"
    stranger = office.refused(office.incomes.ListIncomeStatements, mine, "CLI", subject=str(uuid4()))
    assert stranger == ("PERMISSION_DENIED", "NO_RELATIONSHIP")
    voucher = office.draft()
    kept = office.stored()
    assert "231777" not in kept
    assert (2317_77).to_bytes(4, "big").hex() not in kept
    assert "decision 12345" not in kept
    assert b"decision 12345".hex() not in kept
    explain = value_service_pb2.ExplainValueRequest(name=voucher.name)
    for role, sees in (("FIN", True), ("CLI", True), ("CSW", False)):
        steps = office.call(office.values.ExplainValue, explain, role).steps
        assert (value_pb2.EXPLANATION_LABEL_INCOME in {step.label for step in steps}) is sees
        assert steps[-2].amount.cents == voucher.money.unit_value.cents
    other = office.refused(office.values.ExplainValue, explain, "CLI", subject=str(uuid4()))
    assert other == ("PERMISSION_DENIED", "NO_RELATIONSHIP")
    nowhere = value_service_pb2.ExplainValueRequest(name=f"vouchers/{uuid4()}")
    assert office.refused(office.values.ExplainValue, nowhere) == ("NOT_FOUND", "VOUCHER_NOT_FOUND")


def test_statements_end_are_withdrawn_and_never_overlap_INCOME_1(office: Office) -> None:
    first = office.call(office.incomes.RecordIncomeStatement, office.stated())
    summer = office.stated(valid_from=Date(year=2025, month=6, day=1))
    second = office.call(office.incomes.RecordIncomeStatement, summer)
    assert office.refused(office.incomes.RecordIncomeStatement, office.stated(valid_to=NEW_YEAR)) == (
        "FAILED_PRECONDITION",
        "INCOME_STATEMENT_OVERLAPS",
    )
    end = income_service_pb2.EndIncomeStatementRequest(name=second.name, last_day=NEW_YEAR, etag=second.etag)
    assert office.call(office.incomes.EndIncomeStatement, end).withdrawn
    assert office.refused(office.incomes.EndIncomeStatement, end)[1] == "VERSION_CONFLICT"
    end.etag = ""
    assert office.refused(office.incomes.EndIncomeStatement, end)[1] == "INCOME_STATEMENT_ENDED"
    end.name = f"incomeStatements/{uuid4()}"
    assert office.refused(office.incomes.EndIncomeStatement, end) == ("NOT_FOUND", "INCOME_STATEMENT_NOT_FOUND")
    mine = income_service_pb2.ListIncomeStatementsRequest(client_id=str(office.world.client_id))
    listed = office.call(office.incomes.ListIncomeStatements, mine).income_statements
    assert {one.uid: (one.withdrawn, one.valid_to.month) for one in listed} == {
        first.uid: (False, 5),
        second.uid: (True, 0),
    }
    assert office.refused(office.incomes.RecordIncomeStatement, office.stated(-1))[1] == "INVALID_FIELD"


def test_fees_are_for_finance_the_social_worker_and_the_client_ACCESS_3(office: Office) -> None:
    request = fee_service_pb2.ListClientFeesRequest(
        client_id=str(office.world.client_id), first_month=NEW_YEAR, last_month=NEW_YEAR
    )
    for role in ("FIN", "CSW", "CLI"):
        assert office.call(office.fees.ListClientFees, request, role).total.cents == 0
    assert office.refused(office.fees.ListClientFees, request, "PRV")[0] == "PERMISSION_DENIED"
    assert UUID(request.client_id) == office.world.client_id


def reason(call: Callable[[], Any]) -> str:
    """Why a call is refused; DONE when it is not."""
    try:
        call()
    except grpc.RpcError as refused:
        status = rpc_status.from_call(refused)
        return "" if status is None else str(error_details_pb2.ErrorInfo.FromString(status.details[0].value).reason)
    return "DONE"


def test_of_what_is_entered_at_once_one_is_in_force_MONEY_6(office: Office) -> None:
    """Whoever comes second meets the constraint, or the first one's lock on it."""

    def put(number: int) -> str:
        request = office.put(code=f"set-{number}")
        return reason(lambda: office.call(office.values.PutValueParameters, request))

    def record(number: int) -> str:
        request = office.stated(2300_00 + number)
        return reason(lambda: office.call(office.incomes.RecordIncomeStatement, request))

    with ThreadPoolExecutor(8) as pool:
        sets, statements = list(pool.map(put, range(8))), list(pool.map(record, range(8)))
    assert (sets.count("DONE"), statements.count("DONE")) == (1, 1)
    assert set(sets) <= {"DONE", "PARAMETERS_OVERLAP", "VERSION_CONFLICT"}
    assert set(statements) <= {"DONE", "INCOME_STATEMENT_OVERLAPS", "VERSION_CONFLICT"}
