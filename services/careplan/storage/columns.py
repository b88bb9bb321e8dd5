"""The schema, the registry that maps domain classes to its tables, and the columns that hold what plans say."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

from services.careplan.domain.plans.content import Content, content_from_plain, content_to_plain
from services.careplan.domain.plans.statutory import Plain, StatutorySection, sections_from_plain, sections_to_plain
from services.chassis.database import metadata

METADATA = metadata()
MAPPER = registry(metadata=METADATA)
Value = TypeVar("Value")
Stored = TypeVar("Stored")


class _Plain(TypeDecorator[Value], Generic[Value, Stored]):
    """A value that the domain itself turns into JSON, for versions are proved by a digest of that very form."""

    impl = JSONB(none_as_null=True)
    cache_ok = True
    to_plain: Callable[[Any], Any]
    from_plain: Callable[[Any], Any]

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> Stored | None:
        """The value as JSON."""
        if value is None:
            return None
        plain: Stored = type(self).to_plain(value)
        return plain

    def process_result_value(self, value: Stored | None, dialect: Dialect) -> Value | None:
        """JSON as the value."""
        if value is None:
            return None
        found: Value = type(self).from_plain(value)
        return found


class ContentJson(_Plain[Content, Plain]):
    """What a draft or a version says."""

    cache_ok = True
    to_plain = staticmethod(content_to_plain)
    from_plain = staticmethod(content_from_plain)


class SectionsJson(_Plain[tuple[StatutorySection, ...], list[Plain]]):
    """The statutory sections in force."""

    cache_ok = True
    to_plain = staticmethod(sections_to_plain)
    from_plain = staticmethod(sections_from_plain)
