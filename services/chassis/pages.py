"""Keyset pages (AIP-158): a list ordered by (create_time, uid), newest last, whose token is bound to its arguments."""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar, TypeVarTuple
from uuid import UUID

from google.protobuf.descriptor import Descriptor
from sqlalchemy import ColumnElement, Select, tuple_

from services.chassis.columns import TableRow
from services.chassis.names import InvalidField

DEFAULT_SIZE = 50
LARGEST_SIZE = 1000

Row = TypeVar("Row")
Columns = TypeVarTuple("Columns")


class ListRequest(Protocol):
    """The request of any List method."""

    DESCRIPTOR: Descriptor
    page_size: int
    page_token: str

    def SerializeToString(self, *, deterministic: bool = ...) -> bytes:  # noqa: N802
        """Part of every message."""


@dataclass(frozen=True)
class Page:
    """Which part of a list a request asks for: at most `size` rows after the row `(after_time, after_uid)`."""

    size: int
    digest: str
    after_time: datetime | None = None
    after_uid: UUID | None = None

    def select(
        self, query: Select[*Columns], create_time: ColumnElement[datetime], uid: ColumnElement[UUID]
    ) -> Select[*Columns]:
        """`query` ordered and cut to this page, with one row more to tell whether another page follows."""
        if self.after_time is not None:
            query = query.where(tuple_(create_time, uid) > tuple_(self.after_time, self.after_uid))
        return query.order_by(create_time, uid).limit(self.size + 1)

    def cut(self, rows: Sequence[Row], key: Callable[[Row], tuple[datetime, UUID]]) -> tuple[Sequence[Row], str]:
        """The rows of this page and the token of the next one (empty at the end)."""
        if len(rows) <= self.size:
            return rows, ""
        shown = rows[: self.size]
        moment, uid = key(shown[-1])
        body = json.dumps([self.digest, moment.astimezone(UTC).isoformat(), str(uid)])
        return shown, base64.urlsafe_b64encode(body.encode()).decode()


def by_creation(row: TableRow) -> tuple[datetime, UUID]:
    """The key of lists of table rows in the order of their creation."""
    return row.created_at, row.id


def page_of(request: ListRequest) -> Page:
    """The page a List request asks for; refuses a negative size and a token of other arguments (INVALID_ARGUMENT)."""
    if request.page_size < 0:
        raise InvalidField("page_size", "must not be negative")
    size = min(request.page_size or DEFAULT_SIZE, LARGEST_SIZE)
    digest = _digest(request)
    if not request.page_token:
        return Page(size, digest)
    moment, uid = _opened(request.page_token, digest)
    return Page(size, digest, moment, uid)


def _digest(request: ListRequest) -> str:
    """What binds a token to the list it came from: every argument but the page itself."""
    bare = deepcopy(request)
    bare.page_size, bare.page_token = 0, ""
    name = request.DESCRIPTOR.full_name
    return hashlib.sha256(name.encode() + bare.SerializeToString(deterministic=True)).hexdigest()[:16]


def _opened(token: str, digest: str) -> tuple[datetime, UUID]:
    try:
        bound, moment, uid = json.loads(base64.urlsafe_b64decode(token.encode()))
        position = datetime.fromisoformat(moment), UUID(uid)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise InvalidField("page_token", "is not a token of this list") from None
    if bound != digest or position[0].tzinfo is None:
        raise InvalidField("page_token", "belongs to a list with other arguments")
    return position
