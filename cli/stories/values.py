"""Small values the stories write and read: days, money, needs and professionals."""

from collections.abc import Mapping
from datetime import date

from google.type import date_pb2

from sote.client.v1 import assessment_pb2
from sote.type.v1 import care_pb2, money_pb2

DOMAINS = [value for value in care_pb2.NeedDomain.values() if value]


def day(value: date) -> date_pb2.Date:
    """A date on the wire."""
    return date_pb2.Date(year=value.year, month=value.month, day=value.day)


def day_of(value: date_pb2.Date) -> date:
    """A date from the wire."""
    return date(value.year, value.month, value.day)


def euros(amount: money_pb2.Money) -> str:
    """An amount as people write it, such as 7 759.00."""
    return cents_as_euros(amount.cents)


def cents_as_euros(cents: int) -> str:
    """Cents as people write euros: a thin group of three, a point and two digits."""
    sign, whole, rest = "-" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    return f"{sign}{whole:,}.{rest:02d}".replace(",", " ")


def answers(
    needs: Mapping["care_pb2.NeedDomain.ValueType", tuple[int, str]],
) -> list[assessment_pb2.DomainAnswer]:
    """All twelve domains answered: those of `needs` with level and text, the others without need."""
    return [
        assessment_pb2.DomainAnswer(
            domain=domain,
            level=needs.get(domain, (0, ""))[0],
            text=needs.get(domain, (0, "no need"))[1],
        )
        for domain in DOMAINS
    ]
