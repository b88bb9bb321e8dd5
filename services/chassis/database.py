"""Engine, sessions and the tables that every service's database has beside its own."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    create_engine,
    func,
    make_url,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, sessionmaker

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

CHASSIS = MetaData(naming_convention=NAMING)
_INSTANT = DateTime(timezone=True)

outbox = Table(
    "outbox",
    CHASSIS,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("message_id", Uuid, nullable=False),
    Column("partition", SmallInteger, nullable=False),
    Column("exchange", Text, nullable=False),
    Column("routing_key", Text, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", LargeBinary, nullable=True, comment="NULL: a section, whose bytes the relay reads and seals"),
    Column("created_at", _INSTANT, nullable=False, server_default=func.clock_timestamp()),
    Index(None, "partition", "id"),
    comment="messages committed and not yet confirmed by the broker",
)
inbox = Table(
    "inbox",
    CHASSIS,
    Column("consumer", Text, primary_key=True),
    Column("message_id", Uuid, primary_key=True),
    Column("received_at", _INSTANT, nullable=False, server_default=func.clock_timestamp()),
    Index(None, "received_at"),
    comment="messages whose effects are committed",
)
answer = Table(
    "answer",
    CHASSIS,
    Column("caller", Text, primary_key=True),
    Column("request_id", Uuid, primary_key=True),
    Column("method", Text, nullable=False),
    Column("request_digest", LargeBinary, nullable=False),
    Column("response_type", Text, nullable=False),
    Column("response", LargeBinary, nullable=False),
    Column("min_version", Text, nullable=False),
    Column("created_at", _INSTANT, nullable=False, server_default=func.clock_timestamp()),
    Index(None, "created_at"),
    comment="first answers of mutating calls, for their repeats",
)
section = Table(
    "section",
    CHASSIS,
    Column("client_id", Uuid, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("as_of", _INSTANT, nullable=False),
    comment="what the integrated record shows of a client, newest version",
)
work_item = Table(
    "work_item",
    CHASSIS,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, comment="resource name of what a person must look at"),
    Column("reason", Text, nullable=False),
    Column("created_at", _INSTANT, nullable=False),
    Column("done_at", _INSTANT, nullable=True),
    comment="processes that could not finish and wait for a person",
)
relationship_copy = Table(
    "relationship_copy",
    CHASSIS,
    Column("relationship_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=True, comment="NULL: all units of the organisation"),
    Column("kind", Text, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=True, comment="last day"),
    Column("closed", Boolean, nullable=False, comment="over at once, whatever its last day"),
    Column("version", BigInteger, nullable=False),
    Index(None, "client_id", "organisation_id"),
    comment="why organisations may touch a client, as the client service told it (RELATIONSHIP-1)",
)
non_disclosure_copy = Table(
    "non_disclosure_copy",
    CHASSIS,
    Column("client_id", Uuid, primary_key=True),
    Column("in_force", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
    comment="clients whose whereabouts an order protects, as the client service told it (NONDISCLOSURE-1)",
)


def metadata() -> MetaData:
    """Metadata for a service's tables: the naming convention, and copies of the chassis tables."""
    result = MetaData(naming_convention=NAMING)
    for table in CHASSIS.sorted_tables:
        table.to_metadata(result)
    return result


def engine_from(url: str, *, pool_size: int = 8, statement_seconds: int = 60) -> Engine:
    """An engine for a `postgresql://` URL; connections speak UTC and give up connecting after 5 seconds.

    A statement is ended after `statement_seconds`, a wait for a lock after half of it. Errors never show the values of
    a statement, which may be a person's.
    """
    limits = f"-c statement_timeout={statement_seconds}s -c lock_timeout={statement_seconds * 500}ms"
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "options": f"-c timezone=UTC {limits}"},
    )


def answers(engine: Engine) -> bool:
    """Whether the database can be asked something."""
    with engine.connect() as connection:
        return connection.execute(text("select true")).scalar_one() is True


def dsn(url: str) -> str:
    """The database URL as the driver alone understands it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def sessions_from(engine: Engine) -> sessionmaker[Session]:
    """Sessions of the engine; loaded objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)
