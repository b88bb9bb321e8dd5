"""Announcing what became of a search for another provider; its deadline follows."""

from datetime import datetime

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.careplan.domain.deadlines.deadline import Subject, Wait
from services.careplan.domain.searches.reroute_case import RerouteCase
from services.careplan.operations.deadlines.follow_deadlines import follow_deadlines
from services.careplan.storage.neighbours.providers import find_contract
from services.careplan.wire.searches import reroute_facts
from services.chassis.outbox import announce
from sote.careplan.v1 import events_pb2 as facts

CLAUSE = "HANDOVER"
OPENED = "open"
FACTS: dict[str, type[Message]] = {
    OPENED: facts.RerouteOpened,
    "guide": facts.RerouteGuided,
    "choose": facts.RerouteChosen,
    # The client is where the search began, and is to be given support again (PROCESS-C8 to PROCESS-C5).
    "lose_choice": facts.RerouteOpened,
    "confirm": facts.RerouteConfirmed,
    "stay": facts.RerouteStays,
    "take_over": facts.RerouteCountyTakesOver,
    "pass_due": facts.RerouteOverdue,
    "close": facts.RerouteClosed,
}


def handover_days(session: Session, case: RerouteCase) -> int:
    """For how many days the former provider helps the next one, as its contract says (PROCESS-C8)."""
    contract = find_contract(session, case.old_contract_id) if case.old_contract_id else None
    return contract.days(CLAUSE) if contract else 0


def announce_case(session: Session, case: RerouteCase, command: str, *, now: datetime) -> None:
    """Announce the fact of a command that the case has just taken, with the case as it is now."""
    case.fact_version += 1
    fact = FACTS[command]()
    fact.reroute_case.CopyFrom(reroute_facts(case, handover_days(session, case)))  # type: ignore[attr-defined]
    announce(session, fact, aggregate="reroute_cases", aggregate_id=case.id, version=case.fact_version)
    waits = {Wait(Subject.REROUTE, case.id, case.due)} if case.searching else set()
    follow_deadlines(session, owner_id=case.id, client_id=case.client_id, plan_id=case.plan_id, waits=waits, now=now)
