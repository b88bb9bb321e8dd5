"""Story 1: a family with a child who needs special support, in the package FAMILY_CENTRE."""

from dataclasses import dataclass
from datetime import date

from google.type import date_pb2

from cli.stories import acts, family_year, planning
from cli.stories.acts import Stage
from cli.stories.outcome import Outcome, Totals
from cli.stories.values import day, day_of
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.careplan.v1 import plan_pb2, statutory_pb2
from sote.client.v1 import assessment_pb2, assessment_service_pb2, client_pb2, contact_pb2, guidance_pb2
from sote.package.v1 import package_service_pb2 as package
from sote.type.v1 import care_pb2

EXPECTED = Totals(reserved=775_900, released=34_500, spent=741_400)
FIRST, LAST = date(2025, 3, 3), date(2025, 8, 31)
GRANTED = {"SOC-FAM-WORK": 32, "SOC-FAM-HOME": 40, "SOC-NEURO-COACH": 15, "HLT-OT": 20, "SOC-FAM-SUPP": 6}
PLANNED = {*GRANTED, "HLT-SCHOOL", "HLT-GP"}
CHOICES = {"SOC-FAM-HOME": "P05", "SOC-NEURO-COACH": "P06", "HLT-OT": "P07"}
ARRANGED = {
    "SOC-FAM-WORK": care_pb2.ARRANGEMENT_OWN,
    "SOC-FAM-SUPP": care_pb2.ARRANGEMENT_PURCHASE,
}


@dataclass(frozen=True)
class Family:
    """Whose story it is; other artificial codes play the same story beside it."""

    child: str = "140318A913J"
    birth: date = date(2018, 3, 14)


def play_family(stage: Stage, family: Family | None = None) -> Outcome:
    """Play story 1 from the contact to the last released euro and compare with STORY-1 and STORY-9."""
    family = family or Family()
    outcome = Outcome("1")
    outcome.client_id = client_id = _register(stage, family)
    assessment = _assess(stage, client_id, outcome)
    for service, units in GRANTED.items():
        acts.decide(stage, assessment.uid, service, units, FIRST, LAST)
    plan_name = _plan(stage, client_id, assessment.uid, outcome)
    _choose(stage, client_id, plan_name, outcome)
    family_year.play_year(stage, client_id, plan_name, outcome)
    sums = acts.finance_of(stage, client_id)
    services, envelopes = sums.services, sums.envelopes
    outcome.totals(EXPECTED, Totals(services.reserved.cents, services.released.cents, services.spent.cents))
    outcome.check("envelope reserved and released again", 900_000, envelopes.reserved.cents)
    outcome.check("envelope left", 0, envelopes.reserved.cents - envelopes.released.cents)
    return outcome


def _register(stage: Stage, family: Family) -> str:
    stage.play.on(date(2025, 1, 7))
    person = client_pb2.Person(
        given_name="Lapsi",
        family_name="Esimerkki",
        birth_date=date_pb2.Date(year=family.birth.year, month=family.birth.month, day=family.birth.day),
        language=client_pb2.LANGUAGE_FI,
    )
    place = client_pb2.ContactData(municipality_code="837", contact_address="Esimerkkitie 2, Tampere")
    return acts.register(stage, family.child, person, place)


def _assess(stage: Stage, client_id: str, outcome: Outcome) -> assessment_pb2.Assessment:
    """Contact, start and completion within the statutory dates; special support and a wide range of needs."""
    text = "School and parents report difficulties of attention and behaviour; the parent is exhausted."
    contact_id = acts.contact(stage, client_id, contact_pb2.CONTACT_INITIATOR_RELATIVE, text)
    initiate = assessment_service_pb2.InitiateAssessmentRequest(
        client_id=client_id,
        contact_id=contact_id,
        grounds=[assessment_pb2.ASSESSMENT_GROUND_CHILD_SPECIAL_SUPPORT],
    )
    opened = stage.play.do(
        "initiate the assessment", stage.official, stage.apis.assessments.InitiateAssessment, initiate
    )
    outcome.check("start due", date(2025, 1, 16), day_of(opened.start_due))
    outcome.check("complete due", date(2025, 4, 7), day_of(opened.complete_due))
    stage.play.on(date(2025, 1, 14))
    planning.special_support(stage, client_id, "A child who needs special support.")
    acts.start_assessment(stage, opened.name, [acts.psychologist(stage)])
    stage.play.on(date(2025, 2, 18))
    completed = acts.complete_assessment(
        stage,
        opened.name,
        needs={
            care_pb2.NEED_DOMAIN_CARE_AND_UPBRINGING: (3, "the parent needs relief and guidance"),
            care_pb2.NEED_DOMAIN_MENTAL_HEALTH: (2, "attention and behaviour"),
            care_pb2.NEED_DOMAIN_FUNCTIONAL_CAPACITY: (2, "fine motor skills, daily routines"),
            care_pb2.NEED_DOMAIN_WORK_AND_INCOME: (1, "school days are cut short"),
        },
        recommended=[
            planning.recommended(service, units, ARRANGED.get(service, care_pb2.ARRANGEMENT_VOUCHER), FIRST, LAST)
            for service, units in GRANTED.items()
        ],
        client_view="The child wants to be with friends; the parent wants to sleep.",
        conclusion="The family needs a whole of services around the child, at home, at school and near.",
        participants=[acts.psychologist(stage)],
        child_in_household=True,
    )
    outcome.check("plan needed", True, completed.plan_needed)
    expected = {care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT, care_pb2.ATTENTION_KIND_WIDE_RANGE}
    outcome.check("flags SPECIAL_SUPPORT and WIDE_RANGE", True, expected <= planning.flags_of(stage, client_id))
    return completed


