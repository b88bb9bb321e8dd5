"""A publishing service and a listener on one broker, and what reaches them."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import amqp
import psycopg
from google.protobuf.message import Message
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from cli.county.children import free_port
from cli.county.rabbitmq import PrivateRabbit
from services.chassis.bus import topology
from services.chassis.bus.relay import Relay
from services.chassis.database import dsn, engine_from
from services.chassis.outbox import announce
from services.chassis.sections import load_section_keys
from sote.client.v1.events_pb2 import ClientFacts, ClientRegistered

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(__file__).with_name("bus_process.py")
HEARD = (
    "sections",
    "sote.client.v1.ClientActivated",
    "sote.client.v1.ClientDormant",
    "sote.client.v1.ClientRegistered",
)
CLIENT_ID = UUID(int=7)
REGISTERED = "sote.client.v1.ClientRegistered"


@dataclass
class World:
    """A publishing service ("client") and a listener, each with its database, on one broker."""

    broker: PrivateRabbit
    listener: str
    publishing: str
    listening: str
    keys_file: Path
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def heard(self) -> dict[str, list[str]]:
        return {topic: [self.listener] for topic in HEARD}

    def relay(self) -> Relay:
        """A relay of the publishing service."""
        return Relay(
            service="client",
            database_dsn=dsn(self.publishing),
            amqp_uri=self.broker.uri,
            keys=load_section_keys(self.keys_file),
            listeners=self.heard,
        )

    def announce(self, *facts: Message, aggregate_id: UUID = CLIENT_ID) -> None:
        """Commit facts of one client in a transaction each."""
        engine = engine_from(self.publishing)
        for version, fact in enumerate(facts, 1):
            with Session(engine) as session, session.begin():
                announce(session, fact, aggregate="clients", aggregate_id=aggregate_id, version=version)
        engine.dispose()

    def start(self, *, ready: bool = True, **environment: str) -> subprocess.Popen[bytes]:
        """Start a bus process of the listener; wait until it says it is ready."""
        self.port = free_port()
        settings = {
            "TEST_DATABASE_URL": self.listening,
            "TEST_BUS_METRICS_PORT": str(self.port),
            "AMQP_URI": self.broker.uri,
            "COUNTY_CODE": "06",
            "COUNTY_SCHEME": "MAAKUNTA_2017",
            "JWKS_FILE": "unused",
            "SECTION_KEYS_FILE": str(self.keys_file),
            "LISTENER": self.listener,
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(PROGRAM)],
                cwd=ROOT,
                env=os.environ | settings | environment,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        if ready:
            self.until(lambda: self.get("/ready")[0] == 200, what="the bus process to be ready")
        return process

    @property
    def spy(self) -> str:
        """A queue that gets every fact of the service whose facts the listener announces."""
        return f"{self.listener}.spy"

    def followed(self) -> list[str]:
        """The subjects of the facts that reached the spy, taken away."""
        connection = topology.connect(self.broker.uri)
        channel = connection.channel()
        found = []
        while message := channel.basic_get(self.spy, no_ack=True):
            found.append(str(message.headers["subject"]))
        connection.close()
        return found

    @property
    def log(self) -> Path:
        return self.folder / "bus.log"

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def seen(self) -> list[tuple[str, int]]:
        """What the handlers wrote, in the order of their commits."""
        with psycopg.connect(dsn(self.listening)) as connection:
            return [(row[0], row[1]) for row in connection.execute("select what, version from seen order by id")]

    def pending(self, url: str = "") -> int:
        with psycopg.connect(dsn(url or self.publishing)) as connection:
            row = connection.execute("select count(*) from outbox").fetchone()
        return int(row[0]) if row else 0

    def send_all(self) -> None:
        """Send everything the publishing service has announced."""
        relay = self.relay()
        while relay.round():
            pass
        relay.close()

    def refuse_database(self, refused: bool) -> None:
        """Make the listener's database unreachable, or reachable again."""
        name = make_url(self.listening).database or ""
        server = make_url(self.listening).set(database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(dsn(server), autocommit=True) as connection:
            connection.execute(f"alter database {name} allow_connections {not refused}".encode())
            if refused:
                connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))

    def until(self, done: Callable[[], bool], *, what: str, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise AssertionError(
                    f"waited {seconds} s for {what}; the process said:\n{self.log.read_text()[-3000:]}"
                )
            time.sleep(0.05)


def registered(what: str, version: int = 1) -> ClientRegistered:
    return ClientRegistered(client=ClientFacts(client_id=what, version=version))


def dead(world: World, number: int) -> list[amqp.Message]:
    """The first parked messages of the listener, taken away; waits for them."""
    connection = topology.connect(world.broker.uri)
    channel = connection.channel()
    found: list[amqp.Message] = []

    def enough() -> bool:
        if message := channel.basic_get(topology.dead_name(world.listener), no_ack=True):
            found.append(message)
        return len(found) == number

    world.until(enough, what=f"{number} parked messages", seconds=60)
    connection.close()
    return found
