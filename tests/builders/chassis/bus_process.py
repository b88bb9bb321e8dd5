"""A bus process for the tests of the chassis: a listener of any name hears facts of "client" and sections."""

import os
import sys
import time
from datetime import datetime
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "protos")]

from sqlalchemy import text  # noqa: E402
from sqlalchemy.orm import Session, sessionmaker  # noqa: E402

from services.chassis.bus import OutboxRelay, calls_out, every, handles, handles_section, run_bus  # noqa: E402
from services.chassis.clock import Clock  # noqa: E402
from services.chassis.green import green_or_again  # noqa: E402
from services.chassis.inbox import NotYet  # noqa: E402
from services.chassis.outbox import announce  # noqa: E402
from services.chassis.settings import ProcessSettings  # noqa: E402
from sote.client.v1 import events_pb2 as client_events  # noqa: E402
from sote.type.v1.section_pb2 import Section  # noqa: E402
from sote.voucher.v1 import events_pb2 as voucher_events  # noqa: E402

NOTE = text("insert into seen (what, version, at) values (:what, :version, :now)")


class TestBus:
    """Writes down what it hears; the status of a registered client tells it how to misbehave."""

    relay = OutboxRelay()
    poison = "poison"

    @handles(client_events.ClientRegistered)
    def on_client_registered(self, session: Session, event: client_events.ClientRegistered, now: datetime) -> None:
        what = event.client.client_id
        if what.startswith(self.poison):
            if "KILL_ON_POISON" in os.environ:
                os._exit(137)
            raise ValueError(f"the name of the person is {what}")
        if what.startswith("early") and not session.execute(text("select 1 from seen where what = 'earlier'")).first():
            raise NotYet
        if what.startswith("block"):
            time.sleep(0.5)
            import eventlet

            eventlet.patcher.original("time").sleep(9)
        if what.startswith("slow"):
            time.sleep(2)
        session.execute(NOTE, {"what": what, "version": event.client.version, "now": now})

    @handles(client_events.ClientActivated, client_events.ClientDormant)
    def on_client(
        self, session: Session, event: client_events.ClientActivated | client_events.ClientDormant, now: datetime
    ) -> None:
        session.execute(NOTE, {"what": event.client.client_id, "version": event.client.version, "now": now})
        fact = voucher_events.VoucherDrafted()
        announce(session, fact, aggregate="vouchers", aggregate_id=UUID(event.client.client_id), version=1)

    @handles_section()
    def on_section(self, session: Session, section: Section, now: datetime) -> None:
        session.execute(NOTE, {"what": section.body.decode(), "version": section.version, "now": now})

    @every(seconds=0.2)
    def tick(self, session: Session, now: datetime) -> None:
        session.execute(text("insert into ticks (pid) values (:pid)"), {"pid": os.getpid()})

    @calls_out(seconds=0.2)
    def call(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        with sessions.begin() as session:
            session.execute(text("insert into calls (pid, at) values (:pid, :at)"), {"pid": os.getpid(), "at": clock()})


if __name__ == "__main__":
    green_or_again()
    from services.chassis.bus import topology

    if "BREAK_MOVING" in os.environ:
        from services.chassis.bus.publisher import Publisher

        def broken(self: Publisher, messages: object) -> set[str]:
            raise RuntimeError("nobody foresaw this")

        Publisher.publish = broken  # type: ignore[method-assign]
    topology.HEARTBEAT = int(os.environ.get("HEARTBEAT", topology.HEARTBEAT))
    settings = ProcessSettings(_env_prefix="TEST_")
    run_bus(TestBus, service=os.environ["LISTENER"], settings=settings, poison=os.environ.get("POISON", "poison"))
