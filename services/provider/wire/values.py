"""Small values both ways: enumerations, clauses and lines."""

from collections.abc import Iterable
from uuid import UUID

from services.chassis.names import uuid_of
from services.chassis.values import money
from services.provider.domain.condition import Clause
from services.provider.domain.terms import ServiceLine
from sote.provider.v1 import clause_pb2, contract_pb2


def clause_messages(clauses: Iterable[Clause]) -> list[clause_pb2.ClauseFacts]:
    """Clauses on the wire."""
    return [clause_pb2.ClauseFacts(code=clause.code, parameters=dict(clause.parameters)) for clause in clauses]


def clauses_from(messages: Iterable[clause_pb2.ClauseFacts]) -> tuple[Clause, ...]:
    """Clauses from the wire."""
    return tuple(Clause(message.code, dict(message.parameters)) for message in messages)


def line_messages(lines: Iterable[ServiceLine]) -> list[contract_pb2.ServiceLineFacts]:
    """Lines of a contract on the wire."""
    return [
        contract_pb2.ServiceLineFacts(
            service_code=line.service_code,
            unit_ids=[str(unit) for unit in line.unit_ids],
            unit_price=money(line.unit_price_cents),
            voucher=line.voucher,
            capacity=line.capacity,
            max_new_clients_month=line.max_new_clients_month,
        )
        for line in lines
    ]


def lines_from(messages: Iterable[contract_pb2.ServiceLineFacts]) -> tuple[ServiceLine, ...]:
    """Lines of a contract from the wire."""
    return tuple(
        ServiceLine(
            service_code=message.service_code,
            unit_ids=tuple(_unit_id(unit) for unit in message.unit_ids),
            unit_price_cents=message.unit_price.cents,
            voucher=message.voucher,
            capacity=message.capacity,
            max_new_clients_month=message.max_new_clients_month,
        )
        for message in messages
    )


def _unit_id(text: str) -> UUID:
    return uuid_of(text, "lines.unit_ids")
