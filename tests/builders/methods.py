"""Every method that the protos declare, and who may call it."""

from importlib import import_module
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pool import Default

from sote.type.v1 import access_pb2

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("client", "careplan", "provider", "voucher", "package", "gateway")
NOBODY = {f"{service}_address": "127.0.0.1:1" for service in SERVICES if service != "gateway"}


def methods(service: str) -> list[MethodDescriptor]:
    """Every method of the service's protos."""
    found: list[MethodDescriptor] = []
    for source in sorted((ROOT / "protos" / "sote" / service / "v1").glob("*_service.proto")):
        name = str(source.relative_to(ROOT / "protos"))
        import_module(name.removesuffix(".proto").replace("/", ".") + "_pb2")
        for one in Default().FindFileByName(name).services_by_name.values():
            found += one.methods
    return found


def rule(method: MethodDescriptor) -> access_pb2.Access:
    """What the method declares."""
    declared: Any = method.GetOptions()
    found: access_pb2.Access = declared.Extensions[access_pb2.access]
    return found
