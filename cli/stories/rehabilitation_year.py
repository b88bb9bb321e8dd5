"""Story 5 after the choices: half a year of rehabilitation, monthly settlements of P13, everything done."""

from collections.abc import Iterator
from datetime import date, timedelta

from cli.stories import acts, planning
from cli.stories.acts import Stage, Visit
from cli.stories.outcome import Outcome
from cli.stories.rehabilitation_start import GRANTED
from sote.careplan.v1 import plan_pb2
from sote.voucher.v1 import voucher_pb2

MONTHS = [date(2025, month, 1) for month in range(3, 8)]
SPENT = {
    "HLT-PHYSIO": 91_500,
    "HLT-SPEECH": 164_000,
    "HLT-OT": 27_000,
    "HLT-SPECIAL": 52_000,
    "SOC-ADULT-WORK": 36_000,
}


def play_year(stage: Stage, client_id: str, plan_name: str, outcome: Outcome) -> None:
    """Deliver from March to July, redeem and settle what P13 gave; every service and the package end complete."""
    services = {service.line.service_code: service for service in planning.plan_of(stage, plan_name).services}
    speech = acts.vouchers_of(stage, client_id)["HLT-SPEECH"]
    visits = sorted(_visits(services, speech), key=lambda visit: (visit.on, visit.service))
    for first in MONTHS:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for visit in (planned for planned in visits if first <= planned.on <= last):
            by = stage.counsellor if visit.provider == "P01" else stage.staff(visit.provider)
            acts.deliver(stage, client_id, visit, by)
        stage.play.on(last, hour=20)
        acts.settle(stage, "P13", first, last)
    stage.play.until("the voucher to be settled", lambda: _settled(stage, client_id))
    stage.play.until("charges of own production", lambda: _spent(stage, client_id) == SPENT or None)
    outcome.check("spent by service", SPENT, _spent(stage, client_id))
    state = stage.play.until("the package to be completed", lambda: planning.completed(stage, client_id))
    outcome.check("enrolment", "COMPLETED", state)


def _visits(services: dict[str, plan_pb2.PlannedService], speech: voucher_pb2.Voucher) -> Iterator[Visit]:
    """The deliveries of STORY-5: own physiotherapy partly remote, speech therapy, and three more of the county's
    own."""
    year = [
        ("HLT-PHYSIO", "P01", date(2025, 3, 12), 7, None),
        ("HLT-SPEECH", "P13", date(2025, 3, 13), 7, speech),
        ("HLT-OT", "P01", date(2025, 3, 14), 28, None),
        ("HLT-SPECIAL", "P01", date(2025, 4, 2), 63, None),
        ("SOC-ADULT-WORK", "P01", date(2025, 3, 28), 31, None),
    ]
    for service, provider, first, pace, ticket in year:
        line = services[service].line
        for number in range(GRANTED[service]):
            on, mode = first + timedelta(days=pace * number), line.modes[number % len(line.modes)]
            yield Visit(on, service, provider, 1, mode, line.plan_service_id, ticket)


def _settled(stage: Stage, client_id: str) -> bool | None:
    """The voucher for speech therapy has come to its end; the other one was refused."""
    speech = acts.vouchers_of(stage, client_id)["HLT-SPEECH"]
    return speech.state == voucher_pb2.VOUCHER_STATE_SETTLED or None


def _spent(stage: Stage, client_id: str) -> dict[str, int]:
    sums = acts.sums_of(stage, client_id)
    return {service: sums[service][2] for service in SPENT}
