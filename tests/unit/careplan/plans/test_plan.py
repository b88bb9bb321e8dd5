"""A plan's guards: who must have answered, what must be told, what comes into force."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.careplan.domain.consultations.consultation import Consultation, ConsultationState
from services.careplan.domain.plan_versions.minor_version import assign_provider, unassign_provider
from services.careplan.domain.plan_versions.plan_version import version_in_force
from services.careplan.domain.plans.content import Content, Part
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.plans.plan_service import PlanServiceState as State
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import (
    ClientViewMissing,
    ConsultationPending,
    DeliveryOpen,
    GoalUnknown,
    NotTheOperator,
    ObjectionUnresolved,
    PlanEmpty,
    PlanServiceDone,
    PlanServiceUnknown,
)
from services.careplan.domain.terms import ReviewCause
from services.kernel.care import Arrangement
from services.kernel.refusal import IllegalTransition
from tests.builders.careplan.plans import (
    DOCTOR,
    ENTERPRISE,
    FULL,
    GOAL,
    GP,
    HELPER,
    NOW,
    OWN,
    PURCHASE,
    RULES,
    SUPPORTER,
    TODAY,
    VOUCHER,
    active,
    asked,
    line,
    plan,
    reviewed,
    uid,
)


def bring(made: Plan, answers: list[Consultation]) -> None:
    made.activate(answers, now=NOW, today=TODAY, rules=RULES)


def consulted(made: Plan) -> dict[UUID, Part]:
    return made.start_consultation()


def test_only_the_operator_may_INV_02() -> None:
    made = plan()
    made.require_operator(ENTERPRISE)
    for other in (HELPER, None):
        with pytest.raises(NotTheOperator):
            made.require_operator(other)


@pytest.mark.parametrize("draft", [replace(FULL, services=()), replace(FULL, goals=())])
def test_a_plan_has_a_service_and_a_goal_PLAN_3(draft: Content) -> None:
    made = plan(draft)
    with pytest.raises(PlanEmpty):
        made.start_consultation()
    assert made.state is PlanState.DRAFT


def test_every_other_provider_of_the_draft_is_asked_S1_29() -> None:
    assert list(consulted(plan())) == [SUPPORTER, DOCTOR]


def test_an_unasked_or_unanswered_provider_blocks_S1_29() -> None:
    made = plan()
    parts = consulted(made)
    pending = [asked(made, who, part, ConsultationState.PENDING) for who, part in parts.items()]
    for answers in ([], pending, [asked(made, SUPPORTER, parts[SUPPORTER])]):
        with pytest.raises(ConsultationPending):
            bring(made, answers)
    assert made.state is PlanState.CONSULTATION
    for one in pending:
        one.time_out()
    bring(made, pending)
    assert made.version_number == "1.0"


def test_an_answer_about_other_terms_does_not_count_S1_29() -> None:
    made = plan()
    parts = consulted(made)
    answers = [asked(made, who, part) for who, part in parts.items()]
    made.draft = made.drawn_up().with_line(replace(PURCHASE, units=7))
    with pytest.raises(ConsultationPending):
        bring(made, answers)


def test_an_objection_blocks_until_it_is_resolved_PLAN_6() -> None:
    made = plan()
    parts = consulted(made)
    answers = [asked(made, who, part) for who, part in parts.items()]
    answers[0].state = ConsultationState.OBJECTED
    with pytest.raises(ObjectionUnresolved):
        bring(made, answers)
    answers[0].resolve("agreed by telephone on another day")
    bring(made, answers)
    assert made.state is PlanState.ACTIVE


def test_the_clients_view_is_recorded_PLAN_6() -> None:
    made = plan(replace(FULL, client_view="  "))
    answers = [asked(made, who, part) for who, part in consulted(made).items()]
    with pytest.raises(ClientViewMissing):
        bring(made, answers)


def test_vouchers_await_a_choice_others_are_assigned_PLAN_6() -> None:
    made = active()
    states = {service.service_code: service.state for service in made.services}
    assert states == {
        "SOC-FAM-WORK": State.ASSIGNED,
        "SOC-FAM-HOME": State.AWAITING_CHOICE,
        "SOC-FAM-SUPP": State.ASSIGNED,
        "HLT-GP": State.ASSIGNED,
    }
    assert (made.draft, made.review_due is not None) == (None, True)


def test_a_choice_is_a_minor_version_and_can_be_taken_back_PLAN_9() -> None:
    made = active()
    service = made.service(VOUCHER.plan_service_id)
    assign_provider(made, service, provider_id=HELPER, unit_id=None, contract_id=uid(7), now=NOW)
    assert (made.version_number, service.state, service.provider_id) == ("1.1", State.ASSIGNED, HELPER)
    with pytest.raises(IllegalTransition):
        assign_provider(made, service, provider_id=HELPER, unit_id=None, contract_id=uid(7), now=NOW)
    unassign_provider(made, service, now=NOW)
    assert (made.version_number, service.state, service.contract_id) == ("1.2", State.AWAITING_CHOICE, None)


def test_a_review_goes_on_with_the_chosen_provider_PLAN_9() -> None:
    made = active()
    made.start_review(ReviewCause.SCHEDULED)
    service = made.service(VOUCHER.plan_service_id)
    assign_provider(made, service, provider_id=HELPER, unit_id=None, contract_id=uid(7), now=NOW)
    drawn = made.drawn_up().line(VOUCHER.plan_service_id)
    assert drawn is not None
    assert drawn.provider_id == HELPER
    assert made.parts_to_consult() == {}


def test_only_new_or_changed_parts_are_consulted_in_a_review_PLAN_12() -> None:
    made = active()
    made.start_review(ReviewCause.NEED_CHANGED)
    assert consulted(made) == {}
    made.edit(reviewed(made, replace(PURCHASE, units=8)))
    assert list(made.parts_to_consult()) == [SUPPORTER]


def test_the_next_version_changes_adds_and_cancels_PLAN_13() -> None:
    made = active()
    made.start_review(ReviewCause.NEED_CHANGED)
    speech = line(15, "HLT-SPEECH", Arrangement.VOUCHER, None, 10)
    draft = reviewed(made, replace(OWN, units=40), speech)
    made.edit(replace(draft, services=tuple(one for one in draft.services if one != GP)))
    bring(made, [asked(made, who, part) for who, part in consulted(made).items()])
    states = {service.service_code: (service.state, service.units) for service in made.services}
    assert made.version_number == "2.0"
    assert states["SOC-FAM-WORK"] == (State.ASSIGNED, 40)
    assert states["HLT-SPEECH"] == (State.AWAITING_CHOICE, 10)
    assert states["HLT-GP"] == (State.CANCELLED, 0)
    assert GP not in made.in_force().services


def test_changed_terms_must_be_acknowledged_again_PLAN_13() -> None:
    made = active()
    service = made.service(PURCHASE.plan_service_id)
    service.take("acknowledge")
    made.start_review(ReviewCause.NEED_CHANGED)
    made.edit(reviewed(made, replace(PURCHASE, units=8)))
    bring(made, [asked(made, who, part) for who, part in consulted(made).items()])
    assert service.state is State.ASSIGNED


def test_a_service_handed_to_another_provider_begins_anew_PLAN_13() -> None:
    made = active()
    service = made.service(PURCHASE.plan_service_id)
    service.take("deliver")
    made.start_review(ReviewCause.REROUTE)
    made.edit(reviewed(made, replace(PURCHASE, provider_id=HELPER)))
    bring(made, [asked(made, who, part) for who, part in consulted(made).items()])
    assert (service.state, service.provider_id) == (State.ASSIGNED, HELPER)


def test_a_discarded_review_leaves_the_version_in_force_PLAN_14() -> None:
    made = active()
    before = made.in_force()
    made.start_review(ReviewCause.COUNTY)
    made.edit(reviewed(made, replace(PURCHASE, units=8)))
    made.discard_review("not needed")
    assert (made.state, made.version_number, made.in_force()) == (PlanState.ACTIVE, "1.0", before)


def test_a_service_serves_goals_of_its_plan_PLAN_2() -> None:
    with pytest.raises(GoalUnknown):
        plan().edit(FULL.with_line(replace(OWN, goal_ids=(uid(41),))))
    plan().edit(FULL.with_line(replace(OWN, goal_ids=(GOAL.goal_id,))))


BY_COUNTY = replace(VOUCHER, arrangement=Arrangement.OWN, provider_id=ENTERPRISE)


def without(made: Plan, service: PlanService) -> Content:
    """What is drawn up, the service left out."""
    draft = made.drawn_up()
    return replace(draft, services=tuple(one for one in draft.services if one.plan_service_id != service.id))


def on_voucher() -> tuple[Plan, PlanService]:
    """A plan in a review, and its service that a voucher funds."""
    made = active()
    service = made.service(VOUCHER.plan_service_id)
    assign_provider(made, service, provider_id=HELPER, unit_id=None, contract_id=uid(60), now=NOW)
    service.voucher_id = uid(50)
    made.start_review(ReviewCause.NEED_CHANGED)
    return made, service


def test_done_services_stay_PLAN_2_PLANSERVICE_5() -> None:
    made, service = on_voucher()
    service.state = State.COMPLETED
    with pytest.raises(PlanServiceDone):
        made.edit(without(made, service))
    with pytest.raises(PlanServiceDone):
        made.edit(reviewed(made, BY_COUNTY))


def test_a_service_left_out_is_cancelled_with_its_version_and_keeps_its_voucher_PLANBOUND_1() -> None:
    made, service = on_voucher()
    made.edit(without(made, service))
    assert service.state is State.ASSIGNED
    bring(made, [])
    assert (service.state, service.voucher_id, service.provider_id) == (State.CANCELLED, uid(50), HELPER)
    assert made.in_force().line(service.id) is None


def test_a_service_arranged_otherwise_lets_its_voucher_go_PLANBOUND_1() -> None:
    made, service = on_voucher()
    made.edit(reviewed(made, BY_COUNTY))
    bring(made, [])
    assert (service.state, service.voucher_id, service.provider_id) == (State.ASSIGNED, None, ENTERPRISE)
    assert service.arrangement is Arrangement.OWN


def test_what_was_left_out_in_a_discarded_review_goes_on_PLAN_14() -> None:
    made, service = on_voucher()
    made.edit(without(made, service))
    made.discard_review("needed after all")
    assert (service.state, service.voucher_id) == (State.ASSIGNED, uid(50))


@pytest.mark.parametrize("command", ["deliver", "suspend"])
def test_a_service_in_delivery_or_at_rest_keeps_the_plan_open_PLAN_16(command: str) -> None:
    made = active()
    service = made.service(OWN.plan_service_id)
    service.take(command)
    with pytest.raises(DeliveryOpen):
        made.close("GOALS_MET", TODAY)
    made.complete_service(service)
    made.close("GOALS_MET", TODAY)
    assert made.state is PlanState.CLOSED
    assert {one.state for one in made.services} == {State.COMPLETED, State.CANCELLED}


def test_a_service_that_is_not_the_plans_is_unknown() -> None:
    with pytest.raises(PlanServiceUnknown):
        active().service(uid(999))


def test_a_version_whose_content_was_tampered_with_is_not_intact_INV_24() -> None:
    made = active()
    version = version_in_force(made, supersedes="", activated_by="somebody", now=NOW)
    assert version.intact()
    assert not replace(version, content=replace(version.content, client_view="something else")).intact()
    assert not replace(version, minor=1).intact()


def test_a_request_that_another_took_the_place_of_does_not_count_as_asked_S1_29() -> None:
    made = plan()
    earlier = [replace(asked(made, who, part), superseded=True) for who, part in consulted(made).items()]
    with pytest.raises(ConsultationPending):
        bring(made, earlier)
    bring(made, [replace(one, superseded=False) for one in earlier])
    assert made.state is PlanState.ACTIVE
