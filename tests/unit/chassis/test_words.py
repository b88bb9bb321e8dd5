"""Enum values and words, both ways; a value of a later release has one meaning: it is carried."""

from enum import StrEnum

import pytest

from services.chassis.names import InvalidField
from services.chassis.words import name_in, name_of, value_of, values_of, word, word_or_none, words
from services.kernel.care import Arrangement, DeliveryMode
from sote.careplan.v1 import events_pb2
from sote.type.v1 import care_pb2

pytestmark = pytest.mark.unit

LATER = 99


class Served(StrEnum):
    """The arrangements that one domain has a use for."""

    VOUCHER = "VOUCHER"


def test_a_value_is_the_word_of_its_name() -> None:
    assert name_of(care_pb2.Arrangement, care_pb2.ARRANGEMENT_VOUCHER) == "VOUCHER"
    assert name_of(care_pb2.Arrangement, 0) == "UNSPECIFIED"
    assert word(Arrangement, care_pb2.Arrangement, care_pb2.ARRANGEMENT_OWN) is Arrangement.OWN


@pytest.mark.parametrize("value", [0, LATER])
def test_a_request_must_be_understood(value: int) -> None:
    with pytest.raises(InvalidField) as refusal:
        word(Arrangement, care_pb2.Arrangement, value, "lines.arrangement")
    assert refusal.value.field == "lines.arrangement"
    with pytest.raises(InvalidField) as refusal:
        word(DeliveryMode, care_pb2.DeliveryMode, value)
    assert refusal.value.field == "delivery_mode"


def test_a_value_of_a_later_release_is_carried_as_text_and_goes_out_as_it_came() -> None:
    carried = name_of(care_pb2.Arrangement, LATER)
    assert carried == name_in(care_pb2.Arrangement.DESCRIPTOR, LATER) == "UNKNOWN_99"
    assert carried not in {known.value for known in Arrangement}
    message = care_pb2.DESCRIPTOR.enum_types_by_name["Arrangement"]
    assert LATER not in message.values_by_number
    assert value_of(care_pb2.Arrangement, carried) == LATER


def test_a_value_of_a_later_release_is_no_word_of_an_enumeration_and_no_error() -> None:
    assert word_or_none(Arrangement, care_pb2.Arrangement, LATER) is None
    assert word_or_none(Arrangement, care_pb2.Arrangement, 0) is None
    assert word_or_none(Served, care_pb2.Arrangement, care_pb2.ARRANGEMENT_OWN) is None
    known = [care_pb2.ARRANGEMENT_OWN, LATER, care_pb2.ARRANGEMENT_VOUCHER]
    assert words(Arrangement, care_pb2.Arrangement, known) == (Arrangement.OWN, Arrangement.VOUCHER)


def test_a_word_is_the_value_of_its_name() -> None:
    assert value_of(care_pb2.Arrangement, Arrangement.PURCHASE) == care_pb2.ARRANGEMENT_PURCHASE
    assert value_of(care_pb2.Arrangement, "PURCHASE") == care_pb2.ARRANGEMENT_PURCHASE
    assert [value_of(care_pb2.Arrangement, nothing) for nothing in (None, "")] == [0, 0]
    assert values_of(care_pb2.DeliveryMode, DeliveryMode) == care_pb2.DeliveryMode.values()[1:]
    with pytest.raises(ValueError, match="ARRANGEMENT_PAINTED"):
        value_of(care_pb2.Arrangement, "PAINTED")


def test_every_enum_of_the_contracts_has_the_zero_that_the_prefix_is_taken_from() -> None:
    for enum in (*care_pb2.DESCRIPTOR.enum_types_by_name.values(), *events_pb2.DESCRIPTOR.enum_types_by_name.values()):
        prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
        assert prefix.endswith("_"), enum.full_name
        assert all(value.name.startswith(prefix) for value in enum.values), enum.full_name
