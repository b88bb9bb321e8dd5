"""The multi-professional team of the county enterprise (S1.16, S1.17) and its composition rule (INV-17)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from services.client.domain.clients.people import Category, Professional
from services.client.domain.clients.refusals import RegisteredProfessionalRequired
from services.client.domain.refusals import Unknown
from services.kernel.machine import move
from services.kernel.refusal import Refusal


class TeamState(Enum):
    """The states of a team."""

    FORMING = "FORMING"
    ACTIVE = "ACTIVE"
    INCOMPLETE = "INCOMPLETE"
    CLOSED = "CLOSED"


_OPEN = (TeamState.FORMING, TeamState.ACTIVE, TeamState.INCOMPLETE)
TRANSITIONS: dict[tuple[TeamState, str], TeamState] = {
    **{(state, command): state for state in _OPEN for command in ("add_member", "remove_member")},
    **{(state, "close"): TeamState.CLOSED for state in _OPEN},
    (TeamState.FORMING, "fulfil"): TeamState.ACTIVE,
    (TeamState.INCOMPLETE, "fulfil"): TeamState.ACTIVE,
    (TeamState.ACTIVE, "fulfil"): TeamState.ACTIVE,
    (TeamState.FORMING, "lack"): TeamState.FORMING,
    (TeamState.INCOMPLETE, "lack"): TeamState.INCOMPLETE,
    (TeamState.ACTIVE, "lack"): TeamState.INCOMPLETE,
}


@dataclass(frozen=True)
class Member:
    """A membership from its first day to its last; without a last day it lasts."""

    professional: Professional
    from_date: date
    to_date: date | None = None


@dataclass(eq=False, kw_only=True)
class Team:
    """A team; it is ACTIVE exactly while it fulfils the composition rule."""

    id: UUID
    county_scheme: str
    county_code: str
    enterprise_organisation_id: UUID
    display_name: str
    attached_unit_ids: tuple[UUID, ...]
    mobile: bool
    area_municipality_codes: tuple[str, ...]
    created_at: datetime
    created_by: str
    updated_at: datetime
    members: tuple[Member, ...] = ()
    state: TeamState = TeamState.FORMING
    version: int = 1

    def add_member(self, professional: Professional, *, today: date, now: datetime) -> bool:
        """Let a professional join, registered unless OTHER_SOCIAL; True when the team's state changed."""
        self._check("add_member")
        if professional.category is not Category.OTHER_SOCIAL and not professional.registered:
            raise RegisteredMemberRequired(
                "the professional has no number in the social welfare or health care register"
            )
        if self.member(professional.professional_id) is not None:
            raise MemberExists("the professional is a member of the team already")
        self.members = (*self.members, Member(professional, today))
        return self._settle(now)

    def remove_member(self, professional_id: str, *, today: date, now: datetime) -> bool:
        """End a membership; True when the team's state changed."""
        self._check("remove_member")
        if self.member(professional_id) is None:
            raise Unknown("member")
        self.members = tuple(
            replace(member, to_date=today)
            if member.professional.professional_id == professional_id and member.to_date is None
            else member
            for member in self.members
        )
        return self._settle(now)

    def close(self, now: datetime) -> None:
        """End the team."""
        self.state = self._check("close")
        self._touch(now)

    def member(self, professional_id: str) -> Professional | None:
        """The current member with this id, as the team knows them."""
        return next((member for member in self.current() if member.professional_id == professional_id), None)

    def current(self) -> tuple[Professional, ...]:
        """Everybody whose membership lasts."""
        return tuple(member.professional for member in self.members if member.to_date is None)

    def known(self, people: Iterable[Professional]) -> tuple[Professional, ...]:
        """These people, members as the team knows them."""
        return tuple(self.member(person.professional_id) or person for person in people)

    def moves_in(self, municipality: str) -> bool:
        """S1.21: the team is mobile and the municipality lies in its area."""
        return self.mobile and municipality in self.area_municipality_codes

    def fulfils_rule(self) -> bool:
        """INV-17: a social worker or more and another social-care professional or more; the centre is checked once."""
        categories = [member.category for member in self.current()]
        return Category.SOCIAL_WORKER in categories and Category.OTHER_SOCIAL in categories

    def _settle(self, now: datetime) -> bool:
        before = self.state
        self.state = self._check("fulfil" if self.fulfils_rule() else "lack")
        self._touch(now)
        return self.state is not before

    def _touch(self, now: datetime) -> None:
        self.version += 1
        self.updated_at = now

    def _check(self, command: str) -> TeamState:
        return move(TRANSITIONS, self.state, command, noun="a team")


def check_place(*, at_centre: bool, mobile: bool, area: Iterable[str]) -> None:
    """S1.16 and S1.21: a team has a health and social services centre, and an area when it moves."""
    if not at_centre:
        raise CentreRequired("none of the team's units is a health and social services centre")
    if mobile and not tuple(area):
        raise AreaRequired("a mobile team needs the municipalities it moves in")


class RegisteredMemberRequired(RegisteredProfessionalRequired):
    """A member of a team is registered."""

    rule = "S1.17"


class TeamOwnerNotAllowed(Refusal):
    """A team belongs to the county enterprise."""

    reason = "TEAM_OWNER_NOT_ALLOWED"
    rule = "S1.16"


class CentreRequired(Refusal):
    """A team works in connection with at least one health and social services centre."""

    reason = "CENTRE_REQUIRED"
    rule = "S1.16"


class AreaRequired(Refusal):
    """A team that moves has an area."""

    reason = "AREA_REQUIRED"
    rule = "S1.21"


class MemberExists(Refusal):
    """The professional is a member now."""

    reason = "MEMBER_EXISTS"
    rule = "S1.17"
    resource_type = "sote.client.v1.Team"
