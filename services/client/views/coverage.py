"""The question where the county's teams are (S1.15)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from services.client.domain.coverage import Centre, centre_coverage, municipality_coverage
from services.client.storage import choices, teams
from services.client.wire.coverage import coverage
from sote.client.v1 import coverage_service_pb2 as pb


def get_coverage(session: Session, municipalities: Collection[str], today: date) -> pb.Coverage:
    """The coverage of a day, from the teams of this service and its copies of units and contracts."""
    known = [Centre(*row) for row in choices.centres_under_contract(session, today)]
    active = teams.active(session)
    centres = centre_coverage(known, active)
    return coverage(today, centres, municipality_coverage(municipalities, centres, active))
