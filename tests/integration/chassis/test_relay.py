"""The outbox relay on a real broker: nothing lost, order kept for each aggregate, several at once, either side down."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.chassis.bus import topology
from services.chassis.bus.dead_letters import (
    NoSuchDeadLetter,
    discard_dead_letter,
    list_dead_letters,
    replay_dead_letter,
    show_dead_letter,
)
from services.chassis.database import dsn
from services.chassis.outbox import announce
from sote.client.v1.events_pb2 import ClientFacts, ClientRegistered
from tests.builders.chassis.bus import REGISTERED, World, registered


def fill(engine: Engine, aggregates: int, versions: int) -> list[UUID]:
    """Announce versions 1..n of each aggregate, interleaved, ten to a transaction."""
    ids = [uuid4() for _ in range(aggregates)]
    work = [(identity, version) for version in range(1, versions + 1) for identity in ids]
    for start in range(0, len(work), 10):
        with Session(engine) as session, session.begin():
            for identity, version in work[start : start + 10]:
                fact = ClientRegistered(client=ClientFacts(client_id=str(identity), version=version))
                announce(session, fact, aggregate="clients", aggregate_id=identity, version=version)
    return ids


def take_all(world: World) -> list[tuple[str, int]]:
    """(client, version) of every message in the listener's queue, in queue order."""
    connection = topology.connect(world.broker.uri)
    channel = connection.channel()
    found = []
    while message := channel.basic_get(f"{world.listener}.{REGISTERED}", no_ack=True):
        client = ClientRegistered.FromString(message.body).client
        found.append((client.client_id, client.version))
    connection.close()
    return found


@contextmanager
def relays(world: World, number: int) -> Iterator[None]:
    """Relays at work for the length of the block, a thread each."""
    stop = threading.Event()
    threads = [threading.Thread(target=world.relay().run, args=(stop.is_set,), daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)


def sent(world: World) -> None:
    world.until(lambda: world.pending() == 0, what="the outbox to be empty", seconds=40)


def test_order_is_kept_for_each_aggregate_with_three_relays(world: World, publishing: Engine) -> None:
    ids = fill(publishing, aggregates=40, versions=25)
    with relays(world, 3):
        sent(world)
    found = take_all(world)
    assert len(found) == 1000
    for identity in ids:
        assert [version for client, version in found if client == str(identity)] == list(range(1, 26))


def test_a_notification_wakes_the_relay_at_once(world: World, publishing: Engine) -> None:
    connection = topology.connect(world.broker.uri)
    channel = connection.channel()
    waits = []
    with relays(world, 1):
        time.sleep(1.0)
        for _ in range(5):
            fill(publishing, 1, 1)
            started = time.monotonic()
            while not channel.basic_get(f"{world.listener}.{REGISTERED}", no_ack=True):
                time.sleep(0.002)
            waits.append(time.monotonic() - started)
            time.sleep(0.1)
    connection.close()
    assert min(waits) < 0.2, waits


def test_a_row_whose_commit_comes_late_is_not_skipped_GUARANTEE_4(world: World, publishing: Engine) -> None:
    with Session(publishing) as late, late.begin():
        announce(late, registered("late"), aggregate="clients", aggregate_id=uuid4(), version=1)
        fill(publishing, 3, 1)
        world.send_all()
        assert world.pending() == 0
    world.send_all()
    assert [client for client, _ in take_all(world)][-1] == "late"


def test_a_queue_that_was_deleted_is_declared_again_and_nothing_lost_FAULT_14(world: World, publishing: Engine) -> None:
    relay = world.relay()
    relay.round()
    fill(publishing, 2, 1)
    relay.round()
    connection = topology.connect(world.broker.uri)
    connection.channel().queue_delete(f"{world.listener}.{REGISTERED}")
    connection.close()
    fill(publishing, 5, 2)
    relay.close()
    with relays(world, 1):
        sent(world)
    assert len(take_all(world)) == 10


def test_a_broker_killed_and_restarted_loses_nothing_FAULT_2(world: World, publishing: Engine) -> None:
    with relays(world, 2):
        fill(publishing, 20, 5)
        time.sleep(1.5)  # a quorum queue younger than half a second does not survive kill -9 of a broker (ADR 3)
        world.broker.kill()
        ids = fill(publishing, 20, 5)
        world.broker.start()
        sent(world)
    found = take_all(world)
    assert len(set(found)) == 200
    for identity in ids:
        first = [version for client, version in dict.fromkeys(found) if client == str(identity)]
        assert first == [1, 2, 3, 4, 5]


def test_closed_database_connections_are_made_anew_FAULT_4(world: World, publishing: Engine) -> None:
    others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
    with relays(world, 1):
        for _ in range(3):
            fill(publishing, 5, 2)
            publishing.dispose()
            with psycopg.connect(dsn(world.publishing)) as connection:
                connection.execute(others, (connection.info.dbname,))
        sent(world)
    assert len(set(take_all(world))) == 30


def test_a_memory_alarm_holds_messages_but_no_transaction_FAULT_13(world: World, publishing: Engine) -> None:
    open_transactions = "select count(*) from pg_stat_activity where datname = %s and state like 'idle in trans%%'"
    with relays(world, 1):
        fill(publishing, 1, 1)
        sent(world)
        world.broker.ctl("set_vm_memory_high_watermark", "absolute", "1000000")
        try:
            fill(publishing, 2, 1)
            time.sleep(2)
            assert world.pending() == 2
            with psycopg.connect(dsn(world.publishing), autocommit=True) as connection:
                assert connection.execute(open_transactions, (connection.info.dbname,)).fetchone() == (0,)
        finally:
            world.broker.ctl("set_vm_memory_high_watermark", "0.4")
        sent(world)
    assert len(set(take_all(world))) == 3


def test_dead_letters_are_listed_replayed_and_discarded(world: World) -> None:
    world.start(POISON="poison")
    world.announce(registered("poison-1"), registered("poison-2"))
    world.send_all()
    uri, service = world.broker.uri, world.listener
    world.until(lambda: len(list_dead_letters(uri, service)) == 2, what="two parked messages", seconds=60)
    first, second = list_dead_letters(uri, service)
    assert show_dead_letter(uri, service, first.id) == first
    assert (first.type, first.queue, first.attempts) == (REGISTERED, f"{service}.{REGISTERED}", 5)
    assert first.error.startswith("ValueError")
    discard_dead_letter(uri, service, second.id)
    world.processes[-1].terminate()
    world.processes[-1].wait(20)
    world.start(POISON="cured")
    replay_dead_letter(uri, service, first.id)
    world.until(lambda: len(world.seen()) == 1, what="the replayed message")
    assert list_dead_letters(uri, service) == []
    with pytest.raises(NoSuchDeadLetter):
        replay_dead_letter(uri, service, first.id)
