"""Story 5: rehabilitation after a stroke; the client's own centre operates the plan."""

from dataclasses import dataclass
from datetime import date

from cli.stories import acts, planning, rehabilitation_choices, rehabilitation_start, rehabilitation_year
from cli.stories.acts import Stage
from cli.stories.outcome import Outcome, Totals
from cli.stories.rehabilitation_start import FIRST, GRANTED, LAST, operator
from cli.stories.values import day
from sote.careplan.v1 import careplan_service_pb2 as careplan
from sote.careplan.v1 import plan_pb2, statutory_pb2
from sote.package.v1 import package_service_pb2 as package
from sote.type.v1 import care_pb2
from sote.voucher.v1 import voucher_service_pb2 as voucher

EXPECTED = Totals(reserved=457_500, released=87_000, spent=370_500)
AT_ISSUE = 366_000
ENVELOPE = 500_000
MODES = {"HLT-PHYSIO": [care_pb2.DELIVERY_MODE_PROVIDER_UNIT, care_pb2.DELIVERY_MODE_E_SERVICE]}
"""Where the client's delivery differs from the package's: a part of the physiotherapy is remote."""


@dataclass(frozen=True)
class Patient:
    """Whose story it is; other artificial codes play the same story beside it."""

    code: str = "150866X981T"
    birth: date = date(1966, 8, 15)


def play_rehabilitation(stage: Stage, patient: Patient | None = None) -> Outcome:
    """Play story 5 from the hospital's referral to the last settlement and compare with STORY-5 and STORY-9."""
    patient = patient or Patient()
    outcome = Outcome("5")
    outcome.client_id = client_id = rehabilitation_start.register(stage, patient.code, patient.birth)
    assessment_id, decisions = rehabilitation_start.assess(stage, client_id, outcome)
    plan_name = _plan(stage, client_id, assessment_id, decisions, outcome)
    rehabilitation_choices.refuse_physiotherapy(stage, client_id, plan_name, outcome)
    rehabilitation_choices.choose_speech_therapy(stage, client_id, plan_name, outcome)
    rehabilitation_year.play_year(stage, client_id, plan_name, outcome)
    sums = acts.finance_of(stage, client_id)
    services, envelopes = sums.services, sums.envelopes
    outcome.totals(EXPECTED, Totals(services.reserved.cents, services.released.cents, services.spent.cents))
    outcome.check("envelope reserved and released again", ENVELOPE, envelopes.reserved.cents)
    outcome.check("envelope left", 0, envelopes.reserved.cents - envelopes.released.cents)
    outcome.check("inconsistencies", [], list(acts.record_of(stage, client_id).inconsistencies))
    return outcome


def _plan(stage: Stage, client_id: str, assessment_id: str, decisions: dict[str, str], outcome: Outcome) -> str:
    """P02 drafts, the county enrols and is consulted, version 1.0 comes into force; gives the plan's name."""
    apis, centre = stage.apis.careplan, operator(stage)
    stage.play.on(date(2025, 2, 25))
    draft = careplan.DraftPlanRequest(
        client_id=client_id,
        assessment_id=assessment_id,
        operator_kind=care_pb2.OPERATOR_KIND_DIRECT_CHOICE_HSSC,
        operator_unit_id=stage.world.units[acts.CENTRE],
    )
    plan = stage.play.do("draft the plan", centre, apis.DraftPlan, draft)
    outcome.check("operator", "P02", stage.world.code_of(plan.operator.organisation_id))
    stage.play.do("write the goals", centre, apis.EditDraft, _edit(plan.name))
    _enrol(stage, client_id, assessment_id)
    stage.play.until("the package's items in the draft", lambda: planning.stands_in(stage, plan.name, GRANTED))
    start = careplan.StartConsultationRequest(name=plan.name)
    stage.play.do("start consultation", centre, apis.StartConsultation, start)
    stage.play.on(date(2025, 2, 27))
    outcome.check("consulted", 1, planning.consult(stage, client_id, {"P01": stage.official}))
    _try_to_issue(stage, client_id, decisions["HLT-PHYSIO"], outcome)
    stage.play.on(date(2025, 2, 28))
    active = stage.play.do("activate the plan", centre, apis.ActivatePlan, careplan.ActivatePlanRequest(name=plan.name))
    outcome.check("first version", "1.0", f"{active.major}.{active.minor}")
    planning.acknowledge(stage, plan.name, "P01")
    stage.play.until("the items to be funded", lambda: _funded(stage, client_id))
    if not planning.reached(stage, plan.name, 1):  # Played again, more is reserved by now.
        outcome.check("reserved at issue", AT_ISSUE, acts.finance_of(stage, client_id).services.reserved.cents)
    return plan.name


def _edit(name: str) -> careplan.EditDraftRequest:
    goals = [
        plan_pb2.Goal(
            text="He makes himself understood at the shop.",
            needs=[care_pb2.NEED_DOMAIN_FUNCTIONAL_CAPACITY],
            baseline=-2,
            target=1,
        ),
        plan_pb2.Goal(
            text="He returns to work for some hours a week.",
            needs=[care_pb2.NEED_DOMAIN_WORK_AND_INCOME],
            baseline=-2,
            target=0,
        ),
    ]
    rehabilitation = statutory_pb2.RehabilitationPlan(
        need="Aphasia and weakness of the hand after a stroke.",
        aims="He speaks in sentences and uses both hands at home.",
        content="Speech therapy, physiotherapy and occupational therapy for half a year.",
    )
    return careplan.EditDraftRequest(
        name=name,
        put_goals=goals,
        client_view="He wants to speak with his grandchildren and to work again.",
        put_statutory_sections=[statutory_pb2.StatutorySection(rehabilitation_plan=rehabilitation)],
    )


def _enrol(stage: Stage, client_id: str, assessment_id: str) -> None:
    """The county proposes the package, for it issues the package's vouchers (INV-04); the client takes all of it."""
    apis = stage.apis.package
    propose = package.ProposeEnrolmentRequest(
        client_id=client_id,
        package_id=stage.world.packages["REHABILITATION"],
        assessment_id=assessment_id,
        from_date=day(FIRST),
        overrides=[
            package.ItemOverride(item_code=code, to_date=day(LAST), modes=MODES.get(code, [])) for code in GRANTED
        ],
    )
    proposed = stage.play.do("propose the package", stage.official, apis.ProposeEnrolment, propose)
    optional = [item.item_code for item in proposed.items if not item.mandatory]
    agree = package.AcceptEnrolmentRequest(name=proposed.name, optional_item_codes=optional)
    stage.play.do("agree to the package", stage.official, apis.AcceptEnrolment, agree)


def _try_to_issue(stage: Stage, client_id: str, decision_id: str, outcome: Outcome) -> None:
    """The centre operates the plan, and still issues no voucher (S2.16)."""
    request = voucher.DraftVoucherRequest(client_id=client_id, decision_id=decision_id)
    reason = stage.play.refused("P02 tries to issue", operator(stage), stage.apis.voucher.DraftVoucher, request)
    outcome.check("P02 issues a voucher", "ISSUER_NOT_ALLOWED", reason)


def _funded(stage: Stage, client_id: str) -> bool | None:
    """Each item has its voucher or its commitment."""
    lines = acts.finance_of(stage, client_id).lines
    return set(GRANTED) <= {line.service_code for line in lines} or None
