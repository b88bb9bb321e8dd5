"""Refreshing what the integrated record shows of a client's service chains."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.chains.hand_offs import hand_offs
from services.careplan.storage import chains, deliveries
from services.careplan.storage.neighbours.providers import find_providers
from services.careplan.wire.chains import chain_section
from services.chassis.sections import publish_section
from sote.careplan.v1.section_pb2 import ChainSection

MOST_STEPS = 50


def publish_chain_section(session: Session, *, client_id: UUID, now: datetime) -> None:
    """Publish the client's chain section; the last thing a changing operation does."""
    publish_section(session, client_id=client_id, section=lambda: _built(session, client_id), now=now)


def _built(session: Session, client_id: UUID) -> ChainSection:
    steps = chains.recent_of(session, client_id, MOST_STEPS)
    who = {step.from_organisation_id for step in steps} | {step.to_organisation_id for step in steps}
    names = {uid: provider.name for uid, provider in find_providers(session, sorted(who)).items()}
    broken = chains.broken_among(session, [step.id for step in steps])
    handed_on = chains.handed_on(session, client_id)
    given = deliveries.days_of(session, client_id, {step.service_code for step in handed_on}) if handed_on else {}
    return chain_section(client_id, steps, names, broken, hand_offs(handed_on, given))
