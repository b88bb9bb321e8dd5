"""The private servers of a county: data outlive them, nobody else reaches them, and given servers go first."""

import os
import stat
import time
from pathlib import Path

import amqp
import psycopg
import pytest

from cli.county.environment import choose_ports, county_environment
from cli.county.keys import ensure_keys
from cli.county.places import SERVICES, Places
from cli.county.platform import AlreadyRuns, Platform
from cli.county.postgres import PrivatePostgres
from cli.county.rabbitmq import PrivateRabbit
from cli.county.servers import Servers, database_variable
from services.chassis.bus.topology import connect


def plain(url: str) -> str:
    return url.replace("+psycopg", "")


def test_databases_outlive_their_server(tmp_path: Path) -> None:
    server = PrivatePostgres(tmp_path / "postgres", durable=False).start()
    url = server.ensure_database("voucher")
    with psycopg.connect(plain(url)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    assert server.pid is None
    server.start()
    assert server.ensure_database("voucher") == url
    with psycopg.connect(plain(url)) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    server.stop()


def test_a_long_path_still_gets_a_socket(tmp_path: Path) -> None:
    server = PrivatePostgres(tmp_path / ("deep" * 30) / "postgres", durable=False).start()
    with psycopg.connect(plain(server.url())) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    server.stop()


def test_messages_outlive_their_broker_at_the_same_place(tmp_path: Path) -> None:
    broker = PrivateRabbit(tmp_path / "rabbitmq").start()
    uri = broker.uri
    with connect(uri) as connection, connection.channel() as channel:
        channel.queue_declare("kept", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message(b"still here", delivery_mode=2), routing_key="kept")
    broker.stop()
    broker.start()
    assert broker.uri == uri
    with connect(uri) as connection, connection.channel() as channel:
        message = None
        while message is None:  # a quorum queue elects its leader first
            message = channel.basic_get("kept", no_ack=True)
            time.sleep(0.05)
        assert message.body == b"still here"
    broker.kill()
    assert broker.pid is None


def test_given_servers_are_used_instead_of_private_ones(tmp_path: Path) -> None:
    given = {database_variable(service): f"postgresql://elsewhere/{service}" for service in SERVICES}
    given["AMQP_URI"] = "amqp://elsewhere"
    places = Places(tmp_path).make()
    servers = Servers(places, given)
    servers.launch()
    servers.wait()
    assert servers.pids() == {}
    environment = county_environment(places, ensure_keys(places.keys), servers, choose_ports(places), given)
    assert environment["VOUCHER_DATABASE_URL"] == "postgresql://elsewhere/voucher"
    assert environment["AMQP_URI"] == "amqp://elsewhere"
    assert environment["GATEWAY_ADDRESS"].endswith(environment["GATEWAY_GRPC_PORT"])


def test_ports_are_remembered(tmp_path: Path) -> None:
    places = Places(tmp_path).make()
    assert choose_ports(places) == choose_ports(places)


def test_one_supervisor_for_one_county(tmp_path: Path) -> None:
    first = Platform(Places(tmp_path), services=(), given=os.environ).start()
    try:
        with pytest.raises(AlreadyRuns):
            Platform(Places(tmp_path), services=()).start()
        assert first.servers.pids().keys() == {"postgres", "rabbitmq"}
    finally:
        first.stop()
    assert not Places(tmp_path).state.exists()
