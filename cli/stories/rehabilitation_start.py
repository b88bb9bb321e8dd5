"""Story 5 before its plan: the hospital refers the client to the centre of his choice; the county's team assesses."""

from datetime import date

from cli.stories import acts, chains, planning
from cli.stories.acts import CENTRE, Stage
from cli.stories.chains import Referral
from cli.stories.outcome import Outcome
from cli.stories.values import day, day_of
from services.chassis.identity import Caller
from sote.careplan.v1 import chain_pb2
from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    choice_pb2,
    client_pb2,
    contact_pb2,
    direct_choice_service_pb2,
    guidance_pb2,
    guidance_service_pb2,
)
from sote.client.v1 import choice_option_service_pb2 as options
from sote.type.v1 import care_pb2

FIRST, LAST = date(2025, 3, 3), date(2025, 8, 31)
CONTACT = date(2025, 2, 3)
GRANTED = {"HLT-PHYSIO": 15, "HLT-SPEECH": 20, "HLT-OT": 3, "HLT-SPECIAL": 2, "SOC-ADULT-WORK": 3}
BY_VOUCHER = ("HLT-PHYSIO", "HLT-SPEECH")
HSSC = choice_pb2.DIRECT_CHOICE_KIND_HSSC


def operator(stage: Stage) -> Caller:
    """Who answers for the plan at the client's centre."""
    return stage.play.actor("coordinator-P02", "HOP", stage.world.providers["P02"], stage.world.units[CENTRE])


def register(stage: Stage, identity_code: str, birth: date) -> str:
    """Register the client, who chooses the centre U10; gives the client's id."""
    stage.play.on(CONTACT)
    person = client_pb2.Person(
        given_name="Asiakas", family_name="Esimerkki", birth_date=day(birth), language=client_pb2.LANGUAGE_FI
    )
    place = client_pb2.ContactData(municipality_code="837", contact_address="Esimerkkikuja 5, Tampere")
    client_id = acts.register(stage, identity_code, person, place)
    _choose_centre(stage, client_id)
    return client_id


def _choose_centre(stage: Stage, client_id: str) -> None:
    """The county shows every centre; the client enrols at U10 (CLIENT-7)."""
    listing = direct_choice_service_pb2.ListDirectChoicesRequest(client_id=client_id)
    if stage.play.ask(stage.counsellor, stage.apis.choices.ListDirectChoices, listing).direct_choices:
        return  # Played before: the list shown then is not the one of now.
    request = options.ListChoiceOptionsRequest(client_id=client_id, kind=HSSC)
    shown = stage.play.ask(stage.counsellor, stage.apis.options.ListChoiceOptions, request)
    guidance = guidance_service_pb2.GiveGuidanceRequest(
        client_id=client_id,
        kind=guidance_pb2.GUIDANCE_KIND_ADVICE,
        choice_kind=HSSC,
        option_provider_ids=[option.provider_id for option in shown.options],
        unit_id=stage.world.units[CENTRE],
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        topic="choice of a health and social services centre",
        language=client_pb2.LANGUAGE_FI,
        client_understood=True,
    )
    stage.play.do("guide on the centre", stage.counsellor, stage.apis.guidance.GiveGuidance, guidance)
    choose = direct_choice_service_pb2.ChooseDirectRequest(
        name=f"clients/{client_id}", kind=HSSC, unit_id=stage.world.units[CENTRE]
    )
    stage.play.do("choose the centre", stage.counsellor, stage.apis.choices.ChooseDirect, choose)


def assess(stage: Stage, client_id: str, outcome: Outcome) -> tuple[str, dict[str, str]]:
    """From the hospital's referral to the decisions; the assessment's id, and the decisions' by service."""
    _refer(stage, client_id)
    text = "The hospital discharges the client after a stroke: aphasia, a weak hand."
    contact_id = acts.contact(stage, client_id, contact_pb2.CONTACT_INITIATOR_PROFESSIONAL, text)
    initiate = assessment_service_pb2.InitiateAssessmentRequest(client_id=client_id, contact_id=contact_id)
    opened = stage.play.do(
        "initiate the assessment", stage.official, stage.apis.assessments.InitiateAssessment, initiate
    )
    outcome.check("complete due", date(2025, 5, 5), day_of(opened.complete_due))
    stage.play.on(date(2025, 2, 10))
    acts.start_assessment(stage, opened.name, [acts.psychologist(stage)])
    stage.play.on(date(2025, 2, 24))
    completed = acts.complete_assessment(
        stage,
        opened.name,
        needs={
            care_pb2.NEED_DOMAIN_FUNCTIONAL_CAPACITY: (3, "speech and the right hand"),
            care_pb2.NEED_DOMAIN_PHYSICAL_HEALTH: (2, "recovery after the stroke"),
            care_pb2.NEED_DOMAIN_WORK_AND_INCOME: (2, "he cannot work now"),
        },
        recommended=[_recommended(service, units) for service, units in GRANTED.items()],
        client_view="He wants to speak with his grandchildren and to work again.",
        conclusion="Rehabilitation at several places, coordinated by the client's own centre.",
        participants=[acts.psychologist(stage)],
    )
    outcome.check("plan needed", True, completed.plan_needed)
    return opened.uid, {
        service: acts.decide(stage, opened.uid, service, units, FIRST, LAST) for service, units in GRANTED.items()
    }


def _refer(stage: Stage, client_id: str) -> None:
    """A step of the service chain, from the county's hospital to the centre, answered to its end (S1.43b)."""
    ward = stage.play.actor("ward-1", "HSP", stage.world.providers["P01"])
    asked = Referral(
        step="the hospital's referral",
        to="P02",
        service="HLT-NURSE",
        need=care_pb2.NEED_DOMAIN_FUNCTIONAL_CAPACITY,
        urgency=chain_pb2.CHAIN_URGENCY_ROUTINE,
        question="What does he need at home after the stroke?",
    )
    step = chains.refer(stage, client_id, ward, asked, first=CONTACT)
    chains.begin(stage, asked, step.name)
    chains.tell_back(stage, asked, step.name, "The county's team assesses all of his needs.")


def _recommended(service: str, units: int) -> assessment_pb2.RecommendedService:
    arrangement = care_pb2.ARRANGEMENT_VOUCHER if service in BY_VOUCHER else care_pb2.ARRANGEMENT_OWN
    return planning.recommended(service, units, arrangement, FIRST, LAST)
