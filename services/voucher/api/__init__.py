"""The words on the wire: servicer methods of a few lines, and the tables of refusals."""

from collections.abc import Callable, Mapping
from typing import Any

import grpc

from services.chassis.door import Door
from services.voucher.api.changes import terms
from services.voucher.api.choices import quotes
from services.voucher.api.claims import reversals
from services.voucher.api.outlook import budget_report
from services.voucher.api.outlook import contract_previews as previews
from services.voucher.api.outlook.budgets import BudgetApi
from services.voucher.api.purse import budgets as budget
from services.voucher.api.spending import commitments
from services.voucher.api.spending import direct_payments as direct_payment
from services.voucher.api.spending import settlements as settlement
from services.voucher.api.values import fees, incomes, values
from services.voucher.api.vouchers import content, vouchers, work
from services.voucher.domain.rules import Rules
from services.voucher.storage.vault import Vault
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
REFUSALS: Mapping[type[Exception], grpc.StatusCode] = {
    **vouchers.REFUSALS,
    **values.REFUSALS,
    **incomes.REFUSALS,
    **quotes.REFUSALS,
    **budget.REFUSALS,
    **commitments.REFUSALS,
    **direct_payment.REFUSALS,
    **settlement.REFUSALS,
    **reversals.REFUSALS,
    **terms.REFUSALS,
    **previews.REFUSALS,
}
CONSTRAINTS: Mapping[str, Callable[[], Exception]] = {
    **vouchers.CONSTRAINTS,
    **values.CONSTRAINTS,
    **incomes.CONSTRAINTS,
    **budget.CONSTRAINTS,
    **direct_payment.CONSTRAINTS,
}


def servicers(door: Door, rules: Rules, vault: Vault) -> list[tuple[Callable[..., None], Any]]:
    """Every servicer of this service with what adds it to a server."""
    return [
        (voucher_service_pb2_grpc.add_VoucherServiceServicer_to_server, vouchers.VoucherApi(door, rules, vault)),
        (content_service_pb2_grpc.add_ContentServiceServicer_to_server, content.ContentApi(door)),
        (value_service_pb2_grpc.add_ValueServiceServicer_to_server, values.ValueApi(door, vault)),
        (income_service_pb2_grpc.add_IncomeServiceServicer_to_server, incomes.IncomeApi(door, vault)),
        (quote_service_pb2_grpc.add_QuoteServiceServicer_to_server, quotes.QuoteApi(door, rules, vault)),
        (fee_service_pb2_grpc.add_FeeServiceServicer_to_server, fees.FeeApi(door, vault)),
        (budget_service_pb2_grpc.add_BudgetServiceServicer_to_server, BudgetApi(door, rules)),
        (budget_report_service_pb2_grpc.add_BudgetReportServiceServicer_to_server, budget_report.BudgetReportApi(door)),
        (
            direct_payment_service_pb2_grpc.add_DirectPaymentServiceServicer_to_server,
            direct_payment.DirectPaymentApi(door),
        ),
        (settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server, settlement.SettlementApi(door, rules)),
        (reversal_service_pb2_grpc.add_ReversalServiceServicer_to_server, reversals.ReversalApi(door)),
        (voucher_terms_service_pb2_grpc.add_VoucherTermsServiceServicer_to_server, terms.TermsApi(door, rules)),
        (voucher_work_service_pb2_grpc.add_VoucherWorkServiceServicer_to_server, work.WorkApi(door)),
        (contract_preview_service_pb2_grpc.add_ContractPreviewServiceServicer_to_server, previews.PreviewApi(door)),
    ]
