"""A limit of one matter: what is announced of it, and how it ends (LIMIT-3, ASSESSMENT-8)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from services.client.domain.deadlines.limits import Milestone
from services.client.domain.deadlines.refusals import DeadlineEnded, DeadlineNotByHand
from services.client.domain.refusals import DateNotAllowed

BY_HAND = frozenset({Milestone.DECIDE_ON_ASSESSMENT, Milestone.DECIDE, Milestone.IMPLEMENT, Milestone.START_THERAPY})
"""START and COMPLETE are ended by the assessment itself."""


class Notice(Enum):
    """What is announced of a deadline, each once at most."""

    APPROACHING = "APPROACHING"
    MISSED = "MISSED"


class DeadlineEnd(Enum):
    """How a limit ended: its milestone was reached, in time or late, or the matter fell away."""

    REACHED = "REACHED"
    FELL_AWAY = "FELL_AWAY"


@dataclass(eq=False, kw_only=True)
class Deadline:
    """A limit that runs from `begin_date` on, of an assessment or of a contact that asks for one.

    IMPLEMENT is of a decision. `service_codes`: a conforming delivery of one of these reaches the milestone.
    """

    id: UUID
    client_id: UUID
    milestone: Milestone
    begin_date: date
    due_date: date
    warn_date: date
    rule_codes: tuple[str, ...]
    service_codes: tuple[str, ...] = ()
    assessment_id: UUID | None = None
    contact_id: UUID | None = None
    decision_id: UUID | None = None
    ended_date: date | None = None
    end: DeadlineEnd | None = None
    end_reason: str = ""
    ended_by: str = ""
    told_approaching: datetime | None = None
    told_missed: datetime | None = None
    version: int = 0

    def due_notice(self, today: date, now: datetime) -> Notice | None:
        """The notice to announce now, never twice (ASSESSMENT-8). A missed deadline blocks nothing."""
        if self.ended_date is not None:
            return None
        if self.told_missed is None and today > self.due_date:
            self.told_missed = now
            return self._noticed(Notice.MISSED)
        if self.told_approaching is None and self.warn_date <= today <= self.due_date:
            self.told_approaching = now
            return self._noticed(Notice.APPROACHING)
        return None

    def reach(self, day: date, now: datetime) -> Notice | None:
        """The milestone was reached on `day`; a miss not announced yet is announced now."""
        return self._end(DeadlineEnd.REACHED, day, now)

    def fall_away(self, day: date, now: datetime) -> Notice | None:
        """The matter fell away on `day`; a miss not announced yet is announced now."""
        return self._end(DeadlineEnd.FELL_AWAY, day, now)

    def end_by_hand(
        self, end: DeadlineEnd, *, day: date, reason: str, by: str, today: date, now: datetime
    ) -> Notice | None:
        """An official states that it ended on `day`, which is not in the future nor before it began, and why."""
        if self.milestone not in BY_HAND:
            raise DeadlineNotByHand("start, complete or cancel the assessment: the limit ends by that")
        if self.ended_date is not None:
            raise DeadlineEnded("the limit ended already: its milestone was reached, or the matter fell away")
        if not self.begin_date <= day <= today:
            raise DateNotAllowed("ended_date", "LIMIT-5")
        self.end_reason, self.ended_by = reason, by
        return self._end(end, day, now)

    def _end(self, end: DeadlineEnd, day: date, now: datetime) -> Notice | None:
        if self.ended_date is not None:
            return None
        missed = self.due_notice(day, now) if day > self.due_date else None
        self.ended_date, self.end = day, end
        return missed

    def _noticed(self, what: Notice) -> Notice:
        self.version += 1
        return what
