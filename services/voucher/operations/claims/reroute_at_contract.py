"""Every voucher at a contract leaves it: the contract is suspended or over, or a service of it is removed
(PROCESS-C2)."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import uuid5

from sqlalchemy.orm import Session

from services.voucher.domain.claims.rerouting import Leaving, RerouteCause
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.states import WITH_PROVIDER
from services.voucher.operations.claims.reroute import leave
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import load_voucher, money_of, publish_vouchers
from services.voucher.storage.neighbours import provider
from services.voucher.storage.vouchers import voucher as rows

SYSTEM = "system"


def reroute_at_contract(
    session: Session,
    *,
    contract: ContractCopy,
    cut_off: date,
    service_codes: Collection[str] = (),
    rules: Rules,
    now: datetime,
) -> int:
    """Re-route what the contract still serves on `cut_off`, its first day without service; gives how many vouchers.

    Call it after the contract's copy is kept: choices of the provider under way end first, later ones see the copy. A
    voucher that ends before that day stays: it is paid as agreed. News older than the copy moves nothing.
    """
    known = provider.find_contract(session, contract.contract_id)
    if known is None or known.version != contract.version:
        return 0
    provider.lock_provider(session, contract.provider_id)
    found = [
        load_voucher(session, voucher_id)
        for voucher_id in rows.at_contract(session, contract.contract_id, service_codes)
    ]
    served = [
        voucher for voucher in found if voucher.contract_id == contract.contract_id and voucher.state in WITH_PROVIDER
    ]
    leaving = [voucher for voucher in served if cut_off <= voucher.valid_to]
    ledger.lock_for(session, [money_of(voucher) for voucher in leaving])
    for voucher in leaving:
        key = uuid5(contract.contract_id, f"{voucher.id}/{voucher.version}")
        leave(session, voucher, Leaving(key, RerouteCause.CONTRACT, cut_off, SYSTEM, now), rules=rules)
    for client_id in sorted({voucher.client_id for voucher in leaving}):
        publish_vouchers(session, client_id, now=now, posted=True)
    return len(leaving)
