"""Where a county of this machine keeps what it needs: everything below one directory, `.county/` of the checkout."""

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SERVICES = ("client", "careplan", "provider", "voucher", "package", "gateway")
DIRECTORY_VARIABLE = "SOTE_COUNTY_DIRECTORY"


@dataclass(frozen=True)
class Places:
    """Files and folders of one county on this machine."""

    root: Path

    @property
    def keys(self) -> Path:
        """Secrets made at set-up."""
        return self.root / "keys"

    @property
    def logs(self) -> Path:
        """One log per process."""
        return self.root / "logs"

    @property
    def postgres(self) -> Path:
        """The private PostgreSQL."""
        return self.root / "postgres"

    @property
    def rabbitmq(self) -> Path:
        """The private RabbitMQ."""
        return self.root / "rabbitmq"

    @property
    def clock(self) -> Path:
        """An instant for all processes while stories of the past are played; absent otherwise."""
        return self.root / "clock"

    @property
    def ports(self) -> Path:
        """Ports of the last run, taken again while they are free."""
        return self.root / "ports.json"

    @property
    def migrated(self) -> Path:
        """Which migrations the private databases have."""
        return self.postgres / "migrated.json"

    @property
    def lock(self) -> Path:
        """Held by the one supervisor."""
        return self.root / "lock"

    @property
    def state(self) -> Path:
        """What runs now."""
        return self.root / "state.json"

    def make(self) -> "Places":
        """Make the folders; only their owner may list them or read the secrets."""
        self.root.mkdir(parents=True, exist_ok=True)
        for folder in (self.keys, self.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
        return self


def default_places() -> Places:
    """The county of this checkout, or of the directory that SOTE_COUNTY_DIRECTORY names."""
    given = os.environ.get(DIRECTORY_VARIABLE)
    return Places(Path(given).resolve() if given else CHECKOUT / ".county")
