"""Story 3: a man in rehabilitation whose provider's contract is suspended midway."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from google.type import date_pb2

from cli.stories import acts, chains, planning, recovery_care
from cli.stories.acts import Stage
from cli.stories.outcome import Outcome, Totals
from cli.stories.recovery_care import INPATIENT_DAYS, Course
from cli.stories.recovery_reroute import Tickets
from cli.stories.values import cents_as_euros, day
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.careplan.v1 import plan_pb2, statutory_pb2
from sote.client.v1 import (
    assessment_pb2,
    assessment_service_pb2,
    choice_option_service_pb2,
    choice_pb2,
    client_pb2,
    contact_pb2,
    contact_service_pb2,
    direct_choice_service_pb2,
    guidance_pb2,
    guidance_service_pb2,
)
from sote.package.v1 import package_service_pb2 as package
from sote.type.v1 import care_pb2

EXPECTED = Totals(reserved=1_948_200 + 14_400, released=241_200, spent=1_721_400)
CONTACT, COMPLETED, FIRST, LAST = date(2025, 3, 11), date(2025, 3, 25), date(2025, 3, 26), date(2025, 8, 31)
GRANTED = {
    "SOC-SUBST-DETOX": (7, care_pb2.ARRANGEMENT_PURCHASE, FIRST, date(2025, 4, 1)),
    "SOC-SUBST-INPAT": (INPATIENT_DAYS, care_pb2.ARRANGEMENT_VOUCHER, date(2025, 4, 2), date(2025, 5, 15)),
    "SOC-HOUSE-SUPP": (120, care_pb2.ARRANGEMENT_VOUCHER, date(2025, 4, 30), LAST),
    "HLT-PSY-OUT": (10, care_pb2.ARRANGEMENT_OWN, date(2025, 4, 30), LAST),
    "SOC-SOCREHAB": (24, care_pb2.ARRANGEMENT_PURCHASE, date(2025, 4, 30), LAST),
}
"""Units, arrangement, first and last day of what is decided on."""
CHOICES = {"SOC-SUBST-INPAT": "P08", "SOC-HOUSE-SUPP": "P09"}
PEERS, NURSE = "SOC-PEER", "HLT-PSY-NURSE"
URGENT_VISITS = [CONTACT - timedelta(weeks=week) for week in reversed(range(10))]
"""Ten urgent visits in as many weeks: a frequent user (ATTENTION-1)."""
VIEW = "The client wants to be sober, and to have a home of his own."


def play_recovery(stage: Stage, identity_code: str = "051290Y9570") -> Outcome:
    """Play story 3 from the urgent contact to the last released euro and compare with STORY-3 and STORY-9."""
    outcome = Outcome("3")
    outcome.client_id = client_id = _register(stage, identity_code)
    assessment = _assess(stage, client_id, outcome)
    for service, (units, _, first, last) in GRANTED.items():
        acts.decide(stage, assessment.uid, service, units, first, last)
    detox = chains.refer(stage, client_id, stage.nurse, recovery_care.DETOX, first=FIRST)
    plan_name = _plan(stage, client_id, assessment.uid, outcome)
    tickets = _choose(stage, client_id, plan_name)
    outcome.check("reserved at issue", cents_as_euros(1_948_200), cents_as_euros(_worth(stage, client_id)))
    recovery_care.play_care(stage, Course(client_id, plan_name, tickets, detox), outcome)
    sums = acts.finance_of(stage, client_id)
    services, envelopes = sums.services, sums.envelopes
    outcome.totals(EXPECTED, Totals(services.reserved.cents, services.released.cents, services.spent.cents))
    outcome.check("envelope reserved and released again", 2_100_000, envelopes.reserved.cents)
    outcome.check("envelope left", 0, envelopes.reserved.cents - envelopes.released.cents)
    return outcome


def _register(stage: Stage, identity_code: str) -> str:
    stage.play.on(URGENT_VISITS[0])
    person = client_pb2.Person(
        given_name="Asiakas",
        family_name="Toipuja",
        birth_date=date_pb2.Date(year=1990, month=12, day=5),
        language=client_pb2.LANGUAGE_FI,
    )
    place = client_pb2.ContactData(municipality_code="837", contact_address="Esimerkkikuja 3, Tampere")
    client_id = acts.register(stage, identity_code, person, place)
    _enrol_at_centre(stage, client_id)
    for on in URGENT_VISITS:
        stage.play.on(on, hour=8)
        visit = careplan.RecordDeliveryRequest(
            client_id=client_id,
            service_code="HLT-NURSE",
            service_date=day(on),
            units=1,
            mode=care_pb2.DELIVERY_MODE_AT_CENTRE,
            urgent=True,
            external_ref=str(uuid5(NAMESPACE_URL, f"{stage.play.story}/urgent {on}")),
        )
        stage.play.do(f"urgent visit {on}", stage.nurse, stage.apis.careplan.RecordDelivery, visit)
    return client_id


def _enrol_at_centre(stage: Stage, client_id: str) -> None:
    """The county shows the client every centre; he chooses U10, whose nurse may refer him from then on
    (CLIENT-7, RELATIONSHIP-1)."""
    kind, centre = choice_pb2.DIRECT_CHOICE_KIND_HSSC, stage.world.units[acts.CENTRE]
    ask = choice_option_service_pb2.ListChoiceOptionsRequest(client_id=client_id, kind=kind)
    shown = stage.play.ask(stage.counsellor, stage.apis.options.ListChoiceOptions, ask)
    advice = guidance_service_pb2.GiveGuidanceRequest(
        client_id=client_id,
        kind=guidance_pb2.GUIDANCE_KIND_ADVICE,
        choice_kind=kind,
        option_provider_ids=[option.provider_id for option in shown.options],
        unit_id=centre,
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        language=client_pb2.LANGUAGE_FI,
        client_understood=True,
    )
    stage.play.do("guide on the centre", stage.counsellor, stage.apis.guidance.GiveGuidance, advice)
    chosen = direct_choice_service_pb2.ChooseDirectRequest(name=f"clients/{client_id}", kind=kind, unit_id=centre)
    stage.play.do("choose the centre", stage.counsellor, stage.apis.choices.ChooseDirect, chosen)


def _assess(stage: Stage, client_id: str, outcome: Outcome) -> assessment_pb2.Assessment:
    """The urgent contact and the assessment begun on its day; all three flags (S1.14)."""
    stage.play.on(CONTACT)
    contact = contact_service_pb2.RecordContactRequest(
        client_id=client_id,
        channel=contact_pb2.CONTACT_CHANNEL_VISIT,
        unit_id=stage.world.units[acts.CENTRE],
        initiator=contact_pb2.CONTACT_INITIATOR_SELF,
        urgent=True,
        text="He drinks, takes sedatives and cannot sleep; he asks for help today.",
    )
    contact_id = stage.play.do("record the urgent contact", stage.nurse, stage.apis.contacts.RecordContact, contact).uid
    initiate = assessment_service_pb2.InitiateAssessmentRequest(client_id=client_id, contact_id=contact_id)
    opened = stage.play.do("initiate the assessment", stage.nurse, stage.apis.assessments.InitiateAssessment, initiate)
    planning.special_support(stage, client_id, "An adult who needs special support.")
    acts.start_assessment(stage, opened.name, [acts.psychologist(stage)])
    stage.play.on(COMPLETED)
    completed = acts.complete_assessment(
        stage,
        opened.name,
        needs={
            care_pb2.NEED_DOMAIN_SUBSTANCE_USE: (3, "alcohol and sedatives every day"),
            care_pb2.NEED_DOMAIN_MENTAL_HEALTH: (3, "depression"),
            care_pb2.NEED_DOMAIN_HOUSING: (2, "no home to go to after treatment"),
            care_pb2.NEED_DOMAIN_PARTICIPATION: (2, "no days with anything in them"),
        },
        recommended=[planning.recommended(service, *terms) for service, terms in GRANTED.items()],
        client_view=VIEW,
        conclusion="Detoxification, rehabilitation, a supported home, treatment of the depression, and people around.",
        participants=[acts.psychologist(stage)],
    )
    outcome.check("plan needed", True, completed.plan_needed)
    flags = {
        care_pb2.ATTENTION_KIND_SPECIAL_SUPPORT,
        care_pb2.ATTENTION_KIND_FREQUENT_USER,
        care_pb2.ATTENTION_KIND_WIDE_RANGE,
    }
    stage.play.until("all three flags", lambda: flags <= planning.flags_of(stage, client_id) or None)
    return completed


def _plan(stage: Stage, client_id: str, assessment_id: str, outcome: Outcome) -> str:
    """Draft, enrol in MENTAL_HEALTH_SUBSTANCE, consult, activate version 1.0; gives the plan's name."""
    apis, world = stage.apis, stage.world
    draft = careplan.DraftPlanRequest(
        client_id=client_id,
        assessment_id=assessment_id,
        operator_kind=care_pb2.OPERATOR_KIND_COUNTY_ENTERPRISE,
        operator_unit_id=world.units["U01"],
    )
    plan = stage.play.do("draft the plan", stage.official, apis.careplan.DraftPlan, draft)
    stage.play.do("write the goal and the nurse", stage.official, apis.careplan.EditDraft, _edit(stage, plan.name))
    _enrol(stage, client_id, assessment_id)
    services = {*GRANTED, PEERS, NURSE}
    stage.play.until("the package's items in the draft", lambda: planning.stands_in(stage, plan.name, services))
    start = careplan.StartConsultationRequest(name=plan.name)
    stage.play.do("start consultation", stage.official, apis.careplan.StartConsultation, start)
    answering = {"P02": stage.nurse, "P08": stage.staff("P08"), "P10": stage.staff("P10")}
    outcome.check("consulted", 3, planning.consult(stage, client_id, answering))
    stage.play.on(FIRST, hour=8)
    activate = careplan.ActivatePlanRequest(name=plan.name)
    active = stage.play.do("activate the plan", stage.official, apis.careplan.ActivatePlan, activate)
    outcome.check("first version", "1.0", f"{active.major}.{active.minor}")
    for provider in ("P08", "P10"):
        planning.acknowledge(stage, plan.name, provider, "1.0")
    return plan.name


