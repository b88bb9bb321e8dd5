"""What a refused call says, read in one way."""

import grpc
from google.rpc.error_details_pb2 import ErrorInfo
from grpc_status import rpc_status


def refusal_of(error: grpc.RpcError) -> tuple[grpc.StatusCode, ErrorInfo]:
    """Its status, and what it tells: reason, domain and metadata."""
    status = rpc_status.from_call(error)
    assert status is not None
    info = ErrorInfo()
    assert any(detail.Unpack(info) for detail in status.details)
    code: grpc.StatusCode = error.code()
    return code, info


def refused(error: grpc.RpcError) -> tuple[str, str]:
    """The names of its status and its reason."""
    code, info = refusal_of(error)
    return code.name, info.reason
