"""A database that has served an earlier version is brought to the newest one, and stays there."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from services.chassis.database import dsn, engine_from
from services.chassis.migrations import _config, migrate
from tests.builders.methods import SERVICES


def version(url: str, service: str) -> str:
    with psycopg.connect(dsn(url)) as connection:
        (found,) = connection.execute(f"select version_num from alembic_version_{service}".encode()).fetchone() or ("",)
    return str(found)


@pytest.mark.parametrize("service", SERVICES)
def test_an_older_database_is_brought_to_the_newest_schema_GUARANTEE_17(
    postgres_url: str, new_database: Callable[[str], str], service: str
) -> None:
    name, package = f"older_{service}_{uuid4().hex[:8]}", f"services.{service}"
    with psycopg.connect(dsn(postgres_url), autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    engine = engine_from(url, pool_size=1)
    with engine.connect() as connection:
        for tree in ("services.chassis", package):
            command.upgrade(_config(tree, connection), "0001")
            connection.commit()
    engine.dispose()
    assert version(url, service) == "0001"
    migrate(package, url)
    head = ScriptDirectory.from_config(_config(package, None)).get_current_head()
    assert version(url, service) == head == version(new_database(service), service)
