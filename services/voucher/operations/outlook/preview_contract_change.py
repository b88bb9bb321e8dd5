"""What a change of a contract would do to vouchers, commitments and the budget; changes nothing (PREVIEW-1)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.kernel.refusal import Refusal
from services.voucher.domain.choices.choice import Wanted, offer_of
from services.voucher.domain.claims.rerouting import units_to_hold
from services.voucher.domain.neighbours.provider import ContractCopy, ProviderCopy
from services.voucher.domain.outlook.contract_preview import (
    ContractNotFound,
    Hypothesis,
    Impact,
    on_commitment,
    on_served,
    on_waiting,
)
from services.voucher.domain.vouchers.offer import Offer
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.offers import wanted_by
from services.voucher.operations.claims.reroute import delivered
from services.voucher.storage.choices.occupancy import occupancy
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.neighbours import provider
from services.voucher.storage.spending import commitment as commitments
from services.voucher.storage.vouchers import voucher as rows


class _Market:
    """Who offers the services of a contract, read once for each of them; the contract itself is asked apart."""

    def __init__(self, session: Session, contract: ContractCopy) -> None:
        self._session = session
        self._contract = contract
        self._others: dict[str, list[ContractCopy]] = {}
        self._providers: dict[UUID, ProviderCopy] = {}
        self._know([contract])

    def contracts(self, service_code: str) -> Sequence[ContractCopy]:
        """The other active contracts with the service."""
        if service_code not in self._others:
            active = provider.active_contracts(self._session, service_code)
            self._others[service_code] = [
                contract for contract in active if contract.contract_id != self._contract.contract_id
            ]
            self._know(active)
        return self._others[service_code]

    def others(self, wanted: Wanted, day: date) -> list[Offer]:
        """What each provider offers by the other contracts."""
        theirs: dict[UUID, list[ContractCopy]] = {}
        for contract in self.contracts(wanted.service_code):
            theirs.setdefault(contract.provider_id, []).append(contract)
        offers = (self.offer(wanted, contracts, day) for contracts in theirs.values())
        return [offer for offer in offers if offer is not None]

    def offer(self, wanted: Wanted, contracts: Sequence[ContractCopy], day: date) -> Offer | None:
        """What one provider offers by these contracts; None when it cannot be chosen."""
        held = occupancy(self._session, contracts, wanted.service_code, today=day, besides=wanted.voucher_id)
        try:
            return offer_of(wanted, self._providers.get(contracts[0].provider_id), contracts, held, today=day)
        except Refusal:  # not eligible: no option
            return None

    def _know(self, contracts: Iterable[ContractCopy]) -> None:
        new = {contract.provider_id for contract in contracts} - self._providers.keys()
        self._providers |= provider.find_providers(self._session, sorted(new))


def preview_contract_change(
    session: Session, *, contract_id: UUID, change: Hypothesis, now: datetime
) -> Sequence[Impact]:
    """Every voucher and commitment the change would touch, oldest first; writes nothing.

    Refuses with ContractNotFound, or NoServiceLine when the contract has no such line.
    """
    contract = provider.find_contract(session, contract_id)
    if contract is None:
        raise ContractNotFound("the contract is not known here")
    changed = change.applied(contract)
    market, today = _Market(session, contract), helsinki_date(now)
    found = [
        *_served(session, market, contract, change, today),
        *_waiting(session, market, contract, changed, today),
        *_committed(session, market, contract, change, today),
    ]
    return sorted(found, key=lambda impact: (impact.created_at, impact.id))


def _served(
    session: Session, market: _Market, contract: ContractCopy, change: Hypothesis, today: date
) -> Iterable[Impact]:
    for voucher in rows.loaded(session, rows.at_contract(session, contract.contract_id, ())):
        cut_off = change.first_day_unserved(voucher.service_code, today)
        held = 0 if cut_off is None else _held(session, voucher, cut_off)
        remaining = replace(wanted_by(voucher), units=voucher.units_left - held)
        others = market.others(remaining, max(today, cut_off or today))
        if impact := on_served(voucher, change, cut_off=cut_off, held=held, others=others):
            yield impact


def _waiting(
    session: Session, market: _Market, contract: ContractCopy, changed: ContractCopy, today: date
) -> Iterable[Impact]:
    services = sorted({line.service_code for line in contract.lines if line.voucher})
    for voucher in rows.loaded(session, rows.awaiting_choice(session, services)):
        wanted = wanted_by(voucher)
        before, after = (market.offer(wanted, [version], today) for version in (contract, changed))
        others = market.others(wanted, today)
        if impact := on_waiting(voucher, before=before, after=after, others=others):
            yield impact


def _committed(
    session: Session, market: _Market, contract: ContractCopy, change: Hypothesis, today: date
) -> Iterable[Impact]:
    for commitment in commitments.open_commitments_at(session, contract.contract_id):
        cut_off = change.first_day_unserved(commitment.service_code, today)
        prices = [
            line.unit_price_cents
            for other in market.contracts(commitment.service_code)
            if other.kind == contract.kind and other.covers(max(today, cut_off or today), commitment.valid_to)
            for line in other.lines
            if line.service_code == commitment.service_code
        ]
        if impact := on_commitment(commitment, change, cut_off=cut_off, prices=prices):
            yield impact


def _held(session: Session, voucher: Voucher, cut_off: date) -> int:
    if voucher.provider_id is None:
        return 0
    claimed = redemption_rows.counted_days(session, voucher.id, voucher.provider_id)
    waiting = delivered(session, voucher, voucher.provider_id)
    return units_to_hold(voucher, cut_off=cut_off, claimed=claimed, delivered=waiting)
