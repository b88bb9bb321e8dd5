"""The needs assessment: every state with every command, and the guards of ASSESSMENT-2 and ASSESSMENT-4."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from services.client.domain.assessments.assessment import (
    TRANSITIONS,
    Assessment,
    AssessmentState,
    CancelReason,
    lead_of,
)
from services.client.domain.assessments.checklist import Answer
from services.client.domain.assessments.refusals import (
    ArrangementNotAllowed,
    AssessmentIncomplete,
    LeadNotInTeam,
    PeriodInvalid,
    SectorNotCovered,
    ServiceUnknown,
    TeamNotActive,
)
from services.client.domain.clients.refusals import SocialWorkerRequired
from services.kernel.care import Arrangement, DeliveryMode, NeedDomain
from services.kernel.refusal import IllegalTransition
from tests.builders.client.people import (
    CATALOGUE,
    COUNSELLOR,
    NOW,
    PSYCHOLOGIST,
    SOCIAL_WORKER,
    TODAY,
    answers,
    assessment,
    findings,
    recommended,
    started,
    team,
)

S = AssessmentState


def start(one: Assessment) -> None:
    one.start(
        team=team(SOCIAL_WORKER, COUNSELLOR),
        lead_id="sw",
        participants=(PSYCHOLOGIST,),
        unit_id=None,
        mode=DeliveryMode.AT_HOME,
        municipality="837",
        special_support=False,
        today=TODAY,
        now=NOW,
    )


def complete(one: Assessment, **changes: object) -> None:
    found = replace(findings(), **changes)  # type: ignore[arg-type]
    one.complete(found, others=(), catalogue=CATALOGUE, special_support=False, today=TODAY, now=NOW)


COMMANDS: dict[str, Callable[[Assessment], object]] = {
    "start": start,
    "wait": lambda one: one.wait("information", NOW),
    "resume": lambda one: one.resume(NOW),
    "complete": complete,
    "cancel": lambda one: one.cancel(CancelReason.CLIENT_WITHDREW, NOW),
    "supersede": lambda one: one.supersede(NOW),
    "decide": lambda one: one.check("decide"),
}
PATHS: dict[AssessmentState, tuple[str, ...]] = {
    S.INITIATED: (),
    S.STARTED: ("start",),
    S.WAITING: ("start", "wait"),
    S.COMPLETED: ("start", "complete"),
    S.CANCELLED: ("cancel",),
    S.SUPERSEDED: ("start", "complete", "supersede"),
}


def in_state(state: AssessmentState) -> Assessment:
    one = assessment()
    for command in PATHS[state]:
        COMMANDS[command](one)
    assert one.state is state
    return one


def test_every_command_of_the_table_is_tried() -> None:
    assert {command for _, command in TRANSITIONS} == set(COMMANDS)


@pytest.mark.parametrize(
    ("state", "command"), list(product(PATHS, COMMANDS)), ids=lambda one: getattr(one, "value", one)
)
def test_every_state_with_every_command_REFUSAL_1(state: AssessmentState, command: str) -> None:
    one = in_state(state)
    version = one.version
    after = TRANSITIONS.get((state, command))
    if after is not None:
        COMMANDS[command](one)
        assert one.state is after
        return
    with pytest.raises(IllegalTransition):
        COMMANDS[command](one)
    assert (one.state, one.version) == (state, version)


def test_an_active_team_and_one_of_its_members_ASSESSMENT_2() -> None:
    with pytest.raises(TeamNotActive):
        lead_of(team(SOCIAL_WORKER), "sw", special_support=False)
    with pytest.raises(LeadNotInTeam):
        lead_of(team(SOCIAL_WORKER, COUNSELLOR), "psy", special_support=False)
    assert lead_of(team(SOCIAL_WORKER, COUNSELLOR), "sc", special_support=False) == COUNSELLOR


def test_special_support_is_led_by_a_social_worker_S1_14() -> None:
    with pytest.raises(SocialWorkerRequired):
        started(special_support=True, lead="sc")
    assert started(special_support=True).lead == SOCIAL_WORKER


def test_special_support_set_while_it_was_made_needs_a_social_worker_too_S1_14() -> None:
    one = started(lead="sc")
    with pytest.raises(SocialWorkerRequired):
        one.complete(findings(), others=(), catalogue=CATALOGUE, special_support=True, today=TODAY, now=NOW)
    assert one.state is S.STARTED


def test_late_is_after_the_due_date_and_stops_nothing_ASSESSMENT_2() -> None:
    one = started()
    assert not one.started_late
    one.started_date = date(2025, 1, 17)
    assert one.started_late


@pytest.mark.parametrize("missing", NeedDomain, ids=lambda one: one.value)
def test_every_domain_is_answered_S1_08(missing: NeedDomain) -> None:
    told = tuple(answer for answer in answers() if answer.domain is not missing)
    with pytest.raises(AssessmentIncomplete, match=missing.value):
        complete(started(), answers=told)


def test_no_domain_is_answered_twice_and_a_need_has_words_S1_08() -> None:
    with pytest.raises(AssessmentIncomplete, match="twice"):
        complete(started(), answers=(*answers(), Answer(NeedDomain.HOUSING, 0, "")))
    wordless = tuple(replace(one, level=2) if one.domain is NeedDomain.HOUSING else one for one in answers())
    with pytest.raises(AssessmentIncomplete, match="HOUSING"):
        complete(started(), answers=wordless)


def test_the_client_s_view_or_why_it_is_missing_ASSESSMENT_4() -> None:
    with pytest.raises(AssessmentIncomplete, match="view"):
        complete(started(), client_view=" ")
    complete(started(), client_view="", client_view_missing_reason="seven years old, did not want to")


def test_both_sectors_take_part_when_needs_span_both_S1_10() -> None:
    one = assessment()
    one.start(
        team=team(SOCIAL_WORKER, COUNSELLOR),
        lead_id="sw",
        participants=(),
        unit_id=None,
        mode=DeliveryMode.AT_CENTRE,
        municipality="837",
        special_support=False,
        today=TODAY,
        now=NOW,
    )
    with pytest.raises(SectorNotCovered, match="health"):
        complete(one)
    one.complete(findings(), others=(PSYCHOLOGIST,), catalogue=CATALOGUE, special_support=False, today=TODAY, now=NOW)
    assert one.participants == (PSYCHOLOGIST,)


def test_either_sector_covers_what_both_know_S1_10() -> None:
    one = assessment()
    one.start(
        team=team(SOCIAL_WORKER, COUNSELLOR),
        lead_id="sc",
        participants=(),
        unit_id=None,
        mode=DeliveryMode.E_SERVICE,
        municipality="837",
        special_support=False,
        today=TODAY,
        now=NOW,
    )
    complete(one, answers=answers(FUNCTIONAL_CAPACITY=2))


def test_recommended_services_are_in_the_catalogue_and_arranged_as_it_says_ASSESSMENT_4() -> None:
    with pytest.raises(ServiceUnknown, match="SOC-NONE"):
        complete(started(), recommended=(recommended("SOC-NONE", Arrangement.OWN),))
    with pytest.raises(ArrangementNotAllowed, match="SOC-FAM-HOME"):
        complete(started(), recommended=(recommended("SOC-FAM-HOME", Arrangement.OWN),))
    complete(started(), recommended=(recommended("SOC-FAM-HOME", Arrangement.VOUCHER),))


@pytest.mark.parametrize(
    ("first", "last"), [(date(2025, 3, 2), date(2025, 3, 1)), (date(2025, 3, 2), None), (None, date(2025, 3, 2))]
)
def test_a_period_has_both_ends_in_order_ASSESSMENT_4(first: date | None, last: date | None) -> None:
    service = replace(recommended("HLT-OT", Arrangement.VOUCHER), from_date=first, to_date=last)
    with pytest.raises(PeriodInvalid):
        complete(started(), recommended=(service,))
    complete(started(), recommended=(replace(service, from_date=None, to_date=None),))


def test_a_team_moves_in_its_area_and_only_if_it_moves_S1_21() -> None:
    one = team(SOCIAL_WORKER, COUNSELLOR)
    one.area_municipality_codes = ("837", "936")
    assert not one.moves_in("837")
    one.mobile = True
    assert [one.moves_in(code) for code in ("837", "936", "790", "")] == [True, True, False, False]
