"""What buf does not know about the protos of the house: field behaviour, shared sentences, states."""

from tests.house.protos import faults, house_files


def test_every_proto_follows_the_conventions_AIP_203_AIP_216() -> None:
    assert [fault for file in house_files() for fault in faults(file)] == []
