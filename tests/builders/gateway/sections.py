"""Sections as the services publish them, and a provider that the record names."""

from typing import Any
from uuid import UUID, uuid4

from sote.careplan.v1 import plan_pb2
from sote.careplan.v1 import section_pb2 as careplan
from sote.client.v1 import section_pb2 as client
from sote.package.v1 import section_pb2 as package
from sote.type.v1 import care_pb2
from sote.voucher.v1 import finance_section_pb2, voucher_pb2
from sote.voucher.v1 import section_pb2 as voucher

PROVIDER = uuid4()


def plan_of(client_id: UUID, **more: Any) -> careplan.PlanSection:
    """A plan in force with one service by voucher, at the provider."""
    service = careplan.PlanSectionService(
        plan_service_id="s1",
        service_code="SOC-FAM-WORK",
        provider_id=str(PROVIDER),
        arrangement=care_pb2.ARRANGEMENT_VOUCHER,
        state=plan_pb2.PLAN_SERVICE_STATE_ASSIGNED,
    )
    return careplan.PlanSection(
        client_id=str(client_id),
        plan_id=str(uuid4()),
        state=plan_pb2.PLAN_STATE_ACTIVE,
        services=[service],
        **more,
    )


def sections(client_id: UUID) -> list[Any]:
    """A section of each kind, the plan's service with its voucher."""
    one = voucher_pb2.Voucher(
        uid="v1", plan_service_id="s1", provider_id=str(PROVIDER), state=voucher_pb2.VOUCHER_STATE_ACTIVE
    )
    return [
        client.ClientSection(client_id=str(client_id)),
        plan_of(client_id, version_number="1.1"),
        voucher.VoucherSection(vouchers=[one]),
        finance_section_pb2.FinanceSection(client_id=str(client_id)),
        package.PackageSection(),
        careplan.ChainSection(client_id=str(client_id), hand_offs=2),
    ]
