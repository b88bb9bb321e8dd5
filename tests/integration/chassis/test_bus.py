"""A bus process on a real broker: what it does with good, early, broken and poisonous messages."""

import signal
import time
from datetime import datetime
from typing import Any
from uuid import uuid4

import psycopg
from google.protobuf.wrappers_pb2 import StringValue
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.bus import topology
from services.chassis.bus.dead_letters import list_dead_letters, show_dead_letter
from services.chassis.bus.publisher import Outgoing, Publisher
from services.chassis.database import dsn
from services.chassis.sections import publish_section
from sote.client.v1.events_pb2 import ClientActivated, ClientDormant, ClientFacts, ClientRegistered
from tests.builders.chassis.bus import REGISTERED, World, dead, registered
from tests.listening import leaving_loopback, listening


def publish(world: World, *messages: Outgoing) -> set[str]:
    """Put messages on the broker as a stranger would."""
    publisher = Publisher(lambda: topology.connect(world.broker.uri), prepare=lambda channel: None)
    unrouted = publisher.publish(messages)
    publisher.close()
    return unrouted


def test_a_fact_is_applied_and_its_own_facts_follow_with_their_cause(world: World) -> None:
    world.start()
    client_id = str(uuid4())
    world.announce(ClientActivated(client=ClientFacts(client_id=client_id, version=4)))
    world.send_all()
    world.until(lambda: world.seen() == [(client_id, 4)], what="the fact")
    world.until(lambda: world.pending(world.listening) == 0, what="the listener's own relay")
    assert world.pending() == 0
    metrics = world.get("/metrics")[1]
    assert 'event_handled_total{event="sote.client.v1.ClientActivated",outcome="applied"} 1.0' in metrics
    assert world.followed() == [f"vouchers/{client_id}"]


def test_one_method_hears_several_facts(world: World) -> None:
    world.start()
    clients = [str(uuid4()), str(uuid4())]
    world.announce(ClientActivated(client=ClientFacts(client_id=clients[0], version=1)))
    world.announce(ClientDormant(client=ClientFacts(client_id=clients[1], version=2)))
    world.send_all()
    world.until(lambda: sorted(world.seen()) == sorted(zip(clients, (1, 2), strict=True)), what="both facts")


def test_a_repeat_changes_nothing_GUARANTEE_5(world: World) -> None:
    world.start()
    message = Outgoing(
        "", f"{world.listener}.{REGISTERED}", "x", registered("once").SerializeToString(), {"id": str(uuid4())}
    )
    for _ in range(3):
        publish(world, message)
    world.until(lambda: 'outcome="repeated"} 2.0' in world.get("/metrics")[1], what="the repeats")
    assert world.seen() == [("once", 1)]


def test_facts_sent_before_the_listener_first_starts_are_kept_for_it(world: World) -> None:
    world.announce(registered("waiting"))
    world.send_all()
    world.start()
    world.until(lambda: world.seen() == [("waiting", 1)], what="the fact sent before")


def test_sections_arrive_opened_and_travel_sealed(world: World, publishing: Engine, now: datetime) -> None:
    secret = "Aino Virtanen"
    with Session(publishing) as session, session.begin():
        publish_section(session, client_id=uuid4(), section=lambda: StringValue(value=secret), now=now)
    world.send_all()
    connection = topology.connect(world.broker.uri)
    message = connection.channel().basic_get(f"{world.listener}.sections")
    assert secret.encode() not in message.body
    assert message.headers["type"] == "google.protobuf.StringValue"
    connection.close()
    world.start()
    world.until(lambda: len(world.seen()) == 1, what="the section")
    assert secret in world.seen()[0][0]


def test_poison_is_parked_with_its_error_and_holds_up_nothing_GUARANTEE_7(world: World) -> None:
    world.start()
    personal = "poison-130390A9999"
    world.announce(registered(personal), *(registered(f"good-{n}") for n in range(20)))
    started = time.monotonic()
    world.send_all()
    world.until(lambda: len(world.seen()) == 20, what="the messages behind the poison", seconds=5)
    assert time.monotonic() - started < 5
    (parked,) = dead(world, 1)
    assert parked.headers["x-error"].startswith("ValueError")
    assert "130390" not in str(parked.headers)
    assert parked.headers["x-queue"] == f"{world.listener}.{REGISTERED}"
    assert parked.headers["x-attempts"] == 5
    assert ClientRegistered.FromString(parked.body).client.client_id == personal
    assert 'dead_letters_total{error="ValueError"' in world.get("/metrics")[1]
    assert personal not in world.log.read_text()


def test_what_cannot_be_decoded_is_parked_at_once_and_never_logged_FAULT_9(world: World) -> None:
    world.start()
    queue = f"{world.listener}.{REGISTERED}"
    good = registered("good").SerializeToString()
    secret = b"\x0a\xff130390A9999"
    broken = [
        Outgoing("", queue, "1", secret, {"id": str(uuid4())}),
        Outgoing("", queue, "2", b"\xff\xfe" * 10, {"id": str(uuid4())}),
        Outgoing("", queue, "3", good, {}),
        Outgoing("", queue, "4", good, {"id": "no uuid"}),
        Outgoing("", queue, "5", b'{"client": {}}', {"id": str(uuid4())}, content_type="application/json"),
        Outgoing("", f"{world.listener}.sections", "6", b"", {"id": str(uuid4())}),
        Outgoing("", queue, "7", b"\xff" * 5_000_000, {"id": str(uuid4())}),
    ]
    assert publish(world, *broken) == set()
    publish(world, Outgoing("", queue, "8", good, {"id": str(uuid4())}))
    world.until(lambda: world.seen() == [("good", 1)], what="the good one behind")
    assert all(message.headers["x-error"].startswith("Undecodable") for message in dead(world, 7))
    assert "130390A9999" not in world.log.read_text()


