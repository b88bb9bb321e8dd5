"""What operators see of a bus process."""

from prometheus_client import Counter, Gauge, Histogram

EVENTS = Counter(
    "event_handled",
    "Messages by what became of them: applied, repeated, deferred, retried, dead.",
    ("event", "outcome"),
)
EVENT_SECONDS = Histogram(
    "event_handle_seconds",
    "From delivery to commit.",
    ("event",),
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)
EVENT_LAG_SECONDS = Histogram(
    "event_lag_seconds",
    "From the announcement of a message to its commit here.",
    ("event",),
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800),
)
DEAD_LETTERS = Counter("dead_letters", "Messages parked because they could not be applied.", ("event", "error"))
DEAD_LETTERS_WAITING = Gauge(
    "dead_letters_waiting", "Messages of the service parked now, as of the last readiness probe."
)
TIMER_RUNS = Counter("timer_runs", "Runs of a timer by outcome: done, elsewhere, failed.", ("timer", "outcome"))
DATABASE_PAUSES = Counter("database_pauses", "Times the process stopped to wait for its database.")
OUTBOX_PENDING = Gauge("outbox_pending", "Messages committed and not yet confirmed by the broker.")
OUTBOX_OLDEST = Gauge("outbox_oldest_pending_age_seconds", "Age of the oldest of them; 0 when there is none.")
OUTBOX_SENT = Counter("outbox_sent", "Messages confirmed by the broker.", ("exchange",))
OUTBOX_UNHEARD = Counter("outbox_unheard", "Facts nobody listens to, confirmed and dropped.", ("event",))
OUTBOX_FAILURES = Counter("outbox_failures", "Rounds of the relay ended by an error.", ("error",))
