"""Chassis tables on a real PostgreSQL: outbox, inbox and sections live and die with the transaction."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.protobuf.wrappers_pb2 import StringValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.bus.housekeeping import keep_house
from services.chassis.context import Cause, because
from services.chassis.database import answer, engine_from, inbox, outbox, work_item
from services.chassis.inbox import first_time
from services.chassis.outbox import announce
from services.chassis.sections import publish_section, published_sections, read_sections

FACT = Timestamp(seconds=1)


def test_a_fact_is_a_row_of_the_same_transaction_GUARANTEE_3(session: Callable[[str], Session]) -> None:
    work = session("chassis")
    aggregate_id = uuid4()
    with because(Cause(correlation_id="c-1", causation_id="m-1", actor_role="CSW", county="MAAKUNTA_2017:06")):
        announce(work, FACT, aggregate="vouchers", aggregate_id=aggregate_id, version=3)
    row = work.execute(select(outbox)).one()
    assert (row.exchange, row.routing_key) == ("protobuf.facts", "google.protobuf.Timestamp")
    assert row.body == FACT.SerializeToString()
    assert row.headers["id"] == str(row.message_id)
    assert row.headers["subject"] == f"vouchers/{aggregate_id}"
    assert row.headers["aggregateversion"] == 3
    assert (row.headers["correlationid"], row.headers["causationid"]) == ("c-1", "m-1")
    assert (row.headers["actorrole"], row.headers["county"]) == ("CSW", "MAAKUNTA_2017:06")
    assert "actororg" not in row.headers


def test_a_message_is_new_once_for_each_consumer_GUARANTEE_5(session: Callable[[str], Session]) -> None:
    work = session("chassis")
    message_id = uuid4()
    assert first_time(work, consumer="voucher.on_a", message_id=message_id)
    assert not first_time(work, consumer="voucher.on_a", message_id=message_id)
    assert first_time(work, consumer="voucher.on_b", message_id=message_id)


def test_sections_grow_by_one_and_only_when_changed(session: Callable[[str], Session], now: datetime) -> None:
    work = session("chassis")
    client_id, name = uuid4(), "google.protobuf.StringValue"
    publish = [publish_section(work, client_id=client_id, section=StringValue(value=v), now=now) for v in "aabb"]
    assert publish == [1, 1, 2, 2]
    assert published_sections(work) == {(client_id, name): 2}
    (row,) = read_sections(work, [client_id, uuid4()], [name])
    assert (row.client_id, row.name, row.version, row.as_of) == (client_id, name, 2, now)
    assert StringValue.FromString(row.body).value == "b"
    assert read_sections(work, [client_id], ["other"]) == []


def test_the_outbox_row_of_a_section_holds_no_personal_data_INV_25(
    session: Callable[[str], Session], now: datetime
) -> None:
    work = session("chassis")
    client_id = uuid4()
    publish_section(work, client_id=client_id, section=lambda: StringValue(value="Aino Virtanen"), now=now)
    row = work.execute(select(outbox)).one()
    assert (row.exchange, row.routing_key, row.body) == ("sections", "google.protobuf.StringValue", None)
    assert "Aino" not in str(row)


@pytest.mark.parametrize("number", [0, 2**31, 2**127 + 5])
def test_a_section_is_built_under_a_lock_of_its_client(
    session: Callable[[str], Session], now: datetime, number: int
) -> None:
    work = session("chassis")
    assert publish_section(work, client_id=UUID(int=number), section=lambda: StringValue(value="x"), now=now) == 1


def test_two_transactions_at_once_leave_the_section_that_saw_both(
    new_database: Callable[[str], str], now: datetime
) -> None:
    engine = engine_from(new_database("chassis"))
    client_id, barrier = uuid4(), threading.Barrier(8)

    def visit(number: int) -> None:
        with Session(engine) as work, work.begin():
            item = work_item.insert().values(id=uuid4(), kind="k", subject=str(number), reason="r", created_at=now)
            barrier.wait()
            work.execute(item)
            count = select(func.count()).select_from(work_item)
            publish_section(
                work,
                client_id=client_id,
                section=lambda: StringValue(value=str(work.execute(count).scalar_one())),
                now=now,
            )

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as work:
        (row,) = read_sections(work, [client_id])
    engine.dispose()
    assert (StringValue.FromString(row.body).value, row.version) == ("8", 8)


def test_answers_and_message_ids_are_kept_long_enough_and_not_for_ever_GUARANTEE_2(
    session: Callable[[str], Session], now: datetime
) -> None:
    work = session("chassis")
    ages = {"young": timedelta(days=7, hours=1), "old": timedelta(days=15), "ancient": timedelta(days=70)}
    for name, age in ages.items():
        written = datetime.now(UTC) - age
        row = {"method": "m", "request_digest": b"", "response_type": "t", "response": b"", "min_version": ""}
        work.execute(answer.insert().values(caller=name, request_id=uuid4(), created_at=written, **row))
        work.execute(inbox.insert().values(consumer=name, message_id=uuid4(), received_at=written))
    keep_house(None, work, now)
    assert set(work.execute(select(answer.c.caller)).scalars()) == {"young"}
    assert set(work.execute(select(inbox.c.consumer)).scalars()) == {"young", "old"}
