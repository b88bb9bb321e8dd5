"""A service for the chassis's tests, made in memory and independent of the six real ones."""

from collections.abc import Callable
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from buf.validate import validate_pb2
from sote.type.v1 import access_pb2

PACKAGE = "sote.echo.v1"
SERVICE = f"{PACKAGE}.EchoService"
_FIELD = descriptor_pb2.FieldDescriptorProto


def _field(name: str, number: int, *, repeated: bool = False) -> descriptor_pb2.FieldDescriptorProto:
    label = _FIELD.LABEL_REPEATED if repeated else _FIELD.LABEL_OPTIONAL
    return _FIELD(name=name, number=number, type=_FIELD.TYPE_STRING, label=label)


def _rules(field: descriptor_pb2.FieldDescriptorProto) -> Any:
    options: Any = field.options
    return options.Extensions[validate_pb2.field]


def _describe() -> None:
    file = descriptor_pb2.FileDescriptorProto(name="sote/echo/v1/echo_service.proto", package=PACKAGE, syntax="proto3")
    file.dependency.extend(["buf/validate/validate.proto", "sote/type/v1/access.proto"])
    request = file.message_type.add(name="EchoRequest")
    text, words = _field("text", 1), _field("words", 4, repeated=True)
    _rules(text).string.max_len = 40
    _rules(words).repeated.items.string.min_len = 2
    request.field.extend([text, _field("request_id", 2), _field("etag", 3), words])
    file.message_type.add(name="EchoReply").field.append(_field("text", 1))
    for name in ("OpenSection", "CountySection"):
        file.message_type.add(name=name).field.append(_field("text", 1))
    file.message_type[-1].options.Extensions[access_pb2.readers].roles.extend([access_pb2.ROLE_CSW])
    service = file.service.add(name="EchoService")
    for name in ("Write", "Read", "Undeclared"):
        method = service.method.add(
            name=name, input_type=f".{PACKAGE}.EchoRequest", output_type=f".{PACKAGE}.EchoReply"
        )
        if name != "Undeclared":
            method.options.Extensions[access_pb2.access].roles.extend([access_pb2.ROLE_CSW, access_pb2.ROLE_CSP])
    file.service[0].method[0].options.Extensions[access_pb2.access].denied_reason = "SOCIAL_WORKER_REQUIRED"
    declared = file.service.add(name="DeclaredService")
    declared.method.extend(service.method[:2])
    descriptor_pool.Default().Add(file)


_describe()


def message(name: str) -> type[Any]:
    """The class of a message of this service."""
    return GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(f"{PACKAGE}.{name}"))


EchoRequest: Any = message("EchoRequest")
EchoReply: Any = message("EchoReply")
Act = Callable[[Message, Any], Message]


def adder(service: str = "DeclaredService") -> Callable[[Any, Any], None]:
    """What generated code calls `add_…Servicer_to_server`; the servicer is a dict of method name to function."""

    def add(servicer: Any, server: Any) -> None:
        handlers = {
            name: grpc.unary_unary_rpc_method_handler(act, EchoRequest.FromString, EchoReply.SerializeToString)
            for name, act in servicer.items()
        }
        name = f"{PACKAGE}.{service}"
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(name, handlers),))
        server.add_registered_method_handlers(name, handlers)

    return add


def caller_of(channel: grpc.Channel, method: str, service: str = "DeclaredService") -> Any:
    """The stub of one method; `raw` requests go through when they are bytes."""
    return channel.unary_unary(
        f"/{PACKAGE}.{service}/{method}",
        request_serializer=lambda request: request if isinstance(request, bytes) else request.SerializeToString(),
        response_deserializer=EchoReply.FromString,
    )
