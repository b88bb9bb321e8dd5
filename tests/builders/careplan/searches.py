"""Searches for another provider, as tests start, move and read them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import select

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.searches.reroute_case import RerouteCase
from services.careplan.operations.searches.reroute_lost_services import reroute_lost_services
from services.careplan.operations.searches.return_services import return_services
from services.careplan.operations.searches.take_over_case import Arranged, take_over_case
from services.careplan.storage.searches.reroute_cases import reroute_case_table
from services.kernel.care import Arrangement
from sote.client.v1 import events_pb2 as client
from sote.client.v1 import guidance_pb2
from sote.voucher.v1 import events_pb2 as voucher
from sote.voucher.v1 import reroute_pb2
from tests.builders.careplan import acts
from tests.builders.careplan.county import World, day

INPATIENT, HOME, SUPPORT, WORK = "SOC-SUBST-INPAT", "SOC-FAM-HOME", "SOC-FAM-SUPP", "SOC-FAM-WORK"


def cases(world: World) -> list[RerouteCase]:
    """Every search, oldest first."""
    world.session.flush()
    return list(
        world.session.execute(
            select(RerouteCase).order_by(reroute_case_table.c.created_at, reroute_case_table.c.id)
        ).scalars()
    )


def only(world: World) -> RerouteCase:
    """The one search there is."""
    (case,) = cases(world)
    return case


def look(world: World) -> None:
    """The timer that lets planned services follow their contracts."""
    reroute_lost_services(world.session, rules=world.rules, now=world.now, new_id=uuid4)
    return_services(world.session, rules=world.rules, now=world.now, new_id=uuid4)


def inpatient(world: World) -> Plan:
    """Story 3: inpatient days by voucher at P08, acknowledged, on 10 April."""
    days = acts.wish(world, INPATIENT, Arrangement.VOUCHER, units=28)
    plan = acts.active_plan(world, [days, acts.support(world)])
    tell(world, plan, "Issued", 1, "ISSUED")
    tell(world, plan, "Reserved", 2, "RESERVED", "P08")
    tell(world, plan, "Activated", 3, "ACTIVE", "P08")
    acts.acknowledge(world, plan, "P08")
    world.at(date(2025, 4, 10))
    return plan


def tell(world: World, plan: Plan, fact: str, version: int, state: str, who: str = "", **more: Any) -> None:
    """A fact of the voucher of the inpatient days, or of another service told as `code`."""
    code = more.pop("code", INPATIENT)
    told = acts.voucher_of(world, plan, code, version, state, who)
    world.hear(getattr(voucher, f"Voucher{fact}")(voucher=told, **more))


def leave(world: World, plan: Plan, version: int = 4, who: str = "P08", **more: Any) -> None:
    """The voucher loses its provider with effect from 14 April (VOUCHER-9)."""
    told: dict[str, Any] = {
        "provider_id": str(world.id(who)),
        "contract_id": str(world.id(f"K-{who}")),
        "cause": reroute_pb2.REROUTE_CAUSE_CONTRACT,
        "cut_off_date": day(date(2025, 4, 14)),
    }
    tell(world, plan, "RerouteStarted", version, "REROUTING", **told | more)


def support(
    world: World,
    voucher_name: str = f"voucher {INPATIENT}",
    kind: Any = guidance_pb2.GUIDANCE_KIND_SUPPORT,
    days_ago: int = 0,
) -> None:
    """The own-worker gave the client support in this choice, now or some days ago."""
    given = Timestamp()
    given.FromDatetime(world.now - timedelta(days=days_ago))
    told = client.GuidanceGiven(
        guidance_id=str(uuid4()),
        client_id=str(world.id("child")),
        kind=kind,
        voucher_id=str(world.id(voucher_name)) if voucher_name else "",
        given_time=given,
    )
    world.hear(told)


def take_over(world: World, case: RerouteCase, how: Arrangement, who: str, by: str = "P01") -> RerouteCase:
    """The county arranges the service itself."""
    return take_over_case(
        world.session,
        case_id=case.id,
        etag="",
        arranged=Arranged(how, world.id(who) if who else None, None),
        rules=world.rules,
        caller=world.caller(by),
        now=world.now,
        new_id=uuid4,
    )
