"""What verbs about sanctions share: announcing, and the proposal that the county or the ledger of breaches makes."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.kernel.refusal import IllegalTransition
from services.provider.domain.contract import IN_FORCE
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import Ground, Measure, Sanction, SanctionState
from services.provider.storage import contracts
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def announce_sanction(session: Session, sanction: Sanction, fact: Message) -> None:
    """Write a fact of the sanction to the outbox."""
    session.flush()
    announce(session, fact, aggregate="sanctions", aggregate_id=sanction.id, version=sanction.version)


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
    contract = contracts.get_contract(session, contract_id)
    if contract.state not in IN_FORCE:
        raise IllegalTransition("a contract", contract.state, "propose_sanction")
    measure.check(largest_reduction=rules.largest_reduction)
    sanction = Sanction(
        id=new_id,
        county_scheme=contract.county_scheme,
        county_code=contract.county_code,
        contract_id=contract.id,
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
    fact = events_pb2.SanctionProposed(sanction=sanction_facts(sanction))
    announce_sanction(session, sanction, fact)
    return sanction
