"""A client's token opens the client's own matters alone, in every method that admits clients (INV-14, S1.42)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from sote.type.v1 import access_pb2
from tests.api_server import ServedApi, TokenOffice, process_settings, serve_here, settings_class
from tests.builders.methods import SERVICES, methods, rule
from tests.builders.own_data import HOUSEHOLDS, Household, asking

NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)
REFUSED = (grpc.StatusCode.PERMISSION_DENIED, "NO_RELATIONSHIP")
PUBLIC = {
    "sote.provider.v1.CentreService.ListCentreServiceDecisions": "decisions on services at centres are public",
    "sote.provider.v1.ProviderService.GetProvider": "the register of providers is public",
    "sote.provider.v1.ProviderService.ListProviders": "the register of providers is public",
    "sote.provider.v1.ProviderService.ListPublicProviders": "the register of providers is public",
    "sote.provider.v1.ProviderService.BatchGetProviderSummaries": "the register of providers is public",
    "sote.provider.v1.ServiceCatalogueService.GetCatalogueService": "the catalogue of services is public",
    "sote.provider.v1.ServiceCatalogueService.ListCatalogueServices": "the catalogue of services is public",
    "sote.voucher.v1.FeeService.ListFeeRules": "the county's fees are public",
    "sote.voucher.v1.ValueService.ListValueParameters": "the values of vouchers are public",
    "sote.package.v1.PackageService.GetPackage": "packages are public, who is in them is not",
    "sote.package.v1.PackageService.ListPackages": "packages are public, who is in them is not",
}
"""What every client may read because it tells nothing of any client, and why."""

FOR_CLIENTS = [
    (service, method)
    for service in SERVICES
    for method in methods(service)
    if access_pb2.ROLE_CLI in rule(method).roles
]
GUARDED = [(service, method) for service, method in FOR_CLIENTS if method.full_name not in PUBLIC]
NAMES = [method.full_name.removeprefix("sote.") for _, method in GUARDED]


@dataclass(frozen=True)
class County:
    """The api of each service, and what one client has in it; the gateway shows what the client service knows."""

    served: dict[str, ServedApi]
    households: dict[str, Household]

    def answer(self, service: str, method: MethodDescriptor, request: Message, subject: str) -> tuple[Any, ...]:
        """Code, reason, words and rule of a client's call, or OK and the answer."""
        api, path = self.served[service], f"/{method.containing_service.full_name}/{method.name}"
        receive = GetMessageClass(method.output_type).FromString
        send: Callable[[Message], bytes] = lambda message: message.SerializeToString()  # noqa: E731
        call: Any = api.channel.unary_unary(path, request_serializer=send, response_deserializer=receive)
        done = call.future(request, timeout=20, metadata=api.as_role("CLI", subject=subject))
        if done.exception() is None:
            return grpc.StatusCode.OK, done.result()
        status = rpc_status.from_call(done)
        assert status is not None, (method.full_name, done.exception())
        info = error_details_pb2.ErrorInfo.FromString(status.details[0].value)
        return done.code(), info.reason, done.details(), info.metadata["rule"]


@pytest.fixture(scope="module")
def county(new_database: Callable[[str], str], token_office: TokenOffice) -> Iterator[County]:
    """Every service that keeps something of clients, and the gateway before them."""
    made, undo = County({}, {}), []

    def serve(service: str, url: str, **more: Any) -> ServedApi:
        settings = process_settings(settings_class(service), url, token_office, **more)
        api = import_module(f"services.{service}.__main__").build_api(settings, lambda: NOW)
        made.served[service], stop = serve_here(api, settings, token_office)
        undo.append(stop)
        return made.served[service]

    for service, household in HOUSEHOLDS.items():
        url = new_database(service)
        made.households[service] = household(serve(service, url), url, NOW)
    peers = {f"{service}_address": served.address for service, served in made.served.items()}
    serve("gateway", new_database("gateway"), provider_address="127.0.0.1:1", peer_budget_seconds=5.0, **peers)
    made.households["gateway"] = made.households["voucher"] | made.households["client"]
    yield made
    while undo:
        undo.pop()()


@pytest.mark.parametrize(("service", "method"), GUARDED, ids=NAMES)
def test_another_clients_matters_may_as_well_not_exist_INV_14(
    county: County, service: str, method: MethodDescriptor
) -> None:
    household = county.households[service]
    stranger, nowhere = str(uuid4()), {name: str(uuid4()) for name in household}
    found = county.answer(service, method, asking(method, household), stranger)
    assert found[:2] == REFUSED or (found[0] is grpc.StatusCode.OK and not found[1].ListFields()), found
    assert county.answer(service, method, asking(method, nowhere), stranger) == found
    owner = household["client_id"] if "voucher_id" not in _fields(method) else county.households["voucher"]["client_id"]
    own = county.answer(service, method, asking(method, household), owner)
    assert own[:2] != found[:2]
    assert own[0] is not grpc.StatusCode.INVALID_ARGUMENT, own


def test_what_is_public_is_named_and_tells_of_no_client_INV_14() -> None:
    admitted = {method.full_name: method for _, method in FOR_CLIENTS}
    assert PUBLIC.keys() <= admitted.keys()
    told = {name for name in PUBLIC if {"client_id", "client_ids", "voucher_id"} & _fields(admitted[name])}
    assert not told


def _fields(method: MethodDescriptor) -> set[str]:
    return set(method.input_type.fields_by_name)
