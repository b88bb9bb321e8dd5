"""Schema changes: one Alembic tree for the chassis tables and one for each service, never waiting long for a lock."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.schema import SchemaItem

from services.chassis.database import CHASSIS

LOCK_TIMEOUT = "1s"
STATEMENT_TIMEOUT = "5min"
_ADVISORY_LOCK = 0x50_7E
_CHASSIS_PACKAGE = "services.chassis"


def migrate(package: str, url: str) -> None:
    """Bring the database to the newest schema: the chassis tables, then those of `package` ("services.voucher").

    Safe to run from several processes at once. A statement that cannot get its lock within a second fails, and the
    migration with it, rather than holding up the callers queued behind it (GUARANTEE-17).
    """
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.connect() as connection:
            connection.execute(text("select pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
            connection.execute(text(f"set lock_timeout = '{LOCK_TIMEOUT}'"))
            connection.execute(text(f"set statement_timeout = '{STATEMENT_TIMEOUT}'"))
            connection.commit()
            for tree in dict.fromkeys((_CHASSIS_PACKAGE, package)):
                command.upgrade(_config(tree, connection), "head")
                # A tree with nothing to do leaves the transaction of its question open; the next would take it for ours
                # and commit nothing.
                connection.commit()
    finally:
        engine.dispose()


def draft(package: str, url: str, name: str) -> None:
    """Write a migration ("0001_first_tables") of `package`: what its tables have and an up-to-date database has not."""
    migrate(package, url)
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        command.revision(_config(package, connection), name, autogenerate=True, rev_id=name.split("_")[0])
    engine.dispose()


def statements(package: str) -> Iterator[tuple[str, str]]:
    """The SQL of each revision of `package`, oldest first, without a database: ("0001_first_tables", "CREATE ...")."""
    config = _config(package, None)
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())
    for revision in reversed(revisions):
        config.output_buffer = StringIO()
        command.upgrade(config, f"{revision.down_revision or 'base'}:{revision.revision}", sql=True)
        yield Path(revision.path).stem, config.output_buffer.getvalue()


def run_env() -> None:
    """What `env.py` does: run the asked revisions on the connection that `migrate` opened.

    Without a connection their SQL is written to the configuration's buffer.
    """
    connection: Connection | None = context.config.attributes["connection"]
    table = context.config.attributes["version_table"]
    package = context.config.attributes["package"]
    of_chassis = package == _CHASSIS_PACKAGE
    tables: MetaData = CHASSIS if of_chassis else import_module(f"{package}.migrations.tables").METADATA

    def include(item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None) -> bool:
        """The chassis tables belong to the chassis tree, whatever metadata they are copied into."""
        return kind != "table" or of_chassis or name not in (*CHASSIS.tables, "alembic_version_chassis")

    context.configure(
        connection=connection,
        dialect_name=None if connection else "postgresql",
        target_metadata=tables,
        version_table=table,
        include_object=include,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _config(package: str, connection: Connection | None) -> Config:
    own = Path(__file__).resolve().parent / "tables"
    folder = Path(__file__).resolve().parents[2].joinpath(*package.split(".")) / "migrations"
    config = Config()
    config.set_main_option("script_location", str(own))  # env.py and the template of new revisions, for every tree
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str((own if package == _CHASSIS_PACKAGE else folder) / "versions"))
    config.set_main_option("file_template", "%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["package"] = package
    config.attributes["version_table"] = f"alembic_version_{package.rsplit('.', 1)[-1]}"
    return config


if __name__ == "__main__":
    draft(sys.argv[1], os.environ["DATABASE_URL"], sys.argv[2])
