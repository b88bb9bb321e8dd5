"""A contact: a question, a message or a notification (CLIENT-1). It never changes."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from services.kernel.refusal import Refusal


class Channel(Enum):
    """How contact was made."""

    VISIT = "VISIT"
    PHONE = "PHONE"
    ELECTRONIC = "ELECTRONIC"
    OUTREACH = "OUTREACH"
    LETTER = "LETTER"


class Initiator(Enum):
    """Who made contact."""

    SELF = "SELF"
    RELATIVE = "RELATIVE"
    PROFESSIONAL = "PROFESSIONAL"
    NOTIFICATION = "NOTIFICATION"


@dataclass(frozen=True, kw_only=True)
class ContactReport:
    """What is reported of a contact; without an instant it came now."""

    channel: Channel
    unit_id: UUID | None
    initiator: Initiator
    urgent: bool
    text: str
    received_at: datetime | None
    child_welfare: bool


@dataclass(eq=False, kw_only=True)
class Contact:
    """A contact, of a client or anonymous; `received_at` is when the matter became pending.

    `child_welfare`: a notification or request of child welfare; whether to assess is decided within a limit.
    """

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID | None
    channel: Channel
    unit_id: UUID | None
    initiator: Initiator
    urgent: bool
    text: str
    received_at: datetime
    created_at: datetime
    created_by: str
    child_welfare: bool = False


def check_received(received_at: datetime, now: datetime) -> None:
    """A contact may be recorded later; one of the future is refused with `TimeInFuture`."""
    if received_at > now:
        raise TimeInFuture("the contact cannot have come later than now")


class TimeInFuture(Refusal):
    """What happened cannot have happened later than now."""

    reason = "TIME_IN_FUTURE"
    rule = "CLIENT-1"
    field = "received_time"
