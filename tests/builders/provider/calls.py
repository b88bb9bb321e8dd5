"""What the tests of ProviderService ask and look at."""

from datetime import UTC, date, datetime
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor_pool import Default
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from sqlalchemy import select

from services.chassis.database import engine_from, outbox, sessions_from
from sote.provider.v1 import contract_pb2
from tests.builders.provider.loader import WORLD, Loader, read
from tests.builders.refusals import refusal_of

PRECONDITION, INVALID = grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.INVALID_ARGUMENT
DENIED, EXISTS = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.ALREADY_EXISTS


def refused(loader: Loader, method: str, request: Message, role: str = "CON", **who: Any) -> tuple[Any, str]:
    """Status and reason of a refusal."""
    with pytest.raises(grpc.RpcError) as refusal:
        loader.call(method, request, role, **who)
    code, info = refusal_of(refusal.value)
    return code, info.reason


def noon(today: date) -> datetime:
    """Noon of a day, UTC."""
    return datetime(today.year, today.month, today.day, 12, tzinfo=UTC)


def row(code: str, file: str = "providers") -> Any:
    """A row of one of the county's files."""
    (found,) = [one for one in read(WORLD / f"{file}.yaml")[file] if one["id"] == code]
    return found


def announced(url: str) -> list[Any]:
    """The facts in the outbox, in the order announced."""
    engine = engine_from(url, pool_size=1)
    with sessions_from(engine)() as session:
        rows = session.execute(select(outbox).order_by(outbox.c.id)).all()
    engine.dispose()
    pool = Default()
    return [GetMessageClass(pool.FindMessageTypeByName(one.routing_key)).FromString(bytes(one.body)) for one in rows]


def drafted(loader: Loader, **differently: Any) -> contract_pb2.Contract:
    """P05's contract in draft."""
    request = loader.contract_request(row("K05", "contracts"), **differently)
    found: contract_pb2.Contract = loader.call("DraftContract", request)
    return found
