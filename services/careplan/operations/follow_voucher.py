"""Keeping a voucher's copy and bringing its planned service in line with it (A7, A9, A15, P9)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.careplan.domain.following import Step, steps
from services.careplan.domain.neighbours import KnownVoucher
from services.careplan.domain.plan import Plan
from services.careplan.domain.plan_service import PlanService
from services.careplan.domain.plan_states import IN_FORCE
from services.careplan.domain.plan_version import version_in_force
from services.careplan.domain.rules import Rules
from services.careplan.operations.announce_plan import announce_plan
from services.careplan.operations.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.conclude_change import conclude_change
from services.careplan.storage import copies, neighbours, plans
from services.chassis.inbox import NotYet
from sote.careplan.v1.events_pb2 import PlanProviderAssigned, PlanProviderUnassigned, PlanServiceCompleted

ACTOR = "voucher"


def follow_voucher(
    session: Session, *, voucher: KnownVoucher, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Follow the newest known state of a voucher; an older fact than the newest known changes nothing."""
    if not neighbours.keep(session, copies.voucher_copy, vars(voucher)):
        return
    if voucher.plan_id is None or voucher.plan_service_id is None:
        return
    plan = plans.locked(session, voucher.plan_id)
    service = next((one for one in plan.services if one.id == voucher.plan_service_id), None) if plan else None
    if plan is None or service is None:
        raise NotYet("the planned service of the voucher is not known yet")
    todo = steps(service, voucher) if plan.status in IN_FORCE else []
    for step in todo:
        _take(session, plan, service, step, voucher, rules, now, new_id)
    if todo:
        conclude_change(session, plan, now=now)


def _take(
    session: Session,
    plan: Plan,
    service: PlanService,
    step: Step,
    voucher: KnownVoucher,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """One step; a change of provider is a MINOR version of its own, announced, and acknowledged by whom it concerns."""
    before, service_id = plan.version_number, str(service.id)
    fact: Message
    if step is Step.ASSIGN and voucher.provider_id is not None:
        plan.assign_provider(
            service,
            provider_id=voucher.provider_id,
            unit_id=voucher.unit_id,
            contract_id=voucher.contract_id,
            now=now,
        )
        fact = PlanProviderAssigned(plan_service_id=service_id)
    elif step is Step.UNASSIGN:
        plan.unassign_provider(service, now=now)
        fact = PlanProviderUnassigned(plan_service_id=service_id)
    elif step is Step.COMPLETE:
        plan.complete_service(service)
        announce_plan(session, plan, PlanServiceCompleted(plan_service_id=service_id))
        return
    else:
        _quietly(service, step, voucher)
        return
    plans.add_version(session, version_in_force(plan, supersedes=before, activated_by=ACTOR, now=now))
    announce_plan(session, plan, fact)
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)


def _quietly(service: PlanService, step: Step, voucher: KnownVoucher) -> None:
    """Steps that the voucher's own fact has told everybody about."""
    if step is Step.LINK:
        service.voucher_id = voucher.voucher_id
    elif step is Step.UNLINK:
        service.voucher_id = None
    elif step is Step.CANCEL:
        service.take("cancel")
