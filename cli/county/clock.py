"""The county's clock: wall time, or one instant for all processes while stories of the past are played."""

from datetime import UTC, datetime

from cli.county.keys import write_private
from cli.county.places import Places


def set_clock(places: Places, instant: datetime) -> None:
    """From now on it is `instant` (aware) for every process of the county."""
    write_private(places.clock, instant.astimezone(UTC).isoformat().encode())


def release_clock(places: Places) -> None:
    """From now on it is wall time again."""
    places.clock.unlink(missing_ok=True)
