"""Where the county's teams are: centres without one, municipalities that nothing serves."""

from dataclasses import replace
from uuid import UUID

from services.client.domain.clients.people import Category
from services.client.domain.coverage import Centre, centre_coverage, municipality_coverage
from services.client.domain.teams import Team
from tests.builders.client.people import COUNSELLOR, NOW, PSYCHOLOGIST, SECOND_SOCIAL_WORKER, SOCIAL_WORKER, TODAY, team

U10, U11, U12 = (UUID(int=number) for number in (10, 11, 12))
P02 = UUID(int=2)
CENTRES = [Centre(U11, P02, "536", 40), Centre(U10, P02, "837", 0), Centre(U12, P02, "", 3)]


def at(one: Team, *units: UUID, area: tuple[str, ...] = ()) -> Team:
    one.attached_unit_ids, one.mobile, one.area_municipality_codes = units, bool(area), area
    return one


def full(*units: UUID, area: tuple[str, ...] = ()) -> Team:
    return at(team(SOCIAL_WORKER, COUNSELLOR, PSYCHOLOGIST), *units, area=area)


def test_a_centre_without_an_active_team_is_told_S1_15() -> None:
    lost = full(U11)
    lost.remove_member(SOCIAL_WORKER.professional_id, today=TODAY, now=NOW)
    found = centre_coverage(CENTRES, [full(U10), lost, at(team(SOCIAL_WORKER), U12)])
    assert [(one.centre.unit_id, bool(one.team_ids)) for one in found] == [(U10, True), (U11, False), (U12, False)]


def test_the_social_workers_of_a_centre_are_counted_once_S2_19() -> None:
    second = full(U10, U11)
    second.add_member(SECOND_SOCIAL_WORKER, today=TODAY, now=NOW)
    first, other, _ = centre_coverage(CENTRES, [full(U10), second])
    assert first.people == {Category.SOCIAL_WORKER: 2, Category.OTHER_SOCIAL: 1, Category.HEALTH: 1}
    assert (len(first.team_ids), len(other.team_ids), other.people[Category.SOCIAL_WORKER]) == (2, 1, 2)
    second.remove_member(SECOND_SOCIAL_WORKER.professional_id, today=TODAY, now=NOW)
    assert centre_coverage(CENTRES, [second])[0].people[Category.SOCIAL_WORKER] == 1


def test_a_municipality_is_served_by_a_centre_in_it_or_by_a_team_that_moves_in_it_S2_20() -> None:
    mobile, closed = full(U10, area=("790", "936")), full(U11, area=("562",))
    closed.close(NOW)
    teams = [mobile, closed]
    found = municipality_coverage(["936", "837", "536", "562"], centre_coverage(CENTRES, teams), teams)
    assert [(one.code, one.served) for one in found] == [
        ("536", False),
        ("562", False),
        ("837", True),
        ("936", True),
    ]
    assert (found[2].centre_unit_ids, found[3].mobile_team_ids) == ((U10,), (mobile.id,))


def test_a_team_that_does_not_move_serves_its_centres_only_S2_20() -> None:
    still = full(U10, area=("936",))
    still.mobile = False
    (found,) = municipality_coverage(["936"], centre_coverage([replace(CENTRES[1])], [still]), [still])
    assert not found.served
