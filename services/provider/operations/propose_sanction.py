"""A sanction is proposed against the provider of a contract, by the county or by itself (SANCTION-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.kernel.refusal import IllegalTransition
from services.provider.domain.contract import IN_FORCE
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import Ground, Measure, Sanction, SanctionState
from services.provider.storage import contracts
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def propose_sanction(
    session: Session,
    *,
    contract_id: UUID,
    measure: Measure,
    rules: Rules,
    by: str,
    now: datetime,
    new_id: UUID,
    escalated_from: UUID | None = None,
    ground: Ground | None = None,
    counted_to: int = 0,
) -> Sanction:
    """Propose it; refuses with IllegalTransition for a contract not in force, InvalidValue for a wrong measure."""
    contract = contracts.get(session, contract_id)
    if contract.state not in IN_FORCE:
        raise IllegalTransition("a contract", contract.state, "propose_sanction")
    measure.check(largest_reduction=rules.largest_reduction)
    sanction = Sanction(
        uid=new_id,
        county_scheme=contract.county_scheme,
        county_code=contract.county_code,
        contract_id=contract.uid,
        provider_id=contract.provider_id,
        measure=measure,
        state=SanctionState.PROPOSED,
        until=measure.until,
        escalated_from=escalated_from,
        version=1,
        created_at=now,
        created_by=by,
        updated_at=now,
        ground=ground,
        counted_to=counted_to,
    )
    session.add(sanction)
    session.flush()
    fact = events_pb2.SanctionProposed(sanction=sanction_facts(sanction))
    announce(session, fact, aggregate="sanctions", aggregate_id=sanction.uid, version=sanction.version)
    return sanction
