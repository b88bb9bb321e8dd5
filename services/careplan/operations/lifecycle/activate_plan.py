"""Bringing what was drawn up into force: the first version (PLAN-6) or the next MAJOR one (PLAN-13)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.careplan.domain.lifecycle.admission import check_client
from services.careplan.domain.plan_versions.plan_version import version_in_force
from services.careplan.domain.plans.line_rules import contract_covering
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoActiveContract
from services.careplan.domain.plans.statutory_rules import on_statutes
from services.careplan.domain.rules import Rules
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.check_line import check_place
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.consultations import consultations_of
from services.careplan.storage.neighbours.clients import find_client
from services.careplan.storage.neighbours.providers import contracts_of, find_catalogue_entries, find_providers
from services.careplan.storage.plan_versions import add_version
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.kernel.care import Arrangement
from sote.careplan.v1.events_pb2 import PlanActivated, PlanVersionActivated


def activate_plan(
    session: Session,
    *,
    plan_id: UUID,
    etag: str,
    first: bool,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Plan:
    """Bring the first version (`first`) or the next one into force; acknowledgements are asked for (PLAN-6, PLAN-13).

    Refuses without answers of all consulted providers, with an unresolved objection, without the client's view,
    without a contract in force for each provider, without a section that a special act asks for (S2.15), and for a
    closed client (INV-16).
    """
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    plan.require("activate" if first else "activate_version")
    check_client(find_client(session, plan.client_id))
    today = helsinki_date(now)
    _renew_contracts(session, plan, today)
    _rest_on_statutes(session, plan, rules, today)
    before = plan.version_number
    plan.activate(consultations_of(session, plan.id, plan.major + 1), now=now, today=today, rules=rules)
    add_version(session, version_in_force(plan, supersedes=before, activated_by=caller.subject, now=now))
    fact: Message = PlanActivated() if first else PlanVersionActivated()
    announce_plan(session, plan, fact)
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    return conclude_change(session, plan, now=now)


def _rest_on_statutes(session: Session, plan: Plan, rules: Rules, today: date) -> None:
    """The sections that special acts ask for are written (S2.15)."""
    draft, done = plan.drawn_up(), [service.id for service in plan.services if service.done]
    entries = find_catalogue_entries(session, [line.service_code for line in draft.services])
    draft = on_statutes(draft, done, {code: entry.task for code, entry in entries.items()}, rules.statutory, today)
    if draft != plan.draft:
        plan.draft = draft


def _renew_contracts(session: Session, plan: Plan, today: date) -> None:
    """Each service that goes on has a provider with a contract in force now, or awaits a choice (PLAN-6, S1.23)."""
    draft = plan.drawn_up()
    done = {service.id for service in plan.services if service.done}
    going_on = [line for line in draft.services if line.plan_service_id not in done]
    whose = [line.provider_id for line in going_on if line.provider_id]
    providers, contracts = find_providers(session, whose), contracts_of(session, whose)
    for line in going_on:
        if line.provider_id is not None:
            agreed = check_place(session, line, providers.get(line.provider_id))
            draft = draft.with_line(replace(line, contract_id=contract_covering(agreed, contracts, today).contract_id))
        elif line.arrangement is not Arrangement.VOUCHER:
            raise NoActiveContract(f"the service {line.service_code} names no provider, so no contract covers it")
    if draft != plan.draft:
        plan.draft = draft
