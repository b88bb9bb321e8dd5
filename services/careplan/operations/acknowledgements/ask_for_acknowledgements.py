"""Asking the providers of a new version to acknowledge it (S1.30)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import (
    Acknowledgement,
    asked_parts,
    due_day,
    missing_parts,
)
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.rules import Rules
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.neighbours.providers import contracts_of
from services.careplan.wire.facts import acknowledgement_requested
from services.chassis.clock import helsinki_date
from services.chassis.weekdays import FINLAND


def ask_for_acknowledgements(
    session: Session, plan: Plan, *, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Ask every provider with a granted quantity whose part is new or changed; earlier promises hold for the rest.

    A part that is over is not asked about, also when it changed because another service was taken off it.
    """
    content, operator = plan.in_force(), plan.operator_organisation_id
    parts = asked_parts(content, operator)
    known = acknowledgements_of(session, plan.id)
    for acknowledgement in known:
        part = parts.get(acknowledgement.provider_id)
        acknowledgement.superseded = part is None or part.digest != acknowledgement.part_digest
    # The index that allows one current request for a provider must see the old one out before the new one in.
    session.flush()
    for provider_id, part in missing_parts(content, operator, known, plan.done_services()).items():
        request = Acknowledgement(
            id=new_id(),
            plan_id=plan.id,
            client_id=plan.client_id,
            provider_id=provider_id,
            major=plan.major,
            minor=plan.minor,
            part_digest=part.digest,
            due=due_day(contracts_of(session, [provider_id]), helsinki_date(now), FINLAND, rules),
            created_at=now,
        )
        session.add(request)
        announce_plan(session, plan, acknowledgement_requested(request))
