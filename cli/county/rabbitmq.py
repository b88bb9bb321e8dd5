"""A private RabbitMQ node: own name server, ports, cookie, data and log, apart from any broker of the machine."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import amqp

from cli.county import children

SCRIPTS = Path("/usr/lib/rabbitmq/bin")
# By address, so that no host name needs to resolve.
NODE = "sote@127.0.0.1"
USER = "sote"


class PrivateRabbit:
    """A broker whose queues outlive it: the next start with the same directory finds them again.

    The AMQP port is remembered in the directory and taken again while it is free.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self.port = 0
        self._ports: dict[str, int] = {}
        self._log = self.directory / "server.log"
        self._password = ""
        self._names: subprocess.Popen[bytes] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        """AMQP URI of the default virtual host."""
        return f"amqp://{USER}:{self._password}@{children.LOOPBACK}:{self.port}//"

    @property
    def pid(self) -> int | None:
        """Process id while the node runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> "PrivateRabbit":
        """Start the node and return when it accepts an AMQP connection."""
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        """Start the node and return at once; it needs about five seconds."""
        if not (SCRIPTS / "rabbitmq-server").exists():
            raise children.DidNotStart("RabbitMQ is not installed: apt-get install rabbitmq-server")
        self._prepare()
        self._log.write_text("")
        # The name server is ours too: RabbitMQ would otherwise leave a daemon behind on the well-known port.
        names = ["epmd", "-port", str(self._ports["names"]), "-address", children.LOOPBACK]
        self._names = children.start(children.guarded(names), env=self._environment(), log=self._log)
        server = children.guarded([SCRIPTS / "rabbitmq-server"])
        self._process = children.start(server, env=self._environment(), log=self._log, cwd=self.directory)

    def wait(self) -> None:
        """Return when the launched node accepts an AMQP connection."""
        if self._process is None:
            raise children.DidNotStart("the broker was not launched")
        try:
            children.wait_ready(self._process, self._answers, log=self._log, seconds=120)
        except children.DidNotStart:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop the node in order. Nothing happens when it does not run."""
        for process in (self._process, self._names):
            if process is not None:
                children.stop(process, grace=45)
        self._process = self._names = None

    def kill(self) -> None:
        """Kill -9 node and name server, as a fault test wants it."""
        for process in (self._process, self._names):
            if process is not None:
                children.kill_group(process)
        self._process = self._names = None

    def ctl(self, *arguments: str) -> str:
        """Run `rabbitmqctl` against this node; its output. A failure raises CalledProcessError."""
        command = [str(SCRIPTS / "rabbitmqctl"), "--quiet", *arguments]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=True)
        return done.stdout

    def queue_depths(self) -> dict[str, int]:
        """Messages (ready and unacknowledged) of each queue; takes half a second."""
        rows = (
            line.split("	")
            for line in self.ctl("list_queues", "--no-table-headers", "name", "messages").splitlines()
        )
        return {name: int(messages) for name, messages in rows}

    def _prepare(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        for folder in ("home", "data", "log"):
            (self.directory / folder).mkdir(mode=0o700, exist_ok=True)
        remembered = self.directory / "port"
        self.port = children.free_port(int(remembered.read_text()) if remembered.exists() else 0)
        remembered.write_text(str(self.port))
        self._ports = {name: children.free_port() for name in ("names", "distribution")}
        self._password = _remembered_password(self.directory / "password")
        settings = {
            "listeners.tcp.default": f"{children.LOOPBACK}:{self.port}",
            "default_user": USER,
            "default_pass": self._password,
            "log.console": "false",
        }
        lines = "".join(f"{key} = {value}\n" for key, value in settings.items())
        _write_private(self.directory / "rabbitmq.conf", lines)
        (self.directory / "enabled_plugins").write_text("[].\n")

    def _environment(self) -> dict[str, str]:
        here = self.directory
        return children.plain_environment(
            HOME=str(here / "home"),
            ERL_EPMD_PORT=str(self._ports["names"]),
            ERL_EPMD_ADDRESS=children.LOOPBACK,
            ERL_CRASH_DUMP=str(here / "log" / "crash.dump"),
            RABBITMQ_NODENAME=NODE,
            RABBITMQ_USE_LONGNAME="true",
            RABBITMQ_DIST_PORT=str(self._ports["distribution"]),
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}",
            RABBITMQ_MNESIA_BASE=str(here / "data"),
            RABBITMQ_LOG_BASE=str(here / "log"),
            RABBITMQ_CONFIG_FILE=str(here / "rabbitmq.conf"),
            # The machine's own broker may be configured; nothing of that is read.
            RABBITMQ_CONFIG_FILES=str(here / "no-more-configuration"),
            RABBITMQ_ADVANCED_CONFIG_FILE=str(here / "no-advanced.config"),
            RABBITMQ_CONF_ENV_FILE=str(here / "no-environment-file"),
            RABBITMQ_ENABLED_PLUGINS_FILE=str(here / "enabled_plugins"),
        )

    def _answers(self) -> bool:
        connection = amqp.Connection(
            host=f"{children.LOOPBACK}:{self.port}", userid=USER, password=self._password, connect_timeout=5
        )
        try:
            connection.connect()
        except (OSError, amqp.AMQPError):
            return False
        finally:
            with suppress(OSError, amqp.AMQPError):
                connection.close()
        return True


@contextmanager
def private_rabbitmq(directory: Path) -> Iterator[PrivateRabbit]:
    """A broker for the length of the block, in a directory that nobody needs afterwards: it is killed at the end."""
    broker = PrivateRabbit(directory)
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


def _remembered_password(path: Path) -> str:
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(24))
    return path.read_text()


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
