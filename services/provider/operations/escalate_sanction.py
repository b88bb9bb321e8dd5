"""The county proposes a higher sanction in place of one that did not help (SANCTION-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.provider.domain.rules import Rules
from services.provider.domain.sanction import Measure, Sanction
from services.provider.operations.sanctions import announce_sanction, propose_sanction
from services.provider.storage import sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def escalate_sanction(
    session: Session,
    *,
    sanction_id: UUID,
    measure: Measure,
    rules: Rules,
    by: str,
    etag: str,
    now: datetime,
    new_id: UUID,
) -> Sanction:
    """Escalate it; gives the new sanction, which is heard about before it is imposed like any other."""
    sanction = sanctions.load_sanction(session, sanction_id, etag=etag)
    sanction.escalate(measure.kind, now=now)
    fact = events_pb2.SanctionEscalated(sanction=sanction_facts(sanction))
    announce_sanction(session, sanction, fact)
    return propose_sanction(
        session,
        contract_id=sanction.contract_id,
        measure=measure,
        rules=rules,
        by=by,
        now=now,
        new_id=new_id,
        escalated_from=sanction.id,
    )
