"""Copies of clients: assessments, decisions, guidance and direct choices, as the guards of a voucher read them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

CLOSED_CLIENTS = frozenset({"MOVED_OUT", "DECEASED", "MERGED"})


@dataclass(frozen=True)
class ClientCopy:
    """A client: state and attention flags."""

    client_id: UUID
    state: str
    attention: tuple[str, ...]
    version: int

    @property
    def open(self) -> bool:
        """Whether new matters may be opened (INV-16)."""
        return self.state not in CLOSED_CLIENTS


@dataclass(frozen=True)
class AssessmentCopy:
    """A needs assessment; `completed_date` is None until its completion is known here."""

    assessment_id: UUID
    client_id: UUID
    performing_organisation_id: UUID | None = None
    completed_date: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class DecisionCopy:
    """A decision on a service; `units` is 0 where they are not counted."""

    decision_id: UUID
    assessment_id: UUID
    client_id: UUID
    service_code: str
    outcome: str
    units: int
    from_date: date
    to_date: date
    version: int
    effective: date | None = None

    @property
    def last_day_before(self) -> date:
        """The last day that was not touched by its newest change; the day before the first when it never changed."""
        return (self.effective or self.from_date) - timedelta(days=1)

    @property
    def grants(self) -> bool:
        """Whether it grants the service, at least in part."""
        return self.outcome in {"GRANTED", "PARTLY"}


@dataclass(frozen=True)
class GuidanceCopy:
    """Guidance, advice or support given for the choice of a voucher's provider."""

    guidance_id: UUID
    voucher_id: UUID
    client_id: UUID | None
    kind: str
    given_time: datetime


@dataclass(frozen=True)
class DirectChoiceCopy:
    """A client's choice of a centre or dental unit; in force from its first day until the day it ended."""

    choice_id: UUID
    client_id: UUID
    kind: str
    provider_id: UUID
    from_date: date
    ended_date: date | None
    version: int