def test_what_comes_too_early_waits_and_is_no_failure_GUARANTEE_6(world: World) -> None:
    world.start()
    world.announce(registered("early"), registered("earlier"))
    world.send_all()
    world.until(lambda: len(world.seen()) == 2, what="the early one")
    assert world.seen() == [("earlier", 1), ("early", 1)]
    metrics = world.get("/metrics")[1]
    assert 'outcome="deferred"' in metrics
    assert 'outcome="retried"' not in metrics


NONSENSE: list[Any] = ["many", -1, 10**18, True, {"a": {"b": [1]}}, [1, "two"], b"\xff\xfe", "x" * 50_000, None]
HEADERS = ("x-attempts", "x-deferrals", "x-deferred-since", "x-error", "time", "correlationid", "compression")


def test_failing_messages_are_parked_whatever_their_headers_hold_and_hold_up_nothing(world: World) -> None:
    world.start()
    queue = f"{world.listener}.{REGISTERED}"
    poison = registered("poison").SerializeToString()
    strange = [
        Outgoing("", queue, f"{name} {number}", poison, {"id": str(uuid4()), name: value})
        for name in HEADERS
        for number, value in enumerate(NONSENSE)
    ]
    crowded = {f"x{number}": "y" * 1_000 for number in range(100)}
    strange.append(Outgoing("", queue, "crowded", poison, {"id": str(uuid4()), **crowded}))
    assert publish(world, *strange) == set()
    publish(world, Outgoing("", queue, "good", registered("good").SerializeToString(), {"id": str(uuid4())}))
    world.until(lambda: world.seen() == [("good", 1)], what="the good one behind")
    assert {message.headers["x-error"].split()[0] for message in dead(world, len(strange))} == {"ValueError"}
    assert world.get("/ready")[0] == 200
    assert depth(world, queue) == 0


def test_a_message_whose_properties_cannot_be_read_is_parked(world: World) -> None:
    process = world.start()
    queue = f"{world.listener}.{REGISTERED}"
    good = registered("good").SerializeToString()
    unreadable: Any = b"\xff\xfe"
    publish(world, Outgoing("", queue, "1", good, {"id": str(uuid4())}, content_type=unreadable))
    publish(world, Outgoing("", queue, "2", good, {"id": str(uuid4())}))
    world.until(lambda: world.seen() == [("good", 1)], what="the good one behind")
    (parked,) = dead(world, 1)
    assert parked.headers["x-error"].startswith("Undecodable")
    assert process.poll() is None


def test_what_cannot_be_moved_is_rejected_and_the_operator_sees_it(world: World) -> None:
    world.start(BREAK_MOVING="1")
    queue = f"{world.listener}.{REGISTERED}"
    message_id = str(uuid4())
    body = registered("poison").SerializeToString()
    publish(world, *(Outgoing("", queue, str(n), body, {"id": str(uuid4()), "x-attempts": "many"}) for n in range(4)))
    publish(world, Outgoing("", queue, "last", body, {"id": message_id, "x-attempts": "many", "x-death": "never"}))
    world.until(lambda: len(list_dead_letters(world.broker.uri, world.listener)) == 5, what="five parked messages")
    letter = show_dead_letter(world.broker.uri, world.listener, message_id)
    assert (letter.queue, letter.error) == (queue, "rejected")
    assert depth(world, queue) == 0


def depth(world: World, queue: str) -> int:
    """Messages of a queue, those under way included."""
    return world.broker.queue_depths()[queue]


def test_a_bus_listens_on_loopback_only(world: World) -> None:
    pid = world.start().pid
    assert {port for _, port in listening(pid)} == {world.port}
    assert leaving_loopback(pid) == set()


def test_timers_run_in_one_process_at_a_time(world: World) -> None:
    world.start()
    world.start()
    time.sleep(1.5)
    with psycopg.connect(dsn(world.listening)) as connection:
        rows = connection.execute("select pid, count(*) from ticks group by pid").fetchall()
    assert sum(row[1] for row in rows) >= 5


def test_what_calls_out_runs_in_every_process_with_transactions_of_its_own(world: World) -> None:
    pids = {world.start().pid, world.start().pid}

    def called() -> set[int]:
        with psycopg.connect(dsn(world.listening)) as connection:
            return {row[0] for row in connection.execute("select distinct pid from calls")}

    world.until(lambda: called() == pids, what="a call of each process")


def test_sigterm_lets_what_is_under_way_finish_GUARANTEE_16(world: World) -> None:
    process = world.start()
    world.announce(registered("slow-1"), registered("slow-2"))
    world.send_all()
    time.sleep(0.7)
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert time.monotonic() - started < 10
    assert sorted(world.seen()) == [("slow-1", 1), ("slow-2", 1)]


def test_a_queue_with_other_arguments_keeps_the_process_unready_FAULT_15(world: World) -> None:
    connection = topology.connect(world.broker.uri)
    connection.channel().queue_declare(f"{world.listener}.{REGISTERED}", durable=True, auto_delete=False)
    connection.close()
    world.start(ready=False)
    world.until(lambda: world.get("/live")[0] == 200, what="the process to live")
    time.sleep(2.5)
    status, why = world.get("/ready")
    assert status == 503
    assert "nobody consumes" in why or "broker" in why