def _edit(stage: Stage, name: str) -> careplan.EditDraftRequest:
    sober = plan_pb2.Goal(
        text="Half a year without substances.", needs=[care_pb2.NEED_DOMAIN_SUBSTANCE_USE], baseline=-2, target=1
    )
    nurse = plan_pb2.ServiceLine(
        service_code=NURSE,
        arrangement=care_pb2.ARRANGEMENT_DIRECT_CHOICE,
        provider_id=stage.world.providers["P02"],
        unit_id=stage.world.units[acts.CENTRE],
        from_date=day(FIRST),
        to_date=day(LAST),
        modes=[care_pb2.DELIVERY_MODE_AT_CENTRE],
    )
    rehabilitation = statutory_pb2.RehabilitationPlan(
        need="Substances and depression keep him from work and from people.",
        aims="He is sober, lives on his own and has days with something in them.",
        content="Four weeks of rehabilitation, a supported home, social rehabilitation of 24 days.",
    )
    return careplan.EditDraftRequest(
        name=name,
        put_goals=[sober],
        put_services=[nurse],
        client_view=VIEW,
        put_statutory_sections=[statutory_pb2.StatutorySection(rehabilitation_plan=rehabilitation)],
    )


def _enrol(stage: Stage, client_id: str, assessment_id: str) -> None:
    apis = stage.apis.package
    days = {code: (first, last) for code, (_, _, first, last) in GRANTED.items()} | {PEERS: (FIRST, LAST)}
    propose = package.ProposeEnrolmentRequest(
        client_id=client_id,
        package_id=stage.world.packages["MENTAL_HEALTH_SUBSTANCE"],
        assessment_id=assessment_id,
        from_date=day(FIRST),
        overrides=[
            package.ItemOverride(item_code=code, from_date=day(first), to_date=day(last))
            for code, (first, last) in days.items()
        ],
    )
    proposed = stage.play.do("propose the package", stage.official, apis.ProposeEnrolment, propose)
    codes = [item.item_code for item in proposed.items if not item.mandatory]
    agree = package.AcceptEnrolmentRequest(name=proposed.name, optional_item_codes=codes)
    stage.play.do("agree to the package", stage.official, apis.AcceptEnrolment, agree)


def _choose(stage: Stage, client_id: str, plan_name: str) -> Tickets:
    """Guidance with support and the two first choices, each a MINOR version, accepted and acknowledged."""
    tickets = stage.play.until("two vouchers issued", lambda: planning.vouchers_for(stage, client_id, CHOICES))
    for minor, (service, provider) in enumerate(CHOICES.items(), start=1):
        acts.guide(stage, client_id, tickets[service], guidance_pb2.GUIDANCE_KIND_SUPPORT, "choice of a provider")
        acts.choose(stage, tickets[service], provider)
        stage.play.until(f"version 1.{minor}", lambda number=minor: planning.reached(stage, plan_name, number))  # type: ignore[misc]
        acts.accept(stage, tickets[service], provider)
        planning.acknowledge(stage, plan_name, provider, f"1.{minor}")
    return tickets


def _worth(stage: Stage, client_id: str) -> int:
    """What was reserved when all of it was issued or ordered, in cents: the most each may cost."""
    vouchers = sum(voucher.money.max_value.cents for voucher in acts.vouchers_of(stage, client_id).values())
    return vouchers + sum(
        commitment.units * commitment.unit_price.cents for commitment in acts.commitments_of(stage, client_id)
    )
