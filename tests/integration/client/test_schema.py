"""The migrations make exactly the tables the storage modules describe."""

from collections.abc import Callable

from alembic import command
from sqlalchemy import Engine

from services.chassis.migrations import _config


def test_migrations_and_tables_agree_GUARANTEE_17(engine: Callable[[str], Engine]) -> None:
    with engine("client").connect() as connection:
        command.check(_config("services.client", connection))
