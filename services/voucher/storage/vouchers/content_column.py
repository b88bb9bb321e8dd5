"""The column type of a voucher's content."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from services.voucher.domain.vouchers.content import ContentSpec


class ContentColumn(TypeDecorator[ContentSpec]):
    """A ContentSpec as jsonb."""

    impl = JSONB
    cache_ok = True

    def process_bind_param(self, value: ContentSpec | None, dialect: Dialect) -> dict[str, Any] | None:
        """To the database."""
        return None if value is None else asdict(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> ContentSpec | None:
        """From the database."""
        if value is None:
            return None
        make: Callable[..., ContentSpec] = ContentSpec
        return make(**{key: tuple(part) if isinstance(part, list) else part for key, part in value.items()})
