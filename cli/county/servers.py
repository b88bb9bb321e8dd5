"""PostgreSQL and RabbitMQ of a county: those of the environment where it names them, private ones for the rest."""

import os
import time
from collections.abc import Mapping
from contextlib import suppress

from cli.county.children import DidNotStart
from cli.county.places import SERVICES, Places
from cli.county.postgres import PrivatePostgres
from cli.county.rabbitmq import PrivateRabbit

RESTART_SECONDS = 3.0


def database_variable(service: str) -> str:
    """Name of the environment variable with a service's database URL."""
    return f"{service.upper()}_DATABASE_URL"


class Servers:
    """The database server and the broker behind one county."""

    def __init__(self, places: Places, given: Mapping[str, str] = os.environ) -> None:
        self._given = given
        self._quiet_until = 0.0
        self._missing = [name for name in SERVICES if database_variable(name) not in given]
        self.postgres = PrivatePostgres(places.postgres) if self._missing else None
        self.rabbitmq = None if "AMQP_URI" in given else PrivateRabbit(places.rabbitmq)

    @property
    def names(self) -> list[str]:
        """The servers that are private."""
        private = {"PostgreSQL": self.postgres, "RabbitMQ": self.rabbitmq}
        return [name for name, server in private.items() if server is not None]

    @property
    def all_private(self) -> bool:
        """Every service's database is on the private server."""
        return len(self._missing) == len(SERVICES)

    def launch(self) -> None:
        """Start what is private; the databases are there when this returns, the broker is on its way."""
        if self.rabbitmq is not None:
            self.rabbitmq.launch()
        if self.postgres is not None:
            self.postgres.start()
            for service in self._missing:
                self.postgres.ensure_database(service)

    def tend(self) -> None:
        """Start again a private server that died; its clients find it at the same place. Tried until it comes up."""
        if time.monotonic() < self._quiet_until:
            return
        if self.postgres is not None and self.postgres.pid is None:
            self._quiet_until = time.monotonic() + RESTART_SECONDS
            with suppress(DidNotStart):
                self.postgres.start()
        if self.rabbitmq is not None and self.rabbitmq.pid is None:
            self._quiet_until = time.monotonic() + RESTART_SECONDS
            self.rabbitmq.launch()

    def wait(self) -> None:
        """Return when the broker accepts connections."""
        if self.rabbitmq is not None:
            self.rabbitmq.wait()

    def stop(self) -> None:
        """Stop what is private, the broker first."""
        if self.rabbitmq is not None:
            self.rabbitmq.stop()
        if self.postgres is not None:
            self.postgres.stop()

    def database_urls(self) -> dict[str, str]:
        """URL of each service's database."""
        return {service: self._database_url(service) for service in SERVICES}

    def amqp_uri(self) -> str:
        """URI of the county's virtual host."""
        return self._given["AMQP_URI"] if self.rabbitmq is None else self.rabbitmq.uri

    def pids(self) -> dict[str, int | None]:
        """Process ids of the private servers."""
        private = {"postgres": self.postgres, "rabbitmq": self.rabbitmq}
        return {name: server.pid for name, server in private.items() if server is not None}

    def _database_url(self, service: str) -> str:
        given = self._given.get(database_variable(service))
        if given is not None:
            return given
        assert self.postgres is not None
        return self.postgres.url(service)
