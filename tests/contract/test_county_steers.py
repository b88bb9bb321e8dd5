"""One organiser steers: what sets rules, decides officially and pays is done by the county's roles alone (S1.40)."""

import pytest
from google.protobuf.descriptor import MethodDescriptor

from sote.type.v1 import access_pb2
from tests.builders.methods import SERVICES, methods, rule

COUNTY = {"CSW", "CSP", "FIN", "CON", "STE"}
STEERING = {
    "provider": (
        "ApproveProvider", "FreezeProvider", "UnfreezeProvider", "RemoveProvider", "RecordStanding",
        "PutCatalogueService",
        "DraftConditionSet", "PublishConditionSet", "RecordEvidence", "PutClauseTemplate", "DraftContract",
        "ActivateContract", "ProposeLineChange", "SuspendContract", "ReinstateContract", "TerminateContract",
        "ProposeSanction", "OpenHearing", "ImposeSanction", "WithdrawSanction", "RemedySanction", "EscalateSanction",
        "DecideCentreService", "EndCentreService",
    ),
    "package": ("DraftPackage", "UpdatePackageDraft", "PublishPackage", "DraftPackageVersion", "RetirePackage"),
    "client": ("MakeDecision",),
    "voucher": ("CreateBudget", "ApproveBudget", "CreateSettlement", "ApproveSettlement", "IssueVoucher"),
}  # fmt: skip
BY_NAME = {(service, method.name): method for service in SERVICES for method in methods(service)}
NAMED = [(service, name) for service, names in STEERING.items() for name in names]


@pytest.mark.parametrize(("service", "name"), NAMED, ids=[name for _, name in NAMED])
def test_providers_and_clients_neither_steer_nor_decide_nor_pay_S1_40(service: str, name: str) -> None:
    method: MethodDescriptor = BY_NAME[service, name]
    allowed = {access_pb2.Role.Name(role).removeprefix("ROLE_") for role in rule(method).roles}
    assert allowed
    assert allowed <= COUNTY
