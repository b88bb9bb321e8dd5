"""A broker that these tests may kill, and a bus process on a database of its own."""

import base64
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine

from cli.county.rabbitmq import PrivateRabbit, private_rabbitmq
from services.chassis.bus import topology
from services.chassis.database import dsn, engine_from
from services.chassis.sections import SectionKeys, load_section_keys
from tests.builders.chassis.bus import World
from tests.builders.chassis.echo import chassis_engine, served

__all__ = ["chassis_engine", "served"]


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateRabbit]:
    with private_rabbitmq(tmp_path_factory.mktemp("rabbit") / "node") as node:
        yield node


@pytest.fixture(scope="session")
def keys_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "sections.json"
    path.write_text(json.dumps({"current": 2, "keys": {n: base64.b64encode(os.urandom(32)).decode() for n in "12"}}))
    return path


@pytest.fixture(scope="session")
def keys(keys_file: Path) -> SectionKeys:
    return load_section_keys(keys_file)


@pytest.fixture
def world(
    broker: PrivateRabbit, new_database: Callable[[str], str], keys_file: Path, tmp_path: Path
) -> Iterator[World]:
    """A publisher and a listener that nobody shares; processes started by the test are ended with it."""
    publishing, listening = new_database("chassis"), new_database("chassis")
    with psycopg.connect(dsn(listening), autocommit=True) as connection:
        connection.execute(
            "create table seen (id bigint generated always as identity, what text, version int, at timestamptz)"
        )
        connection.execute("create table ticks (pid int not null, at timestamptz default clock_timestamp())")
        connection.execute("create table calls (pid int not null, at timestamptz not null)")
    connection = topology.connect(broker.uri)
    channel = connection.channel()
    topology.declare_exchange(channel, "voucher.facts")
    made = World(broker, f"l{uuid4().hex[:8]}", publishing, listening, keys_file, tmp_path)
    channel.queue_declare(made.spy, durable=True, auto_delete=False)
    channel.queue_bind(made.spy, "voucher.facts", "#")
    connection.close()
    made.log.touch()
    yield made
    for process in made.processes:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture
def publishing(world: World) -> Iterator[Engine]:
    engine = engine_from(world.publishing)
    yield engine
    engine.dispose()
