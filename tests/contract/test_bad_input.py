"""Bad input to every method of every service: refused by the name of the field, never an accident of the server."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from sote.type.v1 import access_pb2
from tests.api_server import ServedApi, TokenOffice, process_settings, serve_here, settings_class
from tests.builders.methods import NOBODY, SERVICES, methods, rule
from tests.builders.requests import fitting, gone_bad

NOW = datetime(2025, 3, 11, 8, 0, tzinfo=UTC)
ACCIDENTS = {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.UNIMPLEMENTED}
METHODS = [(service, method) for service in SERVICES for method in methods(service)]
NAMES = [method.full_name.removeprefix("sote.") for _, method in METHODS]


@pytest.fixture(scope="module")
def answer(
    api_servers: Callable[[str], ServedApi],
) -> Callable[[str, MethodDescriptor, Message], tuple[grpc.StatusCode, set[str]]]:
    """Code and fields named of a call by somebody who may make it."""

    def ask(service: str, method: MethodDescriptor, request: Message) -> tuple[grpc.StatusCode, set[str]]:
        api = api_servers(service)
        role = access_pb2.Role.Name(rule(method).roles[0]).removeprefix("ROLE_")
        path = f"/{method.containing_service.full_name}/{method.name}"
        call: Any = api.channel.unary_unary(
            path,
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=GetMessageClass(method.output_type).FromString,
        )
        done = call.future(request, timeout=20, metadata=api.as_role(role))
        if done.exception() is None:
            return grpc.StatusCode.OK, set()
        status = rpc_status.from_call(done)
        assert status is not None, (method.full_name, done.exception())
        named: set[str] = set()
        for detail in status.details:
            bad = error_details_pb2.BadRequest()
            if detail.Unpack(bad):
                named |= {one.field for one in bad.field_violations}
        return done.code(), named

    return ask


@pytest.fixture(scope="module")
def api_servers(new_database: Callable[[str], str], token_office: TokenOffice) -> Iterator[Callable[[str], ServedApi]]:
    """The api of each service, started once, over a database of its own: some of these requests are taken."""
    started: dict[str, ServedApi] = {}
    undo: list[Callable[[], None]] = []

    def get(service: str) -> ServedApi:
        if service not in started:
            more = NOBODY if service == "gateway" else {}
            settings = process_settings(settings_class(service), new_database(service), token_office, **more)
            api = import_module(f"services.{service}.__main__").build_api(settings, lambda: NOW)
            started[service], stop = serve_here(api, settings, token_office)
            undo.append(stop)
        return started[service]

    yield get
    while undo:
        undo.pop()()


@pytest.mark.parametrize(("service", "method"), METHODS, ids=NAMES)
def test_bad_input_is_refused_by_its_field_GUARANTEE_25(
    service: str, method: MethodDescriptor, answer: Callable[..., Any]
) -> None:
    code, _ = answer(service, method, fitting(method))
    assert code not in ACCIDENTS, method.full_name
    for gone in gone_bad(method):
        code, named = answer(service, method, gone.request)
        assert code not in ACCIDENTS, (gone.path, code)
        if gone.surely:
            assert code is grpc.StatusCode.INVALID_ARGUMENT, (gone.path, code)
            assert any(_same(gone.path, field) for field in named), (gone.path, named)
        elif code is grpc.StatusCode.INVALID_ARGUMENT:
            assert named, gone.path


def _same(path: str, named: str) -> bool:
    """Whether a violation names the field or a part of it."""
    return named.replace("[0]", "").startswith(path.replace("[0]", "")) or path.replace("[0]", "").endswith(named)
