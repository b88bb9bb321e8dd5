"""The county or the provider gives notice of a contract (CONTRACT-7)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.provider.domain.contract import Contract
from services.provider.domain.contract_lifecycle import Party
from services.provider.domain.refusals import ProviderMismatch
from services.provider.operations.contracts import announce_contract
from services.provider.storage import contracts
from services.provider.wire import facts


def give_notice(session: Session, *, contract_id: UUID, etag: str, caller: Caller, now: datetime) -> Contract:
    """Give notice for the county in role CON, else for the provider the caller works for."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    party = _party(caller, contract)
    contract.give_notice(party, day=helsinki_date(now), now=now)
    fact = facts.notice_given(contract, party)
    announce_contract(session, contract, fact)
    return contract


def _party(caller: Caller, contract: Contract) -> Party:
    if caller.role == "CON":
        return Party.COUNTY
    if caller.organisation != str(contract.provider_id):
        raise ProviderMismatch("only the provider itself may do or see this")
    return Party.PROVIDER
