"""Where the current instant comes from; `__main__` and the chassis ask, everything else gets it as an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the current instant, aware and in UTC."""

HELSINKI = ZoneInfo("Europe/Helsinki")


def wall_clock() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


def clock_from(path: Path | None) -> Clock:
    """The machine's time; or, while `path` exists, the RFC 3339 instant written in it.

    The file is for development, where stories are played in the year they tell of. A file that holds no instant is an
    error: falling back to the machine's time would silently date a story's acts to another year. Write it atomically.
    """
    if path is None:
        return wall_clock
    return _FileClock(path)


class _FileClock:
    """Reads the instant again only when the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._instant = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
            if seen != self._seen:
                self._instant = _instant(self._path.read_text(encoding="ascii"))
                self._seen = seen
        except FileNotFoundError:
            self._seen = None
            return wall_clock()
        return self._instant


def _instant(text: str) -> datetime:
    value = datetime.fromisoformat(text.strip())
    if value.tzinfo is None:
        raise ValueError("the clock file must hold an RFC 3339 instant with its offset")
    return value.astimezone(UTC)


def helsinki_date(now: datetime) -> date:
    """The calendar date in Finland at the instant `now` (aware)."""
    return now.astimezone(HELSINKI).date()
