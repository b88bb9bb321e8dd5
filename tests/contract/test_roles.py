"""Who may call what, for every method of every service: the server does exactly what the protos declare."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from sote.type.v1 import access_pb2
from tests.api_server import ServedApi
from tests.builders.methods import NOBODY, ROOT, SERVICES, methods, rule

ROLES = [name.removeprefix("ROLE_") for name in access_pb2.Role.keys() if name != "ROLE_UNSPECIFIED"]  # noqa: SIM118


def outcome(api: ServedApi, method: MethodDescriptor, metadata: Any) -> tuple[grpc.StatusCode, str]:
    """Code and reason of a call with an empty request."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    send = GetMessageClass(method.input_type).SerializeToString
    receive = GetMessageClass(method.output_type).FromString
    call: Any = api.channel.unary_unary(path, request_serializer=send, response_deserializer=receive)
    done = call.future(GetMessageClass(method.input_type)(), timeout=20, metadata=metadata)
    if done.exception() is None:
        return grpc.StatusCode.OK, ""
    status = rpc_status.from_call(done)
    assert status is not None, (method.full_name, done.exception())
    return done.code(), error_details_pb2.ErrorInfo.FromString(status.details[0].value).reason


@pytest.fixture
def api(request: pytest.FixtureRequest, api_server: Callable[..., ServedApi]) -> ServedApi:
    service = request.param
    return api_server(service, **(NOBODY if service == "gateway" else {}))


@pytest.mark.parametrize(("api", "service"), [(name, name) for name in SERVICES], indirect=["api"])
def test_every_method_admits_its_roles_and_no_other_S1_42(api: ServedApi, service: str) -> None:
    for method in methods(service):
        allowed = {access_pb2.Role.Name(role).removeprefix("ROLE_") for role in rule(method).roles}
        denied = (grpc.StatusCode.PERMISSION_DENIED, rule(method).denied_reason or "ROLE_NOT_ALLOWED")
        for role in ROLES:
            found = outcome(api, method, api.as_role(role))
            if role in allowed:
                assert found[0] not in {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN}, (method.full_name, role)
                assert found[1] != "ROLE_NOT_ALLOWED", (method.full_name, role, found)
            else:
                assert found == denied, (method.full_name, role)


@pytest.mark.parametrize(("api", "service"), [(name, name) for name in SERVICES], indirect=["api"])
def test_no_method_answers_a_stranger_S1_42(api: ServedApi, service: str) -> None:
    for method in methods(service):
        stranger = outcome(api, method, ())
        assert stranger == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_MISSING"), method.full_name
        neighbour = outcome(api, method, api.as_role("CSW", county="MAAKUNTA_2017:07"))
        assert neighbour == (grpc.StatusCode.PERMISSION_DENIED, "COUNTY_MISMATCH"), method.full_name


@pytest.mark.parametrize("service", SERVICES)
def test_every_refusal_reason_of_a_role_is_told_in_the_proto(service: str) -> None:
    for method in methods(service):
        reason = rule(method).denied_reason
        source = (ROOT / "protos" / method.containing_service.file.name).read_text()
        head = source[: source.index(f"rpc {method.name}(")]
        comment = head[head.rindex("\n\n") :] if reason else ""
        assert reason in comment, method.full_name
