"""How many places at providers are taken: held now, and given to new clients in a month (VOUCHER-4)."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, func, select, union
from sqlalchemy.orm import Session

from services.voucher.domain.choices.choice import Occupancy
from services.voucher.domain.neighbours.provider import ContractCopy
from services.voucher.domain.vouchers.states import WITH_PROVIDER
from services.voucher.storage.claims.reroute import reroutes
from services.voucher.storage.vouchers.voucher import vouchers


def occupancy(
    session: Session, contracts: Sequence[ContractCopy], service_code: str, *, today: date, besides: UUID
) -> Occupancy:
    """What other vouchers take at the providers of these contracts, for the service by contract, and by unit.

    It stays as read while the caller holds the lock of the provider.
    """
    ids = {contract.provider_id for contract in contracts}
    held = and_(vouchers.c.provider_id.in_(ids), vouchers.c.state.in_(WITH_PROVIDER), vouchers.c.id != besides)
    contract = vouchers.c.contract_id, func.count()
    by_contract = select(*contract).where(held, vouchers.c.service_code == service_code).group_by(contract[0])
    by_unit = select(vouchers.c.unit_id, func.count()).where(held, vouchers.c.unit_id.is_not(None))
    return Occupancy(
        by_contract=_counts(session, by_contract),
        by_unit=_counts(session, by_unit.group_by(vouchers.c.unit_id)),
        new_by_contract=_new(session, contracts, service_code, today, besides),
    )


def _new(
    session: Session, contracts: Sequence[ContractCopy], service_code: str, day: date, besides: UUID
) -> dict[UUID, int]:
    """Vouchers by contract that were given to it by a choice in the month of `day`, each once, left since or not.

    Asked only of contracts that limit it. Who declined took nobody in: it is on no row any more.
    """
    lines = (line for contract in contracts for line in contract.lines if line.service_code == service_code)
    limited = {line.contract_id for line in lines if line.max_new_clients_month}
    if not limited:
        return {}
    v, r = vouchers.c, reroutes.c
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    there = select(v.contract_id, v.id).where(v.contract_id.in_(limited), v.chosen_on >= first, v.chosen_on < after)
    former = (
        select(r.contract_id, r.voucher_id)
        .join(vouchers, v.id == r.voucher_id)
        .where(r.contract_id.in_(limited), r.chosen_on >= first, r.chosen_on < after)
    )
    of_others = v.service_code == service_code, v.id != besides
    taken = union(there.where(*of_others), former.where(*of_others)).subquery()
    return _counts(session, select(taken.c.contract_id, func.count()).group_by(taken.c.contract_id))


def _counts(session: Session, query: Select[UUID, int]) -> dict[UUID, int]:
    return {row[0]: int(row[1]) for row in session.execute(query)}
