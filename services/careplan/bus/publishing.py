"""Versions of plans are published in the archive, and how soon is measured (S2.14, M-I5)."""

from collections.abc import Callable
from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram
from sqlalchemy.orm import Session, sessionmaker

from services.careplan.domain.plan_versions.publication import Archive
from services.careplan.operations.plan_versions.publish_versions import publish_versions
from services.careplan.views.plan_versions import oldest_unpublished
from services.chassis.bus import calls_out, every

ATTEMPTS = Counter("plan_publication_attempts", "Versions put in the archive: ok, or the failure.", ("outcome",))
SECONDS = Histogram(
    "plan_publication_seconds",
    "From a version's activation, or the plan's closing, to its publication; the county's target is 5 minutes.",
    buckets=(0.5, 1, 2, 5, 15, 60, 120, 300, 900, 3600, 14400, 86400),
)
OLDEST = Gauge("plan_publication_oldest_pending_age_seconds", "Age of the oldest version not published yet, or 0.")


class Publishing:
    """What the bus process does for the archive."""

    archive: Archive

    @calls_out(seconds=0.5)
    def publish_versions(self, sessions: sessionmaker[Session], clock: Callable[[], datetime]) -> None:
        """What came into force is published; what failed is tried again."""
        for attempt in publish_versions(sessions, archive=self.archive, clock=clock):
            ATTEMPTS.labels(attempt.failure.value.lower() if attempt.failure else "ok").inc()
            if attempt.took is not None:
                SECONDS.observe(attempt.took.total_seconds())

    @every(seconds=15.0)
    def measure_publications(self, session: Session, now: datetime) -> None:
        """How long the oldest version has waited."""
        OLDEST.set(oldest_unpublished(session, now).total_seconds())