def _plan(stage: Stage, client_id: str, assessment_id: str, outcome: Outcome) -> str:
    """Draft, enrol in FAMILY_CENTRE, consult P02 and P10, activate version 1.0; gives the plan's name."""
    apis, world = stage.apis, stage.world
    stage.play.on(date(2025, 2, 19))
    draft = careplan.DraftPlanRequest(
        client_id=client_id,
        assessment_id=assessment_id,
        operator_kind=care_pb2.OPERATOR_KIND_COUNTY_ENTERPRISE,
        operator_unit_id=world.units["U02"],
    )
    plan = stage.play.do("draft the plan", stage.official, apis.careplan.DraftPlan, draft)
    stage.play.do("write goals and the GP", stage.official, apis.careplan.EditDraft, _edit(stage, plan.name))
    _enrol(stage, client_id, assessment_id)
    stage.play.until("the package's items in the draft", lambda: planning.stands_in(stage, plan.name, PLANNED))
    start = careplan.StartConsultationRequest(name=plan.name)
    stage.play.do("start consultation", stage.official, apis.careplan.StartConsultation, start)
    stage.play.on(date(2025, 2, 24))
    doctor = stage.play.actor("doctor-1", "HSP", world.providers["P02"], world.units["U10"])
    asked = planning.consult(stage, client_id, {"P02": doctor, "P10": stage.staff("P10")})
    outcome.check("consulted", 2, asked)
    stage.play.on(date(2025, 2, 27))
    activate = careplan.ActivatePlanRequest(name=plan.name)
    active = stage.play.do("activate the plan", stage.official, apis.careplan.ActivatePlan, activate)
    outcome.check("first version", "1.0", f"{active.major}.{active.minor}")
    planning.acknowledge(stage, plan.name, "P10")
    return plan.name


def _edit(stage: Stage, name: str) -> careplan.EditDraftRequest:
    goals = [
        plan_pb2.Goal(
            text="School days go well until noon.", needs=[care_pb2.NEED_DOMAIN_MENTAL_HEALTH], baseline=-2, target=1
        ),
        plan_pb2.Goal(
            text="The parent rests two evenings a week.",
            needs=[care_pb2.NEED_DOMAIN_CARE_AND_UPBRINGING],
            baseline=-2,
            target=1,
        ),
    ]
    doctor = plan_pb2.ServiceLine(
        service_code="HLT-GP",
        arrangement=care_pb2.ARRANGEMENT_DIRECT_CHOICE,
        provider_id=stage.world.providers["P02"],
        unit_id=stage.world.units["U10"],
        from_date=day(FIRST),
        to_date=day(LAST),
        modes=[care_pb2.DELIVERY_MODE_AT_CENTRE],
    )
    view = "The child wants to be with friends; the parent wants to sleep."
    rehabilitation = statutory_pb2.RehabilitationPlan(
        need="Fine motor skills hold the child back at school.",
        aims="The child writes and dresses without help.",
        content="Occupational therapy of 20 sessions, with the school.",
    )
    return careplan.EditDraftRequest(
        name=name,
        put_goals=goals,
        put_services=[doctor],
        client_view=view,
        put_statutory_sections=[statutory_pb2.StatutorySection(rehabilitation_plan=rehabilitation)],
    )


def _enrol(stage: Stage, client_id: str, assessment_id: str) -> None:
    apis = stage.apis.package
    propose = package.ProposeEnrolmentRequest(
        client_id=client_id,
        package_id=stage.world.packages["FAMILY_CENTRE"],
        assessment_id=assessment_id,
        from_date=day(FIRST),
        overrides=[package.ItemOverride(item_code=code, to_date=day(LAST)) for code in (*GRANTED, "HLT-SCHOOL")],
    )
    proposed = stage.play.do("propose the package", stage.official, apis.ProposeEnrolment, propose)
    codes = [item.item_code for item in proposed.items if not item.mandatory and item.service_code in GRANTED]
    agree = package.AcceptEnrolmentRequest(name=proposed.name, optional_item_codes=codes)
    stage.play.do("agree to the package", stage.official, apis.AcceptEnrolment, agree)


def _choose(stage: Stage, client_id: str, plan_name: str, outcome: Outcome) -> None:
    """Guidance with support, three choices, three MINOR versions, acceptance and acknowledgement."""
    stage.play.on(date(2025, 2, 28))
    tickets = stage.play.until("three vouchers issued", lambda: planning.vouchers_for(stage, client_id, CHOICES))
    for service in CHOICES:
        kind = guidance_pb2.GUIDANCE_KIND_SUPPORT
        acts.guide(stage, client_id, tickets[service], kind, "choice of a provider, with the family")
    stage.play.on(date(2025, 3, 3))
    for minor, (service, provider) in enumerate(CHOICES.items(), start=1):
        acts.choose(stage, tickets[service], provider)
        stage.play.until(f"version 1.{minor}", lambda number=minor: planning.reached(stage, plan_name, number))  # type: ignore[misc]
    stage.play.on(date(2025, 3, 4))
    for service, provider in CHOICES.items():
        acts.accept(stage, tickets[service], provider)
        planning.acknowledge(stage, plan_name, provider)
    plan = planning.plan_of(stage, plan_name)
    bound = sorted((f"{acknowledgement.major}.{acknowledgement.minor}") for acknowledgement in plan.acknowledgements)
    outcome.check("acknowledgements of v1 and v1.x", ["1.0", "1.1", "1.2", "1.3"], bound)
