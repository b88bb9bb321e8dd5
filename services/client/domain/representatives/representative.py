"""Who represents a client or cares for one informally (REPRESENTATIVE-1), and who may act in a client's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from uuid import UUID

from services.client.domain.clients.identity_code import ADULT_AGE
from services.client.domain.consents.consent import ConsentTarget
from services.client.domain.consents.consent import Scope as ConsentScope
from services.client.domain.consents.refusals import NotAMinor
from services.client.domain.days import months_later
from services.client.domain.representatives.refusals import RepresentationPeriod, SelfRepresented
from services.kernel.care import Sector
from services.kernel.machine import move


class RepresentativeKind(Enum):
    """In what capacity a representative acts for the client."""

    GUARDIAN = "GUARDIAN"
    TRUSTEE = "TRUSTEE"
    AUTHORISED = "AUTHORISED"
    INFORMAL_CARER = "INFORMAL_CARER"


class RepresentedMatters(Enum):
    """In which matters."""

    ALL = "ALL"
    SOCIAL = "SOCIAL"
    HEALTH = "HEALTH"


class RepresentativeState(Enum):
    """Whether it counts, within its days."""

    IN_FORCE = "IN_FORCE"
    ENDED = "ENDED"


TRANSITIONS: dict[tuple[RepresentativeState, str], RepresentativeState] = {
    (RepresentativeState.IN_FORCE, "end"): RepresentativeState.ENDED,
}
ACTING = frozenset({RepresentativeKind.GUARDIAN, RepresentativeKind.TRUSTEE, RepresentativeKind.AUTHORISED})


@dataclass(frozen=True)
class RepresentativePerson:
    """Who it is, where the county does not know the person as a client; kept sealed."""

    name: str
    phone: str = ""


@dataclass(eq=False, kw_only=True)
class Representative:
    """Somebody who stands for a client: a client of the county, or a person kept apart and sealed."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    kind: RepresentativeKind
    matters: RepresentedMatters
    representative_client_id: UUID | None
    from_date: date
    to_date: date | None
    created_at: datetime
    created_by: str
    state: RepresentativeState = RepresentativeState.IN_FORCE
    ended_date: date | None = None
    version: int = 1

    def end(self, today: date) -> None:
        """It ends today, once."""
        self.state = move(TRANSITIONS, self.state, "end", noun="a representative")
        self.ended_date = today
        self.version += 1

    def holds(self, day: date) -> bool:
        """In force, and within its days."""
        in_days = self.from_date <= day and (self.to_date is None or day <= self.to_date)
        return self.state is RepresentativeState.IN_FORCE and in_days


def last_day(
    kind: RepresentativeKind, *, from_date: date, to_date: date | None, born: date | None, today: date
) -> date | None:
    """The last day: as given, and for a guardian the day before the client comes of age at the latest."""
    if to_date is not None and to_date < from_date:
        raise RepresentationPeriod("the last day lies before the first")
    if kind is not RepresentativeKind.GUARDIAN:
        return to_date
    if born is None or months_later(born, ADULT_AGE * 12) <= max(today, from_date):
        raise NotAMinor("the client is of age, or the day of birth is not known")
    of_age = months_later(born, ADULT_AGE * 12) - timedelta(days=1)
    return min(to_date, of_age) if to_date else of_age


def check_person(client_id: UUID, representative_client_id: UUID | None) -> None:
    """Nobody represents themselves."""
    if client_id == representative_client_id:
        raise SelfRepresented("nobody represents themselves")


def may_act(
    representing: Iterable[Representative],
    denials: Iterable[ConsentScope],
    *,
    sector: Sector | None,
    today: date,
) -> bool:
    """Whether one of these lets its holder act where the client may, in a sector or (None) in all matters.

    An informal carer does not act; a guardian does not where the minor forbade it (CONSENT-7).
    """
    closed = {denial.sector for denial in denials if denial.target is ConsentTarget.GUARDIAN}
    forbidden = bool(closed) if sector is None else sector in closed
    fitting = {RepresentedMatters.ALL} | ({RepresentedMatters(sector.value)} if sector else set())
    return any(
        representative.holds(today)
        and representative.kind in ACTING
        and representative.matters in fitting
        and not (representative.kind is RepresentativeKind.GUARDIAN and forbidden)
        for representative in representing
    )
