"""Keeping a voucher's copy and bringing what it funds in line with it (PROCESS-A7, PROCESS-A9, PROCESS-A15, PLAN-9,
PROCESS-C3, process E)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import VoucherCopy
from services.careplan.domain.plan_versions.minor_version import assign_provider, lose_provider, unassign_provider
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.plans.plan_states import IN_FORCE
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import Loss
from services.careplan.domain.vouchers.voucher_steps import Step, follows, steps
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.changes.follow_cases import follow_lone_case
from services.careplan.operations.pauses.end_pause import end_pause
from services.careplan.operations.plan_versions.bring_minor_version import bring_minor_version
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.operations.searches.open_case import about_service, about_voucher
from services.careplan.operations.searches.record_loss import record_loss
from services.careplan.storage import plans
from services.careplan.storage.neighbours.vouchers import find_voucher, voucher_copy
from services.careplan.storage.searches import reroute_cases
from services.chassis.clock import helsinki_date
from services.chassis.copies import keep_newer
from services.chassis.inbox import NotYet
from sote.careplan.v1.events_pb2 import PlanProviderAssigned, PlanProviderUnassigned, PlanServiceCompleted

ACTOR = "voucher"


def follow_voucher(
    session: Session,
    *,
    voucher: VoucherCopy,
    loss: Loss | None = None,
    declined: bool = False,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Follow the newest known state of a voucher; a fact older than that moves no service.

    `loss` says that its provider is lost or the client refuses it, `declined` that a provider does: both count
    whenever the news comes, each once.
    """
    newer = keep_newer(session, voucher_copy, vars(voucher))
    known = find_voucher(session, voucher.voucher_id)
    if known is None or not (newer or loss or declined):
        return
    record = partial(
        record_loss, session, voucher=voucher, loss=loss, declined=declined, rules=rules, now=now, new_id=new_id
    )
    if known.plan_id is None or known.plan_service_id is None:
        record(about_voucher(known))
        follow_lone_case(session, known, now=now)
        publish_plan_section(session, client_id=known.client_id, now=now)
        return
    plan, service = _funded(session, known.plan_id, known.plan_service_id)
    if plan.state not in IN_FORCE or not follows(service, known):
        return
    record(about_service(plan, service, known.voucher_id))
    case = reroute_cases.searching_for(session, service.id)
    todo = steps(service, known, case.barred_provider_id if case else None)
    for step in todo:
        _take(session, plan, service, step, known, rules=rules, now=now, new_id=new_id)
    if todo or case is not None:
        conclude_change(session, plan, now=now)


def _funded(session: Session, plan_id: UUID, plan_service_id: UUID) -> tuple[Plan, PlanService]:
    """The plan, locked, and its service that the voucher funds."""
    plan = plans.locked(session, plan_id)
    service = next((planned for planned in plan.services if planned.id == plan_service_id), None) if plan else None
    if plan is None or service is None:
        raise NotYet("the planned service of the voucher is not known yet")
    return plan, service


def _take(
    session: Session,
    plan: Plan,
    service: PlanService,
    step: Step,
    voucher: VoucherCopy,
    *,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """One step; a change of provider is a MINOR version of its own, announced, and acknowledged by whom it concerns."""
    service_id = str(service.id)
    fact: Message
    if step is Step.ASSIGN and voucher.provider_id is not None:
        assign_provider(
            plan,
            service,
            provider_id=voucher.provider_id,
            unit_id=voucher.unit_id,
            contract_id=voucher.contract_id,
            now=now,
        )
        fact = PlanProviderAssigned(plan_service_id=service_id)
    elif step in (Step.UNASSIGN, Step.REROUTE):
        end_pause(session, plan, service, helsinki_date(now))
        (unassign_provider if step is Step.UNASSIGN else lose_provider)(plan, service, now=now)
        fact = PlanProviderUnassigned(plan_service_id=service_id)
    elif step is Step.COMPLETE:
        plan.complete_service(service)
        announce_plan(session, plan, PlanServiceCompleted(plan_service_id=service_id))
        return
    else:
        _quietly(service, step, voucher)
        return
    bring_minor_version(session, plan, fact, by=ACTOR, now=now)
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)


def _quietly(service: PlanService, step: Step, voucher: VoucherCopy) -> None:
    """Steps that the voucher's own fact has announced already."""
    if step is Step.LINK:
        service.voucher_id = voucher.voucher_id
    elif step is Step.UNLINK:
        service.voucher_id = None
    elif step is Step.CANCEL:
        service.take("cancel")
