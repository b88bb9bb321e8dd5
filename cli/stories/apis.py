"""The public gRPC APIs of a county, as stubs over a player's channels."""

from dataclasses import dataclass

import grpc

from sote.careplan.v1.careplan_service_pb2_grpc import CareplanServiceStub
from sote.careplan.v1.chain_service_pb2_grpc import ChainServiceStub
from sote.careplan.v1.reroute_service_pb2_grpc import RerouteServiceStub
from sote.client.v1.assessment_service_pb2_grpc import AssessmentServiceStub
from sote.client.v1.choice_option_service_pb2_grpc import ChoiceOptionServiceStub
from sote.client.v1.client_service_pb2_grpc import ClientServiceStub
from sote.client.v1.contact_service_pb2_grpc import ContactServiceStub
from sote.client.v1.decision_service_pb2_grpc import DecisionServiceStub
from sote.client.v1.direct_choice_service_pb2_grpc import DirectChoiceServiceStub
from sote.client.v1.guidance_service_pb2_grpc import GuidanceServiceStub
from sote.client.v1.team_service_pb2_grpc import TeamServiceStub
from sote.gateway.v1.gateway_service_pb2_grpc import GatewayServiceStub
from sote.package.v1.package_service_pb2_grpc import PackageServiceStub
from sote.provider.v1.condition_service_pb2_grpc import ConditionServiceStub
from sote.provider.v1.contract_service_pb2_grpc import ContractServiceStub
from sote.provider.v1.provider_service_pb2_grpc import ProviderServiceStub
from sote.provider.v1.sanction_service_pb2_grpc import SanctionServiceStub
from sote.provider.v1.service_catalogue_service_pb2_grpc import ServiceCatalogueServiceStub
from sote.voucher.v1.budget_service_pb2_grpc import BudgetServiceStub
from sote.voucher.v1.fee_service_pb2_grpc import FeeServiceStub
from sote.voucher.v1.income_service_pb2_grpc import IncomeServiceStub
from sote.voucher.v1.settlement_service_pb2_grpc import SettlementServiceStub
from sote.voucher.v1.value_service_pb2_grpc import ValueServiceStub
from sote.voucher.v1.voucher_service_pb2_grpc import VoucherServiceStub


@dataclass(frozen=True)
class Apis:
    """One stub per gRPC service of the platform."""

    client: ClientServiceStub
    contacts: ContactServiceStub
    teams: TeamServiceStub
    assessments: AssessmentServiceStub
    decisions: DecisionServiceStub
    choices: DirectChoiceServiceStub
    guidance: GuidanceServiceStub
    options: ChoiceOptionServiceStub
    careplan: CareplanServiceStub
    chains: ChainServiceStub
    reroutes: RerouteServiceStub
    provider: ProviderServiceStub
    catalogue: ServiceCatalogueServiceStub
    conditions: ConditionServiceStub
    contracts: ContractServiceStub
    sanctions: SanctionServiceStub
    voucher: VoucherServiceStub
    values: ValueServiceStub
    incomes: IncomeServiceStub
    fees: FeeServiceStub
    budget: BudgetServiceStub
    settlement: SettlementServiceStub
    package: PackageServiceStub
    gateway: GatewayServiceStub


def apis_over(channels: dict[str, grpc.Channel]) -> Apis:
    """The stubs over one channel per service."""
    return Apis(
        client=ClientServiceStub(channels["client"]),
        contacts=ContactServiceStub(channels["client"]),
        teams=TeamServiceStub(channels["client"]),
        assessments=AssessmentServiceStub(channels["client"]),
        decisions=DecisionServiceStub(channels["client"]),
        choices=DirectChoiceServiceStub(channels["client"]),
        guidance=GuidanceServiceStub(channels["client"]),
        options=ChoiceOptionServiceStub(channels["client"]),
        careplan=CareplanServiceStub(channels["careplan"]),
        chains=ChainServiceStub(channels["careplan"]),
        reroutes=RerouteServiceStub(channels["careplan"]),
        provider=ProviderServiceStub(channels["provider"]),
        catalogue=ServiceCatalogueServiceStub(channels["provider"]),
        conditions=ConditionServiceStub(channels["provider"]),
        contracts=ContractServiceStub(channels["provider"]),
        sanctions=SanctionServiceStub(channels["provider"]),
        voucher=VoucherServiceStub(channels["voucher"]),
        values=ValueServiceStub(channels["voucher"]),
        incomes=IncomeServiceStub(channels["voucher"]),
        fees=FeeServiceStub(channels["voucher"]),
        budget=BudgetServiceStub(channels["voucher"]),
        settlement=SettlementServiceStub(channels["voucher"]),
        package=PackageServiceStub(channels["package"]),
        gateway=GatewayServiceStub(channels["gateway"]),
    )
