"""Bus processes killed at every point that matters: no fact lost, none applied twice
(GUARANTEE-1, GUARANTEE-3, GUARANTEE-5)."""

import signal
import time
from uuid import uuid4

import pytest

from services.chassis.bus import topology
from sote.client.v1.events_pb2 import ClientActivated, ClientFacts
from tests.builders.chassis.bus import REGISTERED, World, dead, registered


def activated(number: int) -> list[tuple[str, ClientActivated]]:
    ids = [str(uuid4()) for _ in range(number)]
    return [(one, ClientActivated(client=ClientFacts(client_id=one, version=1))) for one in ids]


def sent_and_followed(world: World, facts: list[tuple[str, ClientActivated]]) -> None:
    """Each fact is applied once and the fact that follows from it has left the listener's outbox."""
    world.until(lambda: len(world.seen()) >= len(facts), what="the facts")
    world.until(lambda: world.pending(world.listening) == 0, what="the listener's outbox")
    time.sleep(0.3)
    assert sorted(world.seen()) == sorted((identity, 1) for identity, _ in facts)
    assert set(world.followed()) >= {f"vouchers/{identity}" for identity, _ in facts}


@pytest.mark.parametrize(
    "point", ["before-commit:3", "after-commit:3", "before-ack:3", "before-publish", "after-confirm"]
)
def test_a_crash_at_any_point_loses_and_repeats_nothing_GUARANTEE_1(world: World, point: str) -> None:
    process = world.start(CRASH_AT=point)
    facts = activated(10)
    world.announce(*(fact for _, fact in facts))
    world.send_all()
    assert process.wait(30) == 137
    world.start()
    sent_and_followed(world, facts)


def test_kill_9_in_the_middle_of_handling_FAULT_1(world: World) -> None:
    process = world.start()
    world.announce(*(registered(f"slow-{n}") for n in range(3)), *(registered(f"good-{n}") for n in range(30)))
    world.send_all()
    time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.wait()
    world.start()
    world.until(lambda: len(world.seen()) >= 33, what="all facts")
    assert len(world.seen()) == len(set(world.seen())) == 33


def test_a_relay_killed_again_and_again_sends_everything_FAULT_1(world: World) -> None:
    facts = activated(60)
    world.announce(*(fact for _, fact in facts))
    world.send_all()
    for _ in range(3):
        process = world.start()
        world.until(lambda: bool(world.seen()), what="some facts")
        process.send_signal(signal.SIGKILL)
        process.wait()
    world.start()
    sent_and_followed(world, facts)


def test_duplicates_in_another_order_change_nothing_FAULT_10(world: World) -> None:
    world.announce(*(registered(f"fact-{n}", n) for n in range(20)))
    relay = world.relay()
    messages = []
    publish = relay._publisher.publish

    def three_times(batch):  # type: ignore[no-untyped-def]
        messages.extend(batch)
        return publish(batch) | publish(list(reversed(batch))) | publish(batch[::2])

    relay._publisher.publish = three_times  # type: ignore[method-assign]
    relay.round()
    relay.close()
    assert len(messages) == 20
    world.start()
    world.until(lambda: len(world.seen()) >= 20, what="the facts")
    world.until(lambda: 'outcome="repeated"} 30.0' in world.get("/metrics")[1], what="the repeats")
    assert sorted(version for _, version in world.seen()) == list(range(20))


def test_a_message_that_always_kills_its_process_is_parked_by_the_broker_GUARANTEE_7(world: World) -> None:
    world.announce(registered("deadly"))
    world.send_all()
    process = world.start(ready=False, POISON="deadly", KILL_ON_POISON="1")
    assert process.wait(30) == 137
    for _ in range(topology.DELIVERY_LIMIT):  # what the broker sees of twenty more processes that die
        connection = topology.connect(world.broker.uri)
        connection.channel().basic_get(f"{world.listener}.{REGISTERED}")
        connection.collect()
        time.sleep(0.05)
    world.start()
    world.announce(registered("harmless"))
    world.send_all()
    world.until(lambda: world.seen() == [("harmless", 1)], what="the next message")
    (parked,) = dead(world, 1)
    assert parked.headers["x-death"][0]["reason"] == "delivery_limit"


def test_a_database_outage_counts_against_no_message_GUARANTEE_14(world: World) -> None:
    world.start()
    world.refuse_database(True)
    world.announce(*(registered(f"fact-{n}") for n in range(10)))
    world.send_all()
    time.sleep(8)
    assert world.get("/ready") == (503, "the database does not answer\n")
    assert world.get("/live")[0] == 200
    world.refuse_database(False)
    world.until(lambda: len(world.seen()) == 10, what="the facts", seconds=10)
    metrics = world.get("/metrics")[1]
    assert "dead_letters_total{" not in metrics
    assert 'outcome="retried"' not in metrics


def test_a_broker_restart_under_a_consumer_loses_nothing_FAULT_2(world: World) -> None:
    world.start()
    world.announce(*(registered(f"first-{n}") for n in range(20)))
    world.send_all()
    time.sleep(1.5)
    world.broker.kill()
    world.broker.start()
    world.announce(*(registered(f"second-{n}") for n in range(20)))
    world.send_all()
    world.until(lambda: len(world.seen()) >= 40, what="all facts", seconds=60)
    assert len(world.seen()) == len(set(world.seen())) == 40


def test_closed_connections_leave_no_zombie_FAULT_3(world: World) -> None:
    world.start()
    for number in range(4):
        world.announce(registered(f"slow-{number}"))
        world.send_all()
        time.sleep(0.5 * number)
        world.broker.ctl("close_all_connections", "test")
        world.announce(registered(f"fact-{number}"))
        world.send_all()
        expected = 2 * (number + 1)
        world.until(lambda expected=expected: len(world.seen()) == expected, what="the fact", seconds=20)  # type: ignore[misc]
    world.until(lambda: world.get("/ready")[0] == 200, what="readiness")


def test_a_blocked_process_loses_its_connection_and_consumes_again_FAULT_7(world: World) -> None:
    world.start(HEARTBEAT="2")
    world.announce(*(registered(f"block-{n}") for n in range(1)), *(registered(f"slow-{n}") for n in range(3)))
    world.send_all()
    time.sleep(14)
    world.announce(registered("after"))
    world.send_all()
    world.until(lambda: ("after", 1) in world.seen(), what="a message after the silence", seconds=40)
    world.until(lambda: len(world.seen()) == 5, what="all of them")
    world.until(lambda: world.get("/ready")[0] == 200, what="readiness")
