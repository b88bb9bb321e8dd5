"""Story 3 day by day: detoxification, rehabilitation at two providers, a supported home, and the chain between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cli.stories import acts, chains, planning, recovery_reroute
from cli.stories.acts import Stage, Visit
from cli.stories.chains import Referral
from cli.stories.outcome import Outcome
from cli.stories.recovery_reroute import CUT_OFF, SUSPENDED, Tickets
from sote.careplan.v1 import chain_pb2
from sote.type.v1 import care_pb2

INPATIENT, HOME = "SOC-SUBST-INPAT", "SOC-HOUSE-SUPP"
INPATIENT_DAYS = 28
DETOX_FIRST, INPATIENT_FIRST, HOME_FIRST = date(2025, 3, 26), date(2025, 4, 2), date(2025, 4, 30)
HOME_LAST = HOME_FIRST + timedelta(days=89)
PLANNED = {
    # service: provider, times, first day, days between
    "SOC-SUBST-DETOX": ("P08", 7, DETOX_FIRST, 1),
    INPATIENT: ("P08", INPATIENT_DAYS, INPATIENT_FIRST, 1),
    HOME: ("P09", 90, HOME_FIRST, 1),
    "HLT-PSY-OUT": ("P01", 10, date(2025, 5, 6), 9),
    "SOC-SOCREHAB": ("P10", 20, date(2025, 5, 7), 4),
}
SPENT = {
    "SOC-SUBST-DETOX": 217_000,
    INPATIENT: 258_000 + 358_400,
    HOME: 558_000,
    "HLT-PSY-OUT": 180_000,
    "SOC-SOCREHAB": 150_000,
}
USE = care_pb2.NEED_DOMAIN_SUBSTANCE_USE
ROUTINE, SOON = chain_pb2.CHAIN_URGENCY_ROUTINE, chain_pb2.CHAIN_URGENCY_SOON
DETOX = Referral("detox", "P08", "SOC-SUBST-DETOX", USE, chain_pb2.CHAIN_URGENCY_URGENT, "A bed today or tomorrow?")
REHABILITATION = Referral("rehabilitation", "P08", INPATIENT, USE, SOON, "Four weeks after detoxification.")
HANDOVER = Referral("handover", "P09", INPATIENT, USE, SOON, "He goes on with you; sixteen days are left.")
HOUSING = Referral("housing", "P09", HOME, care_pb2.NEED_DOMAIN_HOUSING, ROUTINE, "A supported home after treatment.")


@dataclass(frozen=True)
class Course:
    """Whose care it is: the client, the plan, the vouchers by service and the step of the chain that begins it."""

    client_id: str
    plan_name: str
    tickets: Tickets
    detox: chain_pb2.ChainStep


def play_care(stage: Stage, course: Course, outcome: Outcome) -> None:
    """From the first day of detoxification until everything is paid, released and closed."""
    visits = sorted(_visits(stage, course), key=lambda visit: (visit.on, visit.service))
    chain_id = course.detox.chain_id
    chains.begin(stage, DETOX, course.detox.name)
    _live(stage, course, visits, DETOX_FIRST, INPATIENT_FIRST - timedelta(days=1))
    chains.tell_back(stage, DETOX, course.detox.name, "Seven days without complications.")
    step = chains.refer(
        stage, course.client_id, stage.official, REHABILITATION, first=INPATIENT_FIRST, chain_id=chain_id
    )
    chains.begin(stage, REHABILITATION, step.name)
    _live(stage, course, visits, INPATIENT_FIRST, SUSPENDED - timedelta(days=1))
    ticket = course.tickets[INPATIENT]
    case = recovery_reroute.suspend(stage, course.client_id, ticket, outcome)
    _live(stage, course, visits, SUSPENDED, SUSPENDED)
    recovery_reroute.choose_anew(stage, course.plan_name, ticket, case, outcome)
    _live(stage, course, visits, SUSPENDED + timedelta(days=1), CUT_OFF - timedelta(days=1))
    chains.tell_back(stage, REHABILITATION, step.name, "Twelve days done, the staff is too few to go on.")
    step = chains.refer(stage, course.client_id, stage.staff("P08"), HANDOVER, first=CUT_OFF, chain_id=chain_id)
    _live(stage, course, visits, CUT_OFF, CUT_OFF)
    chains.begin(stage, HANDOVER, step.name)
    recovery_reroute.claim_too_late(stage, course.client_id, _service_id(stage, course, INPATIENT), ticket, outcome)
    _live(stage, course, visits, CUT_OFF + timedelta(days=1), HOME_FIRST - timedelta(days=1))
    chains.tell_back(stage, HANDOVER, step.name, "Twenty-eight days are done.")
    step = chains.refer(stage, course.client_id, stage.official, HOUSING, first=HOME_FIRST, chain_id=chain_id)
    chains.begin(stage, HOUSING, step.name)
    _live(stage, course, visits, HOME_FIRST, HOME_FIRST)
    recovery_reroute.reinstate(stage)
    _live(stage, course, visits, HOME_FIRST + timedelta(days=1), HOME_LAST)
    chains.tell_back(stage, HOUSING, step.name, "He has moved into a home of his own.")
    _close(stage, course, visits, outcome)
    recovery_reroute.hand_over(stage, case, outcome)


def _visits(stage: Stage, course: Course) -> Iterator[Visit]:
    """The deliveries of STORY-3, each a day or a visit; from the cut-off on by the provider chosen anew."""
    services = {service.line.service_code: service for service in planning.plan_of(stage, course.plan_name).services}
    for service, (provider, times, first, pace) in PLANNED.items():
        line = services[service].line
        for number in range(times):
            on = first + timedelta(days=pace * number)
            by = "P09" if service == INPATIENT and on >= CUT_OFF else provider
            yield Visit(on, service, by, 1, line.modes[0], line.plan_service_id, course.tickets.get(service))


def _live(stage: Stage, course: Course, visits: list[Visit], first: date, last: date) -> None:
    """Live through these days; each month is settled in the evening of its last day."""
    for on in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        for visit in visits:
            if visit.on == on:
                by = stage.counsellor if visit.provider == "P01" else stage.staff(visit.provider)
                acts.deliver(stage, course.client_id, visit, by)
        if (on + timedelta(days=1)).day == 1:
            _settle(stage, course, visits, on)


def _settle(stage: Stage, course: Course, visits: list[Visit], last: date) -> None:
    """Pay every provider but the county's own what it is owed for the month that ends."""
    first = last.replace(day=1)
    stage.play.on(last, hour=20)
    stage.play.until(f"charges of {first:%B}", lambda: _charged(stage, course, visits, last))
    for provider in sorted({visit.provider for visit in visits if first <= visit.on <= last} - {"P01"}):
        acts.settle(stage, provider, first, last)


