"""Story 1 after the choices: half a year of deliveries, monthly settlements, the end of the claim window."""

from collections.abc import Iterator
from datetime import date, timedelta

from cli.stories import acts, planning
from cli.stories.acts import Stage, Visit
from cli.stories.outcome import Outcome
from sote.careplan.v1 import plan_pb2
from sote.type.v1 import care_pb2
from sote.voucher.v1 import voucher_pb2

MONTHS = [date(2025, month, 1) for month in range(3, 9)]
SPENT = {
    "SOC-FAM-WORK": 198_400,
    "SOC-FAM-HOME": 129_600,
    "SOC-NEURO-COACH": 123_000,
    "HLT-OT": 140_400,
    "SOC-FAM-SUPP": 150_000,
}
PAID = {"P05", "P06", "P07", "P10"}
"""Whom a settlement pays; P01 is the county's own production."""
AT_HOME = care_pb2.DELIVERY_MODE_AT_HOME
AT_UNIT = care_pb2.DELIVERY_MODE_PROVIDER_UNIT
REMOTE = care_pb2.DELIVERY_MODE_E_SERVICE
OTHER_MODES = [care_pb2.DELIVERY_MODE_AT_CENTRE]


def play_year(stage: Stage, client_id: str, plan_name: str, outcome: Outcome) -> None:
    """Deliver, redeem and settle from March to August; then the claim window passes and everything closes."""
    plan = planning.plan_of(stage, plan_name)
    services = {service.line.service_code: service for service in plan.services}
    visits = sorted(_visits(services, acts.vouchers_of(stage, client_id)), key=lambda visit: (visit.on, visit.service))
    for first in MONTHS:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        month = [visit for visit in visits if first <= visit.on <= last]
        for visit in month:
            by = stage.counsellor if visit.provider == "P01" else stage.staff(visit.provider)
            acts.deliver(stage, client_id, visit, by)
        stage.play.on(last, hour=20)
        stage.play.until(f"charges of {first:%B}", lambda day=last: _charged(stage, client_id, visits, day))  # type: ignore[misc]
        for provider in sorted(PAID & {visit.provider for visit in month}):
            acts.settle(stage, provider, first, last)
    _close(stage, client_id, plan, outcome)
    spent = {line.service_code: line.sums.spent.cents for line in acts.finance_of(stage, client_id).lines}
    outcome.check("spent by service", SPENT, {service: spent.get(service) for service in SPENT})


def _visits(services: dict[str, plan_pb2.PlannedService], tickets: dict[str, voucher_pb2.Voucher]) -> Iterator[Visit]:
    """The deliveries of STORY-1: 32 hours, 36 hours, 15 and 18 sessions, 6 months."""
    year = [
        ("SOC-FAM-WORK", "P01", 16, 2, date(2025, 3, 10), 10, [AT_HOME]),
        ("SOC-FAM-HOME", "P05", 12, 3, date(2025, 3, 5), 14, [AT_HOME]),
        ("SOC-NEURO-COACH", "P06", 15, 1, date(2025, 3, 6), 11, [REMOTE, *OTHER_MODES]),
        ("HLT-OT", "P07", 18, 1, date(2025, 3, 7), 9, [AT_UNIT]),
    ]
    for service, provider, times, units, first, pace, modes in year:
        planned = services[service]
        allowed = list(planned.line.modes) or modes
        for number in range(times):
            on = first + timedelta(days=pace * number)
            mode = allowed[number % len(allowed)]
            yield Visit(on, service, provider, units, mode, planned.line.plan_service_id, tickets.get(service))
    support = services["SOC-FAM-SUPP"].line
    for first in MONTHS:
        on = first + timedelta(days=27)
        yield Visit(on, "SOC-FAM-SUPP", "P10", 1, support.modes[0], support.plan_service_id)


def _charged(stage: Stage, client_id: str, visits: list[Visit], until: date) -> bool | None:
    """The deliveries of own production and purchases have reached the ledger."""
    lines = {line.service_code: line for line in acts.finance_of(stage, client_id).lines}
    work = sum(visit.units for visit in visits if visit.service == "SOC-FAM-WORK" and visit.on <= until)
    return lines["SOC-FAM-WORK"].sums.spent.cents >= work * 6_200 or None


def _close(stage: Stage, client_id: str, plan: plan_pb2.Plan, outcome: Outcome) -> None:
    """The claim window passes, vouchers settle, uncounted services are said done, the package is completed."""
    stage.play.on(date(2025, 9, 1))
    stage.play.on(date(2025, 10, 1))
    stage.play.until("the vouchers to be settled", lambda: acts.settled(stage, client_id) or None)
    planning.done(stage, plan, ("HLT-SCHOOL", "HLT-GP"))
    state = stage.play.until("the package to be completed", lambda: planning.completed(stage, client_id))
    outcome.check("enrolment", "COMPLETED", state)
