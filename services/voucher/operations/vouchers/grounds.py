"""What a voucher for a client would rest on, as far as known here."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.issuing import (
    Grounds,
    Official,
    plan_needed,
)
from services.voucher.storage.neighbours import client, provider


def grounds_of(session: Session, official: Official, client_id: UUID, decision_id: UUID) -> Grounds:
    """Everything a voucher for the client would rest on, as known here."""
    decision = client.find_decision(session, decision_id)
    organisation = official.organisation_id
    return Grounds(
        issuer=provider.find_provider(session, organisation) if organisation else None,
        client=client.find_client(session, client_id),
        decision=decision,
        assessment=client.find_assessment(session, decision.assessment_id) if decision else None,
        catalogue=provider.find_catalogue(session, decision.service_code) if decision else None,
    )


def needs_plan(session: Session, client_id: UUID, *, days: int, rules: Rules, today: date) -> bool:
    """PLAN-19 for a service of so many days, by what is known of the client here."""
    known = client.find_client(session, client_id)
    granted = client.granted_decisions(session, client_id, today=today)
    return plan_needed(
        flagged=known is not None and bool(known.attention),
        granted_services=len({decision.service_code for decision in granted}),
        days=days,
        min_days=rules.plan_need_min_days,
    )
