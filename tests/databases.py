"""Databases for tests: migrated once for all processes of a run, then copied, which takes a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from services.chassis.database import dsn, engine_from, sessions_from
from services.chassis.migrations import migrate


class Databases:
    """The databases of one server; `run` sets those of one test run apart on a server that outlives it."""

    def __init__(self, server: str, run: str) -> None:
        self._server = server
        self._run = run
        self._migrated: set[str] = set()

    def new(self, service: str, *, like: str = "") -> str:
        """URL of a new database: migrated for the service, or a copy of that at the URL `like`.

        Nobody may be connected to a database while it is copied.
        """
        template = make_url(like).database or "" if like else self._template(service)
        name = f"{service}_{uuid4().hex[:12]}"
        with psycopg.connect(dsn(self._server), autocommit=True) as connection:
            copy = SQL("create database {} template {} strategy file_copy")
            connection.execute(copy.format(Identifier(name), Identifier(template)))
        return self._url(name)

    def _template(self, service: str) -> str:
        """The migrated database that nobody uses but to copy it, made by the process of the run that needs it first."""
        name = f"template_{service}_{self._run}"
        if service in self._migrated:
            return name
        making = f"{name}_making"
        with psycopg.connect(dsn(self._server), autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(hashtext(%s))", (name,))  # released with the connection
            if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
                connection.execute(SQL("drop database if exists {}").format(Identifier(making)))
                connection.execute(SQL("create database {}").format(Identifier(making)))
                migrate(f"services.{service}", self._url(making))
                connection.execute(SQL("alter database {} rename to {}").format(Identifier(making), Identifier(name)))
        self._migrated.add(service)
        return name

    def _url(self, name: str) -> str:
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def committing(url: str) -> Iterator[Session]:
    """A session that commits at the end and leaves nobody connected, so that the database may be copied."""
    engine = engine_from(url, pool_size=1)
    try:
        with sessions_from(engine).begin() as session:
            yield session
    finally:
        engine.dispose()
