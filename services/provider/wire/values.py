"""Small values both ways: enumerations, clauses and lines."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from services.chassis.names import uuid_of
from services.chassis.values import money
from services.provider.domain.condition import Clause
from services.provider.domain.terms import ServiceLine
from sote.provider.v1 import clause_pb2, contract_pb2

Code = TypeVar("Code", bound=StrEnum)


def word(kind: type[Code], name: str, prefix: str) -> Code:
    """The domain's word for the name of an enum value on the wire."""
    return kind(name.removeprefix(prefix))


def clause_messages(clauses: Iterable[Clause]) -> list[clause_pb2.ClauseFacts]:
    """Clauses on the wire."""
    return [clause_pb2.ClauseFacts(code=one.code, parameters=dict(one.parameters)) for one in clauses]


def clauses_of(messages: Iterable[clause_pb2.ClauseFacts]) -> tuple[Clause, ...]:
    """Clauses from the wire."""
    return tuple(Clause(one.code, dict(one.parameters)) for one in messages)


def line_messages(lines: Iterable[ServiceLine]) -> list[contract_pb2.ServiceLineFacts]:
    """Lines of a contract on the wire."""
    return [
        contract_pb2.ServiceLineFacts(
            service_code=one.service_code,
            unit_ids=[str(unit) for unit in one.unit_ids],
            unit_price=money(one.unit_price_cents),
            voucher=one.voucher,
            capacity=one.capacity,
            max_new_clients_month=one.max_new_clients_month,
        )
        for one in lines
    ]


def lines_of(messages: Iterable[contract_pb2.ServiceLineFacts]) -> tuple[ServiceLine, ...]:
    """Lines of a contract from the wire."""
    return tuple(
        ServiceLine(
            service_code=one.service_code,
            unit_ids=tuple(_unit_id(unit) for unit in one.unit_ids),
            unit_price_cents=one.unit_price.cents,
            voucher=one.voucher,
            capacity=one.capacity,
            max_new_clients_month=one.max_new_clients_month,
        )
        for one in messages
    )


def _unit_id(text: str) -> UUID:
    return uuid_of(text, "lines.unit_ids")
