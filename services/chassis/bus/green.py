"""Makes a process cooperative: eventlet's sockets, locks and sleep everywhere, and a database driver that yields."""

import os
import sys
import warnings

_MUST_COME_LATER = ("grpc", "psycopg", "amqp", "kombu", "nameko")


def go_green() -> None:
    """Patch the standard library before anything that keeps a reference to its blocking parts is imported.

    psycopg picks how it waits when it is imported: its default would stop every greenlet during a query. grpc in an
    eventlet process hangs or crashes. Both are errors here, not surprises later.
    """
    early = [name for name in _MUST_COME_LATER if name in sys.modules]
    if early:
        raise RuntimeError(f"imported too early for a bus process: {', '.join(early)}")
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import eventlet

        eventlet.monkey_patch()
        import kombu  # noqa: F401  # warns about the patched modules once, here
    from psycopg import waiting

    if waiting.wait is not waiting.wait_selector:
        raise RuntimeError("psycopg does not wait with a selector: it would block every greenlet")
