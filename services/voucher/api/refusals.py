"""What each refusal of the voucher service is to a caller, and which one a violated constraint means."""

from collections.abc import Callable, Mapping

import grpc

from services.chassis.etags import VersionConflict
from services.kernel.refusal import IllegalTransition
from services.voucher.domain.changes.amendment import NothingToExtend
from services.voucher.domain.choices.quote import QuoteExpired, QuoteNotFound
from services.voucher.domain.claims.reversal import UnknownRedemption
from services.voucher.domain.outlook.contract_preview import ContractNotFound
from services.voucher.domain.purse.budget import (
    BudgetExists,
    BudgetLinesOverlap,
    BudgetNotFound,
    NextBudgetMissing,
    OverrunNotStatutory,
    SameLine,
    YearNotOver,
)
from services.voucher.domain.purse.ledger import BudgetExhausted, PostingRefused
from services.voucher.domain.spending.commitment import CommitmentNotFound
from services.voucher.domain.spending.direct_payment import (
    AlreadyPaid,
    DirectPaymentNotFound,
    MonthNotOver,
    OrderedByPlan,
)
from services.voucher.domain.spending.settlement import FourEyes, NothingToSettle, PeriodInverted, SettlementNotFound
from services.voucher.domain.values.income import IncomeStatementEnded, IncomeStatementNotFound, IncomeStatementOverlaps
from services.voucher.domain.values.parameters import ParametersOverlap
from services.voucher.domain.values.value import IncomeStatementMissing
from services.voucher.domain.vouchers import refusals
from services.voucher.domain.vouchers.work import WorkNotFound

Code = grpc.StatusCode

REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    NothingToExtend: Code.FAILED_PRECONDITION,
    WorkNotFound: Code.NOT_FOUND,
    QuoteNotFound: Code.NOT_FOUND,
    QuoteExpired: Code.FAILED_PRECONDITION,
    UnknownRedemption: Code.NOT_FOUND,
    ContractNotFound: Code.NOT_FOUND,
    BudgetExists: Code.ALREADY_EXISTS,
    BudgetNotFound: Code.NOT_FOUND,
    BudgetLinesOverlap: Code.INVALID_ARGUMENT,
    PostingRefused: Code.FAILED_PRECONDITION,
    BudgetExhausted: Code.FAILED_PRECONDITION,
    OverrunNotStatutory: Code.FAILED_PRECONDITION,
    SameLine: Code.INVALID_ARGUMENT,
    YearNotOver: Code.FAILED_PRECONDITION,
    NextBudgetMissing: Code.FAILED_PRECONDITION,
    IllegalTransition: Code.FAILED_PRECONDITION,
    CommitmentNotFound: Code.NOT_FOUND,
    DirectPaymentNotFound: Code.NOT_FOUND,
    AlreadyPaid: Code.ALREADY_EXISTS,
    MonthNotOver: Code.FAILED_PRECONDITION,
    OrderedByPlan: Code.FAILED_PRECONDITION,
    SettlementNotFound: Code.NOT_FOUND,
    FourEyes: Code.PERMISSION_DENIED,
    NothingToSettle: Code.FAILED_PRECONDITION,
    PeriodInverted: Code.INVALID_ARGUMENT,
    IncomeStatementOverlaps: Code.FAILED_PRECONDITION,
    IncomeStatementEnded: Code.FAILED_PRECONDITION,
    IncomeStatementNotFound: Code.NOT_FOUND,
    ParametersOverlap: Code.FAILED_PRECONDITION,
    refusals.UnknownVoucher: Code.NOT_FOUND,
    refusals.NoRelationship: Code.PERMISSION_DENIED,
    refusals.IssuerNotAllowed: Code.PERMISSION_DENIED,
    refusals.DuplicateClaim: Code.ALREADY_EXISTS,
    refusals.AssessmentMissing: Code.FAILED_PRECONDITION,
    refusals.DecisionMissing: Code.FAILED_PRECONDITION,
    refusals.VoucherNotEnabled: Code.FAILED_PRECONDITION,
    refusals.ClientClosed: Code.FAILED_PRECONDITION,
    refusals.PlanRequired: Code.FAILED_PRECONDITION,
    refusals.OverlappingVoucher: Code.FAILED_PRECONDITION,
    refusals.GuidanceRequired: Code.FAILED_PRECONDITION,
    refusals.SupportRequired: Code.FAILED_PRECONDITION,
    refusals.ProviderNotApproved: Code.FAILED_PRECONDITION,
    refusals.NoActiveContract: Code.FAILED_PRECONDITION,
    refusals.NoServiceLine: Code.FAILED_PRECONDITION,
    refusals.NoCapacity: Code.FAILED_PRECONDITION,
    refusals.PriceAboveValue: Code.FAILED_PRECONDITION,
    refusals.ValueExceeded: Code.FAILED_PRECONDITION,
    refusals.UnitsExceeded: Code.FAILED_PRECONDITION,
    refusals.OutsideValidity: Code.FAILED_PRECONDITION,
    refusals.AcceptanceOverdue: Code.FAILED_PRECONDITION,
    refusals.ContentVersionChanged: Code.FAILED_PRECONDITION,
    refusals.NothingHeld: Code.FAILED_PRECONDITION,
    refusals.DeliveryMissing: Code.FAILED_PRECONDITION,
    IncomeStatementMissing: Code.FAILED_PRECONDITION,
}
_OVERLAP = "an open voucher for the same service covers part of the period"
CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    "uq_budget_county_scheme_county_code_fiscal_year": lambda: BudgetExists("the county has a budget of that year"),
    "uq_direct_payment_month": lambda: AlreadyPaid("the month is paid already"),
    "ex_income_statement_overlap": lambda: IncomeStatementOverlaps(
        "another statement is in force on a day of this one"
    ),
    "ex_parameter_set_overlap": lambda: ParametersOverlap("another set is in force on a day of this one"),
    "uq_parameter_set_version": VersionConflict,
    "ex_voucher_overlap": lambda: refusals.OverlappingVoucher(_OVERLAP),
    "uq_voucher_open_plan_service": lambda: refusals.OverlappingVoucher(_OVERLAP),
    "uq_redemption_delivery": lambda: refusals.DuplicateClaim("the delivery is claimed already"),
}
