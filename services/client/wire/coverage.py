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
        centres=[_centre(one) for one in centres],
        municipalities=[
            pb.MunicipalityCoverage(
                municipality_code=one.code,
                centre_unit_ids=[str(unit) for unit in one.centre_unit_ids],
                mobile_team_ids=[str(team) for team in one.mobile_team_ids],
            )
            for one in municipalities
        ],
        centres_without_team=sum(not one.team_ids for one in centres),
        municipalities_without_team=sum(not one.served for one in municipalities),
    )


def _centre(one: CentreCoverage) -> pb.CentreCoverage:
    return pb.CentreCoverage(
        unit_id=str(one.centre.unit_id),
        provider_id=str(one.centre.provider_id),
        municipality_code=one.centre.municipality_code,
        team_ids=[str(team) for team in one.team_ids],
        social_workers=one.people[Category.SOCIAL_WORKER],
        other_social=one.people[Category.OTHER_SOCIAL],
        health=one.people[Category.HEALTH],
        clients=one.centre.clients,
    )
