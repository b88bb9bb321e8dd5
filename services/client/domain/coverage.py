"""Where the county's teams are and where none is (S1.15, S2.19, S2.20)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from services.client.domain.clients.people import Category
from services.client.domain.teams import Team, TeamState


@dataclass(frozen=True)
class Centre:
    """A health and social services centre that may have clients, and how many have chosen it."""

    unit_id: UUID
    provider_id: UUID
    municipality_code: str
    clients: int


@dataclass(frozen=True)
class CentreCoverage:
    """The ACTIVE teams of a centre, and how many of each category are in them; who is in two counts once."""

    centre: Centre
    team_ids: tuple[UUID, ...]
    people: Counter[Category]


@dataclass(frozen=True)
class MunicipalityCoverage:
    """What serves a municipality: centres in it that have a team, and teams that move in it."""

    code: str
    centre_unit_ids: tuple[UUID, ...]
    mobile_team_ids: tuple[UUID, ...]

    @property
    def served(self) -> bool:
        """Some team serves it."""
        return bool(self.centre_unit_ids or self.mobile_team_ids)


def centre_coverage(centres: Iterable[Centre], teams: Collection[Team]) -> list[CentreCoverage]:
    """S1.15: each centre with its teams, or with none."""
    active = _active(teams)
    return [
        _of_centre(centre, [team for team in active if centre.unit_id in team.attached_unit_ids])
        for centre in sorted(centres, key=lambda centre: centre.unit_id)
    ]


def municipality_coverage(
    codes: Iterable[str], centres: Iterable[CentreCoverage], teams: Collection[Team]
) -> list[MunicipalityCoverage]:
    """S2.20: each municipality with the centres and the moving teams that serve it."""
    staffed = [centre.centre for centre in centres if centre.team_ids]
    mobile = [team for team in _active(teams) if team.mobile]
    return [
        MunicipalityCoverage(
            code,
            tuple(centre.unit_id for centre in staffed if centre.municipality_code == code),
            tuple(team.id for team in mobile if code in team.area_municipality_codes),
        )
        for code in sorted(codes)
    ]


def _active(teams: Collection[Team]) -> list[Team]:
    """An INCOMPLETE team covers nothing: it lacks what the rule asks for (INV-17)."""
    return sorted((team for team in teams if team.state is TeamState.ACTIVE), key=lambda team: team.id)


def _of_centre(centre: Centre, teams: list[Team]) -> CentreCoverage:
    people = {member.professional_id: member.category for team in teams for member in team.current()}
    return CentreCoverage(centre, tuple(team.id for team in teams), Counter(people.values()))
