"""Guidance: what must be told, and the digest of the options as shown."""

import hashlib
from collections import Counter
from random import Random
from uuid import UUID, uuid4

import pytest

from services.client.domain.clients.people import Language
from services.client.domain.contacts import Channel, TimeInFuture, check_received
from services.client.domain.guidance import (
    Advice,
    ClientRequired,
    GuidanceKind,
    OptionsRequired,
    check_guidance,
    neutral_order,
    options_digest,
)
from tests.builders.client.people import NOW

FIRST, SECOND = UUID("0E000000-0000-4000-8000-000000000001"), UUID("00000000-0000-4000-8000-000000000002")


def advice(voucher_id: UUID | None, *options: UUID) -> Advice:
    return Advice(
        kind=GuidanceKind.GUIDANCE,
        voucher_id=voucher_id,
        choice_kind=None,
        option_provider_ids=options,
        list_digest="",
        unit_id=None,
        channel=Channel.VISIT,
        topic="freedom of choice",
        language=Language.FI,
        client_understood=True,
    )


def test_guidance_for_a_choice_lists_the_providers_INV_23() -> None:
    with pytest.raises(OptionsRequired):
        check_guidance(uuid4(), advice(uuid4()))
    with pytest.raises(ClientRequired):
        check_guidance(None, advice(uuid4(), FIRST))
    check_guidance(None, advice(None))
    check_guidance(uuid4(), advice(uuid4(), FIRST))


def test_the_digest_tells_the_list_and_its_order_INV_23() -> None:
    told = b"0e000000-0000-4000-8000-000000000001\n00000000-0000-4000-8000-000000000002\n"
    assert options_digest((FIRST, SECOND)) == hashlib.sha256(told).hexdigest()
    assert options_digest((SECOND, FIRST)) != options_digest((FIRST, SECOND))
    assert options_digest(()) == ""


def test_a_contact_of_the_future_is_refused_CLIENT_1() -> None:
    check_received(NOW, NOW)
    with pytest.raises(TimeInFuture):
        check_received(NOW.replace(year=2026), NOW)


PUBLIC, PRIVATE, THIRD = ([UUID(int=first + 16 * number) for number in range(4)] for first in (1, 2, 3))
LISTS = 3000


def test_over_many_clients_no_place_in_the_list_goes_with_the_ownership_INV_23() -> None:
    drawn = Random(23)
    first: Counter[UUID] = Counter()
    places: Counter[str] = Counter()
    for _ in range(LISTS):
        order = neutral_order(UUID(int=drawn.getrandbits(128)), [*PUBLIC, *PRIVATE, *THIRD])
        first[order[0]] += 1
        for name, group in (("public", PUBLIC), ("private", PRIVATE), ("third", THIRD)):
            places[name] += sum(order.index(one) for one in group)
    fair = LISTS / 12
    assert sum((first[one] - fair) ** 2 / fair for one in (*PUBLIC, *PRIVATE, *THIRD)) < 31.3, "chi square, p = 0.001"
    middle = LISTS * 4 * 5.5
    assert all(abs(one - middle) / middle < 0.02 for one in places.values())


def test_the_order_is_the_same_whatever_the_order_it_was_made_of_INV_23() -> None:
    client = UUID(int=7)
    assert neutral_order(client, PUBLIC) == neutral_order(client, reversed(PUBLIC))
    assert sorted(neutral_order(client, PUBLIC)) == PUBLIC