def _charged(stage: Stage, course: Course, visits: list[Visit], until: date) -> bool | None:
    """The deliveries of own production and purchases have reached the county's money."""
    for commitment in acts.commitments_of(stage, course.client_id):
        if commitment.units_used < sum(
            visit.service == commitment.service_code and visit.on <= until for visit in visits
        ):
            return None
    return True


def _close(stage: Stage, course: Course, visits: list[Visit], outcome: Outcome) -> None:
    """July is settled, what is not used is said done, the claim window passes, the package is completed."""
    _settle(stage, course, visits, date(2025, 7, 31))
    stage.play.on(date(2025, 8, 1))
    planning.done(stage, planning.plan_of(stage, course.plan_name), ("SOC-SOCREHAB", "SOC-PEER", "HLT-PSY-NURSE"))
    stage.play.on(date(2025, 9, 1))
    stage.play.on(date(2025, 10, 1))
    stage.play.until("the vouchers to be settled", lambda: acts.settled(stage, course.client_id) or None)
    state = stage.play.until("the package to be completed", lambda: planning.completed(stage, course.client_id))
    outcome.check("enrolment", "COMPLETED", state)
    lines = acts.finance_of(stage, course.client_id).lines
    spent = {service: sum(line.sums.spent.cents for line in lines if line.service_code == service) for service in SPENT}
    outcome.check("spent by service", SPENT, spent)
    closed = [
        (step.service_code, chain_pb2.ChainStepState.Name(step.state).removeprefix("CHAIN_STEP_STATE_"))
        for step in chains.steps_of(stage, course.client_id)
    ]
    expected = [(referral.service, "CLOSED") for referral in (DETOX, REHABILITATION, HANDOVER, HOUSING)]
    outcome.check("the chain", expected, closed)


def _service_id(stage: Stage, course: Course, service: str) -> str:
    services = planning.plan_of(stage, course.plan_name).services
    return next(row.line.plan_service_id for row in services if row.line.service_code == service)
