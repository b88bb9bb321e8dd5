"""The words of care are those of the wire, one for one."""

from enum import StrEnum
from typing import Any

import pytest

from services.kernel import care
from sote.type.v1 import care_pb2

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("kind", "wire"),
    [
        (care.Sector, care_pb2.Sector),
        (care.CareLevel, care_pb2.CareLevel),
        (care.Arrangement, care_pb2.Arrangement),
        (care.DeliveryMode, care_pb2.DeliveryMode),
        (care.CareUnit, care_pb2.CareUnit),
        (care.NeedDomain, care_pb2.NeedDomain),
    ],
)
def test_the_words_are_those_of_the_contract(kind: type[StrEnum], wire: Any) -> None:
    prefix = wire.Name(0).removesuffix("UNSPECIFIED")
    assert [f"{prefix}{word}" for word in kind] == wire.keys()[1:]
    assert [word.name for word in kind] == [word.value for word in kind]
