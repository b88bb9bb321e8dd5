"""The coverage report on the wire."""

from datetime import date

from services.chassis.values import day
from services.client.domain.clients.people import Category
from services.client.domain.coverage import CentreCoverage, MunicipalityCoverage
from sote.client.v1 import coverage_service_pb2 as pb


def coverage(today: date, centres: list[CentreCoverage], municipalities: list[MunicipalityCoverage]) -> pb.Coverage:
    """The report of a day."""
    return pb.Coverage(
        as_of_date=day(today),
        centres=[_centre(centre) for centre in centres],
        municipalities=[
            pb.MunicipalityCoverage(
                municipality_code=municipality.code,
                centre_unit_ids=[str(unit) for unit in municipality.centre_unit_ids],
                mobile_team_ids=[str(team) for team in municipality.mobile_team_ids],
            )
            for municipality in municipalities
        ],
        centres_without_team=sum(not centre.team_ids for centre in centres),
        municipalities_without_team=sum(not municipality.served for municipality in municipalities),
    )


def _centre(centre_coverage: CentreCoverage) -> pb.CentreCoverage:
    return pb.CentreCoverage(
        unit_id=str(centre_coverage.centre.unit_id),
        provider_id=str(centre_coverage.centre.provider_id),
        municipality_code=centre_coverage.centre.municipality_code,
        team_ids=[str(team) for team in centre_coverage.team_ids],
        social_workers=centre_coverage.people[Category.SOCIAL_WORKER],
        other_social=centre_coverage.people[Category.OTHER_SOCIAL],
        health=centre_coverage.people[Category.HEALTH],
        clients=centre_coverage.centre.clients,
    )
