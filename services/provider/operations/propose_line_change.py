"""The county proposes a change of a line (CONTRACT-4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.contract import Contract
from services.provider.domain.contract_lifecycle import LineChange
from services.provider.operations.contracts import announce_contract
from services.provider.storage import catalogue, contracts, providers
from services.provider.wire import facts


def propose_line_change(
    session: Session, *, contract_id: UUID, change: LineChange, etag: str, now: datetime
) -> Contract:
    """Note the proposal; the lines change on its day, if the provider agrees."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    contract.propose_change(
        change,
        provider=providers.get_provider(session, contract.provider_id),
        entry=catalogue.entries(session, [change.service_code]).get(change.service_code),
        day=helsinki_date(now),
        now=now,
    )
    fact = facts.change_proposed(contract, change.service_code)
    announce_contract(session, contract, fact)
    return contract
