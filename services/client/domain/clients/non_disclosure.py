"""Non-disclosure orders (CLIENT-5, NONDISCLOSURE-1): how long they last, and who may know a client's whereabouts in
spite of one."""

from dataclasses import dataclass
from datetime import date

from services.client.domain.clients.refusals import NonDisclosurePeriod
from services.client.domain.days import months_later

GRANTED_MONTHS = 60
EXTENDED_MONTHS = 24
ENTITLED = frozenset({"CSW", "CSP", "FIN", "CLI", "SYS"})
"""The roles that get whereabouts in spite of an order (ACCESS-3): the county's own, and the client."""


@dataclass(frozen=True)
class NonDisclosure:
    """An order, with what may be disclosed to all; in force until it is ended, even after its last day."""

    from_date: date
    valid_to: date
    contact_address: str = ""
    safe_phone: str = ""


def order(
    current: NonDisclosure | None, *, valid_to: date, contact_address: str, safe_phone: str, today: date
) -> NonDisclosure:
    """A new order of at most five years, or the current one extended by at most two."""
    first, last = today, months_later(today, GRANTED_MONTHS)
    if current is not None:
        first, last = current.from_date, months_later(current.valid_to, EXTENDED_MONTHS)
    if not today <= valid_to <= last:
        raise NonDisclosurePeriod(
            "the last day lies in the past, or later than an order may be granted or extended for"
        )
    return NonDisclosure(first, valid_to, contact_address, safe_phone)
