"""The servicers of the voucher service; their methods are a few lines each."""

from collections.abc import Callable
from typing import Any

from services.chassis.door import Door
from services.chassis.vault import Vault
from services.voucher.api.changes.terms import TermsApi
from services.voucher.api.choices.quotes import QuoteApi
from services.voucher.api.claims.reversals import ReversalApi
from services.voucher.api.outlook.budget_report import BudgetReportApi
from services.voucher.api.outlook.budgets import BudgetApi
from services.voucher.api.outlook.contract_previews import PreviewApi
from services.voucher.api.refusals import CONSTRAINTS as CONSTRAINTS
from services.voucher.api.refusals import REFUSALS as REFUSALS
from services.voucher.api.spending.direct_payments import DirectPaymentApi
from services.voucher.api.spending.settlements import SettlementApi
from services.voucher.api.values.fees import FeeApi
from services.voucher.api.values.incomes import IncomeApi
from services.voucher.api.values.values import ValueApi
from services.voucher.api.vouchers.content import ContentApi
from services.voucher.api.vouchers.vouchers import VoucherApi
from services.voucher.api.vouchers.work import WorkApi
from services.voucher.domain.rules import Rules
from sote.voucher.v1 import (
    budget_report_service_pb2_grpc,
    budget_service_pb2_grpc,
    content_service_pb2_grpc,
    contract_preview_service_pb2_grpc,
    direct_payment_service_pb2_grpc,
    fee_service_pb2_grpc,
    income_service_pb2_grpc,
    quote_service_pb2_grpc,
    reversal_service_pb2_grpc,
    settlement_service_pb2_grpc,
    value_service_pb2_grpc,
    voucher_service_pb2_grpc,
    voucher_terms_service_pb2_grpc,
    voucher_work_service_pb2_grpc,
)

SERVICES = tuple(
    f"sote.voucher.v1.{name}Service"
    for name in (
        "Voucher",
        "Content",
        "Value",
        "Income",
        "Quote",
        "Fee",
        "Budget",
        "BudgetReport",
        "DirectPayment",
        "Settlement",
        "Reversal",
        "VoucherTerms",
        "VoucherWork",
        "ContractPreview",
    )
)


def servicers(door: Door, rules: Rules, vault: Vault) -> list[tuple[Callable[..., None], Any]]:
    """Every servicer of this service with what adds it to a server."""
    return [
        (voucher_service_pb2_grpc.add_VoucherServiceServicer_to_server, VoucherApi(door, rules, vault)),
        (content_service_pb2_grpc.add_ContentServiceServicer_to_server, ContentApi(door)),
        (value_service_pb2_grpc.add_ValueServiceServicer_to_server, ValueApi(door, vault)),
        (income_service_pb2_grpc.add_IncomeServiceServicer_to_server, IncomeApi(door, vault)),
        (quote_service_pb2_grpc.add_QuoteServiceServicer_to_server, QuoteApi(door, rules, vault)),
        (fee_service_pb2_grpc.add_FeeServiceServicer_to_server, FeeApi(door, vault)),
        (budget_service_pb2_grpc.add_BudgetServiceServicer_to_server, BudgetApi(door, rules)),
        (budget_report_service_pb2_grpc.add_BudgetReportServiceServicer_to_server, BudgetReportApi(door)),
        (
            direct_payment_service_pb2_grpc.add_DirectPaymentServiceServicer_to_server,
            DirectPaymentApi(door),
        ),
        (settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server, SettlementApi(door, rules)),
        (reversal_service_pb2_grpc.add_ReversalServiceServicer_to_server, ReversalApi(door)),
        (voucher_terms_service_pb2_grpc.add_VoucherTermsServiceServicer_to_server, TermsApi(door, rules)),
        (voucher_work_service_pb2_grpc.add_VoucherWorkServiceServicer_to_server, WorkApi(door)),
        (contract_preview_service_pb2_grpc.add_ContractPreviewServiceServicer_to_server, PreviewApi(door)),
    ]
