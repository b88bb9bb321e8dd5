"""Non-disclosure orders: how long they last, and that whereabouts are taken out of whatever tells them (INV-15)."""

from datetime import date

import pytest
from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor_pool import Default

from services.chassis.policy import withhold_whereabouts
from services.client.domain.clients.non_disclosure import NonDisclosure, order
from services.client.domain.clients.refusals import NonDisclosurePeriod
from sote.client.v1 import choice_pb2, client_pb2, section_pb2
from sote.type.v1 import access_pb2
from tests.builders.client.people import NOW, TODAY, client

CURRENT = NonDisclosure(date(2024, 5, 1), date(2026, 4, 30), "PL 1", "123")
PLACES = {"unit_id", "unit_name", "municipality_code", "address", "performed_at_unit_id", "moved_to_county"}
ELSEWHERE = {"sote.client.v1.ContactData", "sote.client.v1.NonDisclosure"}
"""Messages whose fields need no mark: the first is marked as a whole where it stands, the second may be told."""


def granted(current: NonDisclosure | None, valid_to: date) -> NonDisclosure:
    return order(current, valid_to=valid_to, contact_address="PL 2", safe_phone="", today=TODAY)


def test_an_order_lasts_five_years_and_is_extended_by_two_CLIENT_5_NONDISCLOSURE_2() -> None:
    assert granted(None, date(2030, 1, 14)) == NonDisclosure(TODAY, date(2030, 1, 14), "PL 2", "")
    assert granted(CURRENT, date(2028, 4, 30)).from_date == CURRENT.from_date
    assert granted(CURRENT, CURRENT.valid_to).contact_address == "PL 2"
    for current, last in ((None, date(2030, 1, 15)), (CURRENT, date(2028, 5, 1)), (None, date(2025, 1, 13))):
        with pytest.raises(NonDisclosurePeriod):
            granted(current, last)


def test_the_same_again_and_ending_nothing_change_nothing_CLIENT_5() -> None:
    one = client()
    assert not one.end_non_disclosure(NOW)
    assert one.set_non_disclosure(CURRENT, NOW)
    assert not one.set_non_disclosure(CURRENT, NOW)
    assert one.version == 2
    assert one.end_non_disclosure(NOW)
    assert (one.non_disclosure, one.version) == (None, 3)


def test_whereabouts_are_taken_out_however_deep_INV_15() -> None:
    section = section_pb2.ClientSection(
        client_id="c",
        contact_data=client_pb2.ContactData(address="Koivukuja 1", municipality_code="837"),
        non_disclosure=client_pb2.NonDisclosure(contact_address="PL 1", safe_phone="123"),
        direct_choices=[choice_pb2.DirectChoice(uid="d", unit_id="u", provider_id="p")],
        ending=client_pb2.ClientEnding(moved_to_county="MAAKUNTA_2017:01", merged_into_id="m"),
    )
    withhold_whereabouts(section)
    assert section == section_pb2.ClientSection(
        client_id="c",
        non_disclosure=client_pb2.NonDisclosure(contact_address="PL 1", safe_phone="123"),
        direct_choices=[choice_pb2.DirectChoice(uid="d")],
        ending=client_pb2.ClientEnding(merged_into_id="m"),
    )


@pytest.mark.parametrize(
    "name",
    [
        "sote.client.v1.ClientSection",
        "sote.client.v1.Client",
        "sote.careplan.v1.PlanSection",
        "sote.careplan.v1.ChainSection",
        "sote.voucher.v1.VoucherSection",
        "sote.package.v1.PackageSection",
    ],
)
def test_every_field_that_tells_a_place_is_marked_INV_15(name: str) -> None:
    """A new field that names a unit or a municipality is marked, or this fails."""
    from sote.gateway.v1 import record_pb2  # noqa: F401 (knows all sections)

    unmarked = {field for field in reachable(Default().FindMessageTypeByName(name), set()) if field}
    assert unmarked == set()


def reachable(message: Descriptor, seen: set[str]) -> set[str]:
    """Full names of the fields below the message that tell a place and are not marked, nor stand in what is."""
    if message.full_name in seen | ELSEWHERE:
        return set()
    seen.add(message.full_name)
    found: set[str] = set()
    for field in message.fields:
        if field.GetOptions().Extensions[access_pb2.whereabouts]:
            continue
        if field.name in PLACES or field.name.endswith("_unit_name"):
            found.add(field.full_name)
        if field.message_type is not None:
            found |= reachable(field.message_type, seen)
    return found
