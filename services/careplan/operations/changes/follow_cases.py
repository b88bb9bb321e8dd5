"""Searches for another provider follow what they are about (PROCESS-C6, PROCESS-C8, PROCESS-C9)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import AcknowledgementState, asked_parts
from services.careplan.domain.neighbours.copies import ACCEPTED_VOUCHER, VoucherCopy
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import WITHOUT_PROVIDER
from services.careplan.domain.plans.plan_states import IN_FORCE
from services.careplan.domain.searches.reroute_case import RerouteCase, RerouteCause, Standing, handover_end
from services.careplan.operations.changes.announce_case import announce_case, handover_days
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.neighbours.vouchers import find_voucher
from services.careplan.storage.searches import reroute_cases
from services.chassis.clock import helsinki_date


def follow_cases(session: Session, plan: Plan, *, now: datetime) -> None:
    """Bring the plan's searches in line with its services; part of every change of the plan."""
    session.flush()
    for case in reroute_cases.searching_of_plan(session, plan.id):
        follow_case(session, case, _standing(session, plan, case), now=now)


def follow_lone_case(session: Session, voucher: VoucherCopy, *, now: datetime) -> None:
    """Bring the search of a voucher without a plan in line with the voucher."""
    case = reroute_cases.searching_for(session, voucher.voucher_id)
    if case is not None:
        standing = Standing(
            provider_id=voucher.provider_id if voucher.chosen else None,
            confirmed=voucher.state in ACCEPTED_VOUCHER,
            over=not voucher.open and case.cause is not RerouteCause.VOUCHER_REFUSED,
        )
        follow_case(session, case, standing, now=now)


def follow_case(session: Session, case: RerouteCase, standing: Standing, *, now: datetime) -> None:
    """Take the steps that follow, and announce each."""
    while (step := case.next_step(standing)) is not None:
        chosen = standing.provider_id if step == "choose" else None
        move_case(session, case, step, provider=chosen, now=now)


def move_case(
    session: Session, case: RerouteCase, command: str, *, provider: UUID | None = None, now: datetime
) -> None:
    """Take one step and announce it; a resolved search stays until the old provider's handover is over (PROCESS-C8)."""
    until = None
    if command in ("confirm", "stay", "take_over"):
        until = handover_end(helsinki_date(now), handover_days(session, case))
    case.take(command, provider=provider, until=until, now=now)
    announce_case(session, case, command, now=now)


def _standing(session: Session, plan: Plan, case: RerouteCase) -> Standing:
    """Who is on the planned service, and whether that provider has taken it on (PROCESS-A11)."""
    service = next((planned for planned in plan.services if planned.id == case.plan_service_id), None)
    if service is None or service.done or plan.state not in IN_FORCE:
        return Standing(over=True)
    if service.state in WITHOUT_PROVIDER:
        return Standing()
    asked = service.provider_id in asked_parts(plan.in_force(), plan.operator_organisation_id)
    promised = {
        acknowledgement.provider_id
        for acknowledgement in acknowledgements_of(session, plan.id)
        if acknowledgement.state is AcknowledgementState.ACKNOWLEDGED
    }
    voucher = find_voucher(session, service.voucher_id) if service.voucher_id else None
    accepted = voucher is None or voucher.state in ACCEPTED_VOUCHER
    confirmed = accepted and (not asked or service.provider_id in promised)
    return Standing(provider_id=service.provider_id, confirmed=confirmed)
