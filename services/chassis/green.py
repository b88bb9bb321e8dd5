"""Makes a process cooperative: eventlet's sockets, locks and sleep everywhere, and a database driver that yields.

`__main__` may call `go_green()` before its other imports in the bus's branch; `run_bus` otherwise starts the process
over, which costs the imports twice.
"""

import os
import sys
import warnings

_FALSE_FRIENDS = ("grpc", "psycopg", "amqp", "kombu", "nameko", "pydantic", "sqlalchemy")
_AGAIN = """
import runpy, sys
from services.chassis.green import go_green
go_green()
module, *sys.argv[:] = sys.argv[1:]
if module:
    runpy.run_module(module, run_name="__main__", alter_sys=True)
else:
    runpy.run_path(sys.argv[0], run_name="__main__")
"""


def is_green() -> bool:
    """Whether `go_green` was called in this process."""
    return "eventlet" in sys.modules and bool(sys.modules["eventlet"].patcher.is_monkey_patched("socket"))


def go_green() -> None:
    """Patch the standard library before anything that keeps a reference to its blocking parts is imported.

    psycopg picks how it waits when it is imported: its default would stop every greenlet during a query. grpc in an
    eventlet process hangs or crashes. What was imported too early is an error here, not a surprise later.
    """
    early = [name for name in _FALSE_FRIENDS if name in sys.modules]
    if early:
        raise RuntimeError(f"imported too early for a bus process: {', '.join(early)}")
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import eventlet

        eventlet.monkey_patch()


def green_or_again() -> None:
    """Go on in a green process; in any other, start the same program over (same pid) with `go_green` first."""
    if not is_green():
        spec = sys.modules["__main__"].__spec__
        module = "" if spec is None else spec.name.removesuffix(".__main__")
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-c", _AGAIN, module, *sys.argv])
    from psycopg import waiting

    if waiting.wait is not waiting.wait_selector or "grpc" in sys.modules:
        raise RuntimeError("this bus process has a blocking database driver or grpc in it")
