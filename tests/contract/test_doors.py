"""Staff of an organisation without a part in a client meet the client as nobody, in every method (INV-14, S1.42)."""

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

from services.chassis.gate import STAFF
from services.gateway.operations.keep_section import keep_section
from sote.type.v1 import access_pb2
from tests.api_server import ServedApi, TokenOffice, process_settings, serve_here, settings_class
from tests.builders.doors import BY_PART, HOUSEHOLDS, NO_CLIENT, OPENING, about, concerned, sections_of
from tests.builders.methods import SERVICES, methods, rule
from tests.builders.own_data import Household
from tests.databases import committing

NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)
NOBODYS = {
    (grpc.StatusCode.PERMISSION_DENIED, "NO_RELATIONSHIP"),
    (grpc.StatusCode.PERMISSION_DENIED, "NOT_THE_OPERATOR"),
    (grpc.StatusCode.PERMISSION_DENIED, "NOT_THE_COUNTY"),
    (grpc.StatusCode.PERMISSION_DENIED, "ISSUER_NOT_ALLOWED"),
    (grpc.StatusCode.NOT_FOUND, "CLIENT_UNKNOWN"),
}
"""How a stranger is refused; each method in one of these ways, whether there is such a client or not."""


def staff_of(method: MethodDescriptor) -> list[str]:
    """The roles of providers' staff that may call the method."""
    return sorted({access_pb2.Role.Name(role).removeprefix("ROLE_") for role in rule(method).roles} & STAFF)


FOR_STAFF = [(service, method) for service in SERVICES for method in methods(service) if staff_of(method)]
CONCERNED = [(service, method) for service, method in FOR_STAFF if concerned(f"{service}.{method.name}")]
GATED = [(service, method) for service, method in CONCERNED if f"{service}.{method.name}" not in BY_PART]
NAMES = [method.full_name.removeprefix("sote.") for _, method in CONCERNED]


@dataclass(frozen=True)
class County:
    """The api of each service, and what one client has in it."""

    served: dict[str, ServedApi]
    households: dict[str, Household]

    def answer(
        self, service: str, method: MethodDescriptor, request: Message, role: str, organisation: str
    ) -> tuple[Any, ...]:
        """Code, reason, words and rule of a call, or OK and the answer."""
        api, path = self.served[service], f"/{method.containing_service.full_name}/{method.name}"
        receive = GetMessageClass(method.output_type).FromString
        send: Callable[[Message], bytes] = lambda message: message.SerializeToString()  # noqa: E731
        call: Any = api.channel.unary_unary(path, request_serializer=send, response_deserializer=receive)
        done = call.future(request, timeout=20, metadata=api.as_role(role, organisation=organisation))
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
    url = new_database("gateway")
    serve("gateway", url, provider_address="127.0.0.1:1", peer_budget_seconds=5.0, **peers)
    made.households["gateway"] = made.households["voucher"] | made.households["client"]
    with committing(url) as session:
        for section in sections_of(made.served["client"], made.households["client"]["client_id"]):
            keep_section(session, section=section, now=NOW)
    yield made
    while undo:
        undo.pop()()


@pytest.mark.parametrize(("service", "method"), CONCERNED, ids=NAMES)
def test_a_strangers_client_may_as_well_not_exist_INV_14(
    county: County, service: str, method: MethodDescriptor
) -> None:
    household, stranger = county.households[service], str(uuid4())
    nowhere = {name: str(uuid4()) for name in household}
    for role in staff_of(method):
        found = county.answer(service, method, about(service, method, household), role, stranger)
        assert county.answer(service, method, about(service, method, nowhere), role, stranger) == found
        assert _tells_nothing(found), found


@pytest.mark.parametrize(("service", "method"), GATED, ids=[method.full_name[5:] for _, method in GATED])
def test_the_related_come_in_INV_14(county: County, service: str, method: MethodDescriptor) -> None:
    household = county.households[service]
    for role in staff_of(method):
        found = county.answer(service, method, about(service, method, household), role, household["related"])
        assert found[0] is grpc.StatusCode.OK or found[1] not in {"NO_RELATIONSHIP", "INVALID_REQUEST"}, found


def test_no_method_is_forgotten_and_none_is_named_that_is_not_there_INV_14() -> None:
    there = {f"{service}.{method.name}" for service, method in FOR_STAFF}
    assert (NO_CLIENT.keys() | OPENING.keys() | BY_PART.keys()) - there == set()
    names_client = {
        f"{service}.{method.name}"
        for service, method in FOR_STAFF
        if {"client_id", "client_ids", "voucher_id", "plan_id"} & set(method.input_type.fields_by_name)
    }
    assert not names_client & NO_CLIENT.keys() - {"voucher.ListReversals"}
    for service in ("client", "careplan"):
        exempt = import_module(f"services.{service}.api.gate").EXEMPT
        assert exempt.keys() <= {method.full_name for _, method in FOR_STAFF}


def _tells_nothing(found: tuple[Any, ...]) -> bool:
    if found[0] is grpc.StatusCode.OK:
        return not found[1].ListFields()
    return found[:2] in NOBODYS
