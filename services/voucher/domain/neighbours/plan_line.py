"""What the versions of a plan say about a planned service, and when its client was absent."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID


@dataclass(frozen=True)
class LineVersion:
    """What one MAJOR version of a plan says about a planned service from the day `since` on.

    `planned` is False where the version leaves it out; `units` 0 where they are not counted.
    """

    plan_service_id: UUID
    major: int
    since: date
    planned: bool
    service_code: str
    arrangement: str
    provider_id: UUID | None
    from_date: date
    to_date: date
    units: int
    modes: tuple[str, ...] = ()

    def has(self, day: date) -> bool:
        """Whether the day lies in the planned period."""
        return self.from_date <= day <= self.to_date

    def notice_ends(self, days: int) -> date:
        """The last day of service for what this version leaves out: notice counts from its day (PLANBOUND-5)."""
        return self.since + timedelta(days=days)


@dataclass(frozen=True)
class Pause:
    """An absence of the client: from its first day until, not including, the day the service is `resumed`."""

    plan_service_id: UUID
    first: date
    resumed: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the client was absent that day."""
        return self.first <= day and (self.resumed is None or day < self.resumed)
