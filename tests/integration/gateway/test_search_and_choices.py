"""What the gateway asks one service for: its answer, or its refusal in its own words."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from sote.client.v1 import (
    client_pb2,
    client_service_pb2,
    client_service_pb2_grpc,
    representative_pb2,
    representative_service_pb2,
    representative_service_pb2_grpc,
)
from sote.gateway.v1 import gateway_service_pb2, gateway_service_pb2_grpc, record_pb2
from tests.api_server import ServedApi
from tests.county import artificial_code

NOBODY = {f"{service}_address": "127.0.0.1:1" for service in ("client", "careplan", "provider", "voucher", "package")}
KNOWN, UNKNOWN = artificial_code("110312", 901), artificial_code("110312", 902)


@pytest.fixture
def gateway(api_server: Callable[..., ServedApi]) -> Callable[..., Any]:
    """A stub of a gateway whose peers are at these addresses, and its metadata."""

    def start(**addresses: str) -> Any:
        served = api_server("gateway", **NOBODY | addresses, peer_budget_seconds=5.0)
        return gateway_service_pb2_grpc.GatewayServiceStub(served.channel), served.as_role

    return start


def refusal(method: Any, request: Any, metadata: Any) -> tuple[grpc.StatusCode, str, str]:
    """Code, reason and the service whose words these are."""
    with pytest.raises(grpc.RpcError) as caught:
        method(request, metadata=metadata, timeout=20)
    error: Any = caught.value
    status = rpc_status.from_call(error)
    assert status is not None
    assert KNOWN not in str(status)
    assert UNKNOWN not in str(status)
    info = error_details_pb2.ErrorInfo.FromString(status.details[0].value)
    return error.code(), info.reason, info.domain


def test_a_client_is_found_by_identity_code_and_others_are_not(
    api_server: Callable[..., ServedApi], gateway: Callable[..., Any]
) -> None:
    served = api_server("client")
    stub, as_role = gateway(client_address=served.address)
    clients = client_service_pb2_grpc.ClientServiceStub(served.channel)
    person = client_pb2.Person(given_name="Aino", family_name="Esimerkki", language=client_pb2.LANGUAGE_FI)
    home = client_pb2.ContactData(municipality_code="837")
    registration = client_service_pb2.RegisterClientRequest(identity_code=KNOWN, person=person, contact_data=home)
    registered = clients.RegisterClient(registration, metadata=as_role("CSW"), timeout=20)

    def search(code: str) -> gateway_service_pb2.SearchClientRequest:
        return gateway_service_pb2.SearchClientRequest(identity_code=code)

    found = stub.SearchClient(search(KNOWN), metadata=as_role("CSP"), timeout=20)
    assert found.client_id == registered.uid
    refused = refusal(stub.SearchClient, search(UNKNOWN), as_role("CSP"))
    assert refused == (grpc.StatusCode.NOT_FOUND, "CLIENT_UNKNOWN", "client")
    refused = refusal(stub.SearchClient, search("nobody"), as_role("CSP"))
    assert refused == (grpc.StatusCode.INVALID_ARGUMENT, "IDENTITY_CODE_INVALID", "client")
    refused = refusal(stub.SearchClient, search(KNOWN), as_role("PRV", organisation=str(uuid4())))
    assert refused == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_NOT_ALLOWED", "gateway")


def test_without_the_voucher_service_there_is_no_shorter_list_INV_23(
    api_server: Callable[..., ServedApi], gateway: Callable[..., Any]
) -> None:
    request = gateway_service_pb2.ListChoicesRequest(voucher_id=str(uuid4()))
    stub, as_role = gateway()
    refused = refusal(stub.ListChoices, request, as_role("CSW"))
    assert refused == (grpc.StatusCode.UNAVAILABLE, "UPSTREAM_UNAVAILABLE", "gateway")
    stub, as_role = gateway(voucher_address=api_server("voucher").address)
    refused = refusal(stub.ListChoices, request, as_role("CSW"))
    assert (refused[0], refused[2]) == (grpc.StatusCode.NOT_FOUND, "voucher")


def test_a_client_reads_the_own_record_and_of_those_it_represents_INV_14(
    api_server: Callable[..., ServedApi], gateway: Callable[..., Any]
) -> None:
    served = api_server("client")
    stub, as_role = gateway(client_address=served.address)
    clients = client_service_pb2_grpc.ClientServiceStub(served.channel)
    representatives = representative_service_pb2_grpc.RepresentativeServiceStub(served.channel)
    home = client_pb2.ContactData(municipality_code="837")
    child, parent = (
        clients.RegisterClient(
            client_service_pb2.RegisterClientRequest(identity_code=artificial_code(born, number), contact_data=home),
            metadata=as_role("CSW"),
            timeout=20,
        )
        for born, number in (("110312", 903), ("110380", 904))
    )
    request = gateway_service_pb2.GetRecordRequest(
        client_id=child.uid,
        purpose=record_pb2.PURPOSE_OWN_DATA,
        consistency=gateway_service_pb2.CONSISTENCY_FRESH,
    )
    as_parent = as_role("CLI", subject=parent.uid)
    assert stub.GetRecord(request, metadata=as_role("CLI", subject=child.uid), timeout=20).client.client_id == child.uid
    for stranger in (as_parent, as_role("CLI", subject=str(uuid4()))):
        refused = refusal(stub.GetRecord, request, stranger)
        assert refused == (grpc.StatusCode.PERMISSION_DENIED, "NO_RELATIONSHIP", "gateway")
    guardian = representative_service_pb2.AddRepresentativeRequest(
        client_id=child.uid,
        representative_client_id=parent.uid,
        kind=representative_pb2.REPRESENTATIVE_KIND_GUARDIAN,
        matters=representative_pb2.REPRESENTED_MATTERS_ALL,
    )
    made = representatives.AddRepresentative(guardian, metadata=as_role("CSW"), timeout=20)
    assert stub.GetRecord(request, metadata=as_parent, timeout=20).client.client_id == child.uid
    end = representative_service_pb2.EndRepresentativeRequest(name=made.name)
    representatives.EndRepresentative(end, metadata=as_role("CSW"), timeout=20)
    assert refusal(stub.GetRecord, request, as_parent)[1] == "NO_RELATIONSHIP"
