"""The county reinstates a suspended contract (CONTRACT-6)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.contract import Contract
from services.provider.storage import conditions, contracts, providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def reinstate_contract(session: Session, *, contract_id: UUID, etag: str, now: datetime) -> Contract:
    """Reinstate it with the evidence as it is today."""
    contract = contracts.for_update(session, contract_id)
    check_etag(etag, contract.version)
    contract.reinstate(
        provider=providers.get(session, contract.provider_id),
        conditions=conditions.get(session, contract.condition_set_id),
        evidence=providers.evidence_of(session, contract.provider_id),
        day=helsinki_date(now),
        now=now,
    )
    fact = events_pb2.ContractReinstated(contract=facts.contract_facts(contract))
    session.flush()
    announce(session, fact, aggregate="contracts", aggregate_id=contract.uid, version=contract.version)
    return contract
