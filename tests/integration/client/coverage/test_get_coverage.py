"""The coverage report, from the teams of this service and its copies of units and contracts."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from services.client.operations.neighbours.keep_contract import keep_contract
from services.client.operations.neighbours.keep_provider import keep_provider
from sote.client.v1 import coverage_service_pb2 as coverage
from sote.client.v1 import direct_choice_service_pb2, team_service_pb2
from sote.provider.v1 import contract_pb2
from tests.builders.client.county import COUNSELLOR, P02, SOCIAL_WORKER, U10, Hands, day, provider_facts
from tests.builders.client.direct_choices import HSSC, P03, U12, contract, guidance, tell_market


@pytest.fixture
def county(hands: Hands, own_session: Session) -> Session:
    """Two centres: U10 in Tampere and U12 in Nokia."""
    tell_market(own_session)
    for uid, unit, municipality in ((P02, U10, "837"), (P03, U12, "536")):
        facts = provider_facts(uid, "DIRECT_CHOICE_HSSC", {unit: "HSSC"}, version=2)
        facts.units[0].municipality_code = municipality
        keep_provider(own_session, facts=facts)
    own_session.commit()
    return own_session


def report(hands: Hands, role: str = "STE") -> Any:
    return hands.call(coverage.GetCoverageRequest(), role=role)


def centres(hands: Hands) -> dict[str, Any]:
    return {one.unit_id: one for one in report(hands).centres}


def contracted(session: Session, of: UUID, **changes: Any) -> None:
    keep_contract(session, facts=contract(of, version=2, **changes))
    session.commit()


def test_the_report_tells_the_centre_that_has_no_team_S1_15(hands: Hands, county: Session) -> None:
    team = hands.team()
    found = report(hands)
    assert (found.as_of_date, found.centres_without_team) == (day("2025-01-07"), 1)
    here, there = centres(hands)[str(U10)], centres(hands)[str(U12)]
    assert (list(here.team_ids), list(there.team_ids)) == ([team.uid], [])
    assert (here.social_workers, here.other_social, here.health) == (1, 1, 1)
    hands.call(team_service_pb2.RemoveTeamMemberRequest(name=team.name, professional_id=SOCIAL_WORKER.professional_id))
    assert report(hands).centres_without_team == 2


def test_it_tells_for_how_many_clients_the_social_workers_are_S2_19(hands: Hands, county: Session) -> None:
    client = hands.register()
    hands.call(guidance(client))
    hands.call(direct_choice_service_pb2.ChooseDirectRequest(name=client.name, kind=HSSC, unit_id=str(U10)))
    assert {unit: one.clients for unit, one in centres(hands).items()} == {str(U10): 1, str(U12): 0}


def test_every_municipality_of_the_county_is_in_the_report_S2_20(hands: Hands, county: Session) -> None:
    mobile = team_service_pb2.CreateTeamRequest(
        display_name="T2", attached_unit_ids=[str(U12)], mobile=True, area_municipality_codes=["936", "790"]
    )
    made = hands.call(mobile)
    for one in (SOCIAL_WORKER, COUNSELLOR):
        hands.call(team_service_pb2.AddTeamMemberRequest(name=made.name, professional=one))
    found = report(hands)
    served = {one.municipality_code for one in found.municipalities if one.centre_unit_ids or one.mobile_team_ids}
    assert served == {"536", "790", "936"}
    assert (len(found.municipalities), found.municipalities_without_team) == (23, 20)


def test_a_centre_is_in_it_while_it_may_have_clients_S1_15(hands: Hands, county: Session) -> None:
    contracted(county, P02, state=contract_pb2.CONTRACT_STATE_SUSPENDED)
    contracted(county, P03, state=contract_pb2.CONTRACT_STATE_TERMINATED)
    assert set(centres(hands)) == {str(U10)}
    hands.go_to("2026-01-01")
    assert set(centres(hands)) == set()
