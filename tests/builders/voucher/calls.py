"""Calls to the voucher service, and what a refusal says."""

from datetime import date
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from google.type.date_pb2 import Date

from tests.api_server import CallMetadata
from tests.builders.refusals import refusal_of


def call(method: Any, request: Message, who: CallMetadata) -> Any:
    """Call as somebody."""
    return method(request, metadata=who, timeout=20)


def refused(method: Any, request: Message, who: CallMetadata) -> tuple[grpc.StatusCode, str, str]:
    """Status, reason and rule of a refusal."""
    with pytest.raises(grpc.RpcError) as told:
        call(method, request, who)
    code, info = refusal_of(told.value)
    return code, info.reason, info.metadata["rule"]


def day(value: date) -> Date:
    """A day on the wire."""
    return Date(year=value.year, month=value.month, day=value.day)
