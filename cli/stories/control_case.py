"""Control case C0: one short need, a voucher, no plan."""

from datetime import date, timedelta

from google.type import date_pb2

from cli.stories import acts
from cli.stories.acts import Stage, Visit
from cli.stories.outcome import Outcome, Totals
from cli.stories.values import day
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.client.v1 import assessment_pb2, assessment_service_pb2, client_pb2, contact_pb2, guidance_pb2
from sote.type.v1 import care_pb2
from sote.voucher.v1 import voucher_pb2
from sote.voucher.v1 import voucher_service_pb2 as voucher

EXPECTED = Totals(reserved=29_000, released=0, spent=29_000)
SERVICE, PROVIDER, SESSIONS = "HLT-PHYSIO", "P07", 5
FIRST = date(2025, 1, 13)
LAST = FIRST + timedelta(days=39)


def play_control_case(stage: Stage, identity_code: str = "090580-901J") -> Outcome:
    """Play C0 from the contact to the paid settlement and compare with STORY-9."""
    outcome = Outcome("C0")
    play = stage.play
    play.on(date(2025, 1, 7))
    person = client_pb2.Person(
        given_name="Asiakas",
        family_name="Esimerkki",
        birth_date=date_pb2.Date(year=1980, month=5, day=9),
        language=client_pb2.LANGUAGE_FI,
    )
    place = client_pb2.ContactData(municipality_code="837", contact_address="Esimerkkikatu 1, Tampere")
    outcome.client_id = client_id = acts.register(stage, identity_code, person, place)
    completed, decision = assess(stage, client_id)
    outcome.check("plan needed", False, completed.plan_needed)
    ticket = issue(stage, draft(stage, client_id, decision))
    acts.guide(stage, client_id, ticket, guidance_pb2.GUIDANCE_KIND_ADVICE, "choice of a physiotherapist")
    acts.choose(stage, ticket, PROVIDER)
    play.on(FIRST + timedelta(days=1))
    acts.accept(stage, ticket, PROVIDER)
    for week in range(SESSIONS):
        on = FIRST + timedelta(days=2 + 7 * week)
        visit = Visit(on, SERVICE, PROVIDER, 1, care_pb2.DELIVERY_MODE_PROVIDER_UNIT, voucher=ticket)
        acts.deliver(stage, client_id, visit, stage.staff(PROVIDER))
    play.on(date(2025, 3, 3))
    acts.settle(stage, PROVIDER, date(2025, 1, 1), date(2025, 2, 28))
    play.until("the voucher to be settled", lambda: acts.settled(stage, client_id) or None)
    plans = play.ask(stage.official, stage.apis.careplan.ListPlans, careplan.ListPlansRequest(client_id=client_id))
    outcome.check("plans (S2.10)", 0, len(plans.plans))
    sums = acts.finance_of(stage, client_id).services
    outcome.totals(EXPECTED, Totals(sums.reserved.cents, sums.released.cents, sums.spent.cents))
    return outcome


def assess(stage: Stage, client_id: str, first: date = FIRST) -> tuple[assessment_pb2.Assessment, str]:
    """From the contact, six days before the voucher begins, to the decision; the assessment and the decision's id."""
    stage.play.on(first - timedelta(days=6))
    contact_id = acts.contact(stage, client_id, contact_pb2.CONTACT_INITIATOR_SELF, "The shoulder hurts at work.")
    initiate = assessment_service_pb2.InitiateAssessmentRequest(client_id=client_id, contact_id=contact_id)
    opened = stage.play.do("initiate the assessment", stage.nurse, stage.apis.assessments.InitiateAssessment, initiate)
    stage.play.on(first - timedelta(days=5))
    acts.start_assessment(stage, opened.name, [acts.psychologist(stage)])
    stage.play.on(first - timedelta(days=3))
    last = first + (LAST - FIRST)
    recommended = assessment_pb2.RecommendedService(
        service_code=SERVICE,
        units=SESSIONS,
        arrangement=care_pb2.ARRANGEMENT_VOUCHER,
        from_date=day(first),
        to_date=day(last),
    )
    completed = acts.complete_assessment(
        stage,
        opened.name,
        needs={care_pb2.NEED_DOMAIN_PHYSICAL_HEALTH: (2, "pain in the shoulder")},
        recommended=[recommended],
        client_view="The client wants to be able to work.",
        conclusion="A series of five physiotherapy sessions is enough.",
        participants=[acts.psychologist(stage)],
    )
    return completed, acts.decide(stage, opened.uid, SERVICE, SESSIONS, first, last)


def draft(stage: Stage, client_id: str, decision_id: str, first: date = FIRST) -> voucher_pb2.Voucher:
    """Draft the voucher on its first day."""
    stage.play.on(first)
    request = voucher.DraftVoucherRequest(
        client_id=client_id,
        decision_id=decision_id,
        units=SESSIONS,
        valid_from=day(first),
        valid_to=day(first + (LAST - FIRST)),
        content_spec=voucher_pb2.ContentSpec(
            text="Physiotherapy of the shoulder, five sessions.", staff_titles=["physiotherapist"], language="fi"
        ),
    )
    return stage.play.do("draft the voucher", stage.official, stage.apis.voucher.DraftVoucher, request)


def issue(stage: Stage, drafted: voucher_pb2.Voucher) -> voucher_pb2.Voucher:
    """Issue the voucher: its value is reserved."""
    request = voucher.IssueVoucherRequest(name=drafted.name)
    return stage.play.do("issue the voucher", stage.official, stage.apis.voucher.IssueVoucher, request)
