"""The schema, its column types, and the registry that maps domain classes to tables."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Dialect,
    Enum,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

from services.careplan.domain.plans.content import (
    Content,
    Goal,
    content_from_plain,
    content_to_plain,
    goal_to_plain,
    goals_from_plain,
)
from services.careplan.domain.plans.statutory import StatutorySection, sections_from_plain, sections_to_plain
from services.chassis.database import metadata

METADATA = metadata()

INSTANT = DateTime(timezone=True)
MAPPER = registry(metadata=METADATA)


Word = TypeVar("Word", bound=StrEnum)


Value = TypeVar("Value")


def word(kind: type[StrEnum], name: str) -> Enum:
    """A text column that holds one word of a list, checked by the database; `name` names the check."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=30,
        values_callable=lambda words: [one.value for one in words],
    )


class Words(TypeDecorator[tuple[Any, ...]], Generic[Word]):
    """An array of words of one list, as a tuple."""

    impl = ARRAY(Text)
    cache_ok = True

    def __init__(self, kind: type[Word]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Words as texts."""
        return None if value is None else [one.value for one in value]

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Texts as words."""
        return None if value is None else tuple(self.kind(one) for one in value)


class Uuids(TypeDecorator[tuple[UUID, ...]]):
    """An array of UUIDs, as a tuple."""

    impl = ARRAY(Uuid)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """A tuple as a list."""
        return None if value is None else list(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """A list as a tuple."""
        return None if value is None else tuple(value)


class Texts(TypeDecorator[tuple[str, ...]]):
    """An array of texts, as a tuple."""

    impl = ARRAY(Text)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """A tuple as a list."""
        return None if value is None else list(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """A list as a tuple."""
        return None if value is None else tuple(value)


class _Plain(TypeDecorator[Any], Generic[Value]):
    """A value kept as JSON."""

    impl = JSONB(none_as_null=True)
    cache_ok = True
    to_plain: Callable[[Any], Any]
    from_plain: Callable[[Any], Any]

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The value as JSON."""
        return None if value is None else type(self).to_plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """JSON as the value."""
        return None if value is None else type(self).from_plain(value)


class ContentJson(_Plain[Content]):
    """What a draft or a version says."""

    cache_ok = True
    to_plain = staticmethod(content_to_plain)
    from_plain = staticmethod(content_from_plain)


class SectionsJson(_Plain[tuple[StatutorySection, ...]]):
    """The statutory sections in force."""

    cache_ok = True
    to_plain = staticmethod(sections_to_plain)
    from_plain = staticmethod(sections_from_plain)


class GoalsJson(_Plain[tuple[Goal, ...]]):
    """The goals in force."""

    cache_ok = True
    to_plain = staticmethod(lambda goals: [goal_to_plain(goal) for goal in goals])
    from_plain = staticmethod(goals_from_plain)
