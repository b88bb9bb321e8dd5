"""Rows of teams."""

from uuid import UUID

from sqlalchemy import Boolean, Column, Integer, Select, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, Json, code
from services.client.domain.refusals import Unknown
from services.client.domain.teams import Member, Team, TeamState
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns

teams = Table(
    "team",
    METADATA,
    *identity_columns(),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", code(TeamState, "state", length=40), nullable=False),
    Column("enterprise_organisation_id", Uuid, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("attached_unit_ids", ARRAY(Uuid, as_tuple=True), nullable=False),
    Column("mobile", Boolean, nullable=False),
    Column("area_municipality_codes", ARRAY(Text, as_tuple=True), nullable=False),
    Column("members", Json(tuple[Member, ...]), nullable=False),
    comment="multi-professional teams of the county enterprise (S1.16)",
)

MAPPERS.map_imperatively(Team, teams, version_id_col=teams.c.version, version_id_generator=False)


def get_team(session: Session, team_id: UUID) -> Team:
    """The team; `Unknown` when there is none."""
    return _known(session.get(Team, team_id), team_id)


def load_team(session: Session, team_id: UUID) -> Team:
    """The team, its row locked until the transaction ends."""
    return _known(session.get(Team, team_id, with_for_update=True, populate_existing=True), team_id)


def load_team_for_use(session: Session, team_id: UUID) -> Team:
    """The team, its row kept from change until the transaction ends; others may use it at the same time."""
    return _known(session.get(Team, team_id, with_for_update={"read": True}, populate_existing=True), team_id)


def active(session: Session) -> list[Team]:
    """The teams that fulfil the composition rule."""
    return list(session.scalars(select(Team).where(teams.c.state == TeamState.ACTIVE)))


def every() -> Select[Team]:
    """All teams, for a page of them."""
    return select(Team)


def _known(found: Team | None, team_id: UUID) -> Team:
    if found is None:
        raise Unknown("team", f"teams/{team_id}")
    return found
