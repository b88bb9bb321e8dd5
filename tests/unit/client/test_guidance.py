"""Guidance: what must be told, and the digest of the options as shown."""

import hashlib
from uuid import UUID, uuid4

import pytest

from services.client.domain.assessment_refusals import ClientRequired, OptionsRequired
from services.client.domain.contact import check_received
from services.client.domain.guidance import check_guidance, options_digest
from services.client.domain.refusals import TimeInFuture
from tests.unit.client.people import NOW

FIRST, SECOND = UUID("0E000000-0000-4000-8000-000000000001"), UUID("00000000-0000-4000-8000-000000000002")


def test_INV_23_guidance_for_a_choice_lists_the_providers() -> None:
    with pytest.raises(OptionsRequired):
        check_guidance(client_id=uuid4(), voucher_id=uuid4(), choice_kind=None, options=())
    with pytest.raises(ClientRequired):
        check_guidance(client_id=None, voucher_id=uuid4(), choice_kind=None, options=(FIRST,))
    check_guidance(client_id=None, voucher_id=None, choice_kind=None, options=())
    check_guidance(client_id=uuid4(), voucher_id=uuid4(), choice_kind=None, options=(FIRST,))


def test_INV_23_the_digest_tells_the_list_and_its_order() -> None:
    told = b"0e000000-0000-4000-8000-000000000001\n00000000-0000-4000-8000-000000000002\n"
    assert options_digest((FIRST, SECOND)) == hashlib.sha256(told).hexdigest()
    assert options_digest((SECOND, FIRST)) != options_digest((FIRST, SECOND))
    assert options_digest(()) == ""


def test_C1_a_contact_of_the_future_is_refused() -> None:
    check_received(NOW, NOW)
    with pytest.raises(TimeInFuture):
        check_received(NOW.replace(year=2026), NOW)
