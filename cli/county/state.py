"""What runs, as a file other commands read: `.county/state.json`, written by the supervisor, gone after its end."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from cli.county.keys import write_private
from cli.county.places import Places
from cli.county.supervised import Report


@dataclass(frozen=True)
class State:
    """A running county: its supervisor, processes, databases and broker."""

    supervisor: int
    started_at: str
    processes: dict[str, Report]
    databases: dict[str, str]
    amqp_uri: str
    servers: dict[str, int | None]
    """Process ids of the private servers."""

    def address(self, service: str) -> str:
        """host:port of a service's api."""
        return self.processes[f"{service}-api"].address

    def ready(self) -> bool:
        """Every process is ready."""
        return all(report.state == "ready" for report in self.processes.values())


def save(places: Places, state: State) -> None:
    """Write the state (it holds a broker password: for its owner alone)."""
    write_private(places.state, (json.dumps(asdict(state), indent=2) + "\n").encode())


def forget(places: Places) -> None:
    """Nothing runs any more."""
    places.state.unlink(missing_ok=True)


def running(places: Places) -> State | None:
    """The county that runs now; None when there is no file or its supervisor is gone."""
    if not places.state.exists():
        return None
    content = json.loads(places.state.read_text())
    processes = {name: Report(**report) for name, report in content.pop("processes").items()}
    state = State(processes=processes, **content)
    return state if alive(state.supervisor) else None


def alive(pid: int) -> bool:
    """A process with this id exists and is not a zombie."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def instant() -> str:
    """The wall time, for `started_at`."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def own_pid() -> int:
    """The supervisor is the process that asks."""
    return os.getpid()
