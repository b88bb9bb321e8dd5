"""A private PostgreSQL and RabbitMQ, started when a test wants them and ended with the run.

Processes that share a run (pytest-xdist) share the PostgreSQL: the one that leads starts it and passes its address on.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from cli.county.postgres import private_postgres
from cli.county.rabbitmq import private_rabbitmq

SERVER = pytest.StashKey[str]()


@contextmanager
def fleeting_postgres() -> Iterator[str]:
    """URL of a server for the length of the block.

    Not below pytest's own temporary folder: each run that starts closes that to other accounts, also to the one that
    the server of a run under way belongs to.
    """
    with (
        TemporaryDirectory(prefix="sote-tests-", ignore_cleanup_errors=True) as folder,
        private_postgres(Path(folder) / "server") as server,
    ):
        yield server.url()


def postgres_of(config: pytest.Config) -> str:
    """URL of the run's server: that of `DATABASE_URL` in the environment, else one that ends with this process's run.

    It ends when all is reported: the removal of many databases is on no test's clock.
    """
    if SERVER not in config.stash:
        undo = ExitStack()
        config.add_cleanup(undo.close)
        config.stash[SERVER] = os.environ.get("DATABASE_URL") or undo.enter_context(fleeting_postgres())
    return config.stash[SERVER]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker that is about to start where the server is."""
    node.workerinput["postgres_url"] = postgres_of(node.config)


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """The run's PostgreSQL server."""
    worker_input: dict[str, str] = getattr(request.config, "workerinput", {})
    return worker_input.get("postgres_url") or postgres_of(request.config)


@pytest.fixture(scope="session")
def amqp_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A RabbitMQ broker: that of `AMQP_URI` in the environment, else a private one that ends with the tests."""
    given = os.environ.get("AMQP_URI")
    if given:
        yield given
        return
    with private_rabbitmq(tmp_path_factory.mktemp("rabbit") / "node") as broker:
        yield broker.uri
