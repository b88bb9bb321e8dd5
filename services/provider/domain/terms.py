"""What a contract says: its kind, its lines, and what stands in a draft (CONTRACT-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.kernel.care import Arrangement
from services.kernel.refusal import InvalidValue
from services.provider.domain.catalogue import CatalogueEntry
from services.provider.domain.condition import Clause, ConditionSet, ConditionSetState, check_once, inherited
from services.provider.domain.contract_refusals import PriceAboveValue
from services.provider.domain.provider import Provider, ProviderRole, ProviderState
from services.provider.domain.refusals import (
    ArrangementNotAllowed,
    ConditionSetNotPublished,
    ProviderNotApproved,
    ProviderRoleMissing,
    ServiceNotInCatalogue,
)


class ContractKind(StrEnum):
    """What a contract is for."""

    DIRECT_CHOICE = "DIRECT_CHOICE"
    VOUCHER = "VOUCHER"
    PURCHASE = "PURCHASE"
    INTERNAL_ASSIGNMENT = "INTERNAL_ASSIGNMENT"


ROLES_OF_KIND: dict[ContractKind, tuple[ProviderRole, ...]] = {
    ContractKind.DIRECT_CHOICE: (ProviderRole.DIRECT_CHOICE_HSSC, ProviderRole.DIRECT_CHOICE_DENTAL),
    ContractKind.VOUCHER: (ProviderRole.VOUCHER,),
    ContractKind.PURCHASE: (ProviderRole.PURCHASED,),
    ContractKind.INTERNAL_ASSIGNMENT: (ProviderRole.COUNTY_ENTERPRISE,),
}
ARRANGEMENT_OF_KIND: dict[ContractKind, Arrangement] = {
    ContractKind.DIRECT_CHOICE: Arrangement.DIRECT_CHOICE,
    ContractKind.VOUCHER: Arrangement.VOUCHER,
    ContractKind.PURCHASE: Arrangement.PURCHASE,
    ContractKind.INTERNAL_ASSIGNMENT: Arrangement.OWN,
}


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """A service at a price per unit of care; no units named: every unit of the provider.

    At most `capacity` clients at a time and `max_new_clients_month` new ones in a calendar month (CONTRACT-13); 0: not
    limited.
    """

    service_code: str
    unit_ids: tuple[UUID, ...]
    unit_price_cents: int
    voucher: bool
    capacity: int
    max_new_clients_month: int = 0


@dataclass(frozen=True, kw_only=True)
class ContractTerms:
    """What is agreed; `own_clauses` stand beside those of the conditions. Both days inclusive."""

    kind: ContractKind
    lines: tuple[ServiceLine, ...]
    own_clauses: tuple[Clause, ...]
    valid_from: date
    valid_to: date
    notice_days: int

    def __post_init__(self) -> None:
        if self.valid_to < self.valid_from:
            raise InvalidValue("valid_to", "the period ends before it begins")
        if not self.lines:
            raise InvalidValue("lines", "a contract has at least one line")
        check_once((line.service_code for line in self.lines), field="lines")
        check_once((clause.code for clause in self.own_clauses), field="clauses")
        for line in self.lines:
            if min(line.unit_price_cents, line.capacity, line.max_new_clients_month) < 0:
                raise InvalidValue("lines", "a price or a capacity is not negative")
            if line.voucher != (self.kind is ContractKind.VOUCHER):
                raise InvalidValue("lines", "the lines of a voucher contract, and only they, are chosen with a voucher")


def check_draft(
    terms: ContractTerms, *, provider: Provider, conditions: ConditionSet, catalogue: Mapping[str, CatalogueEntry]
) -> tuple[Clause, ...]:
    """Refuse terms this provider cannot get; gives the clauses that will be in force, by code (CONTRACT-1)."""
    if provider.state is not ProviderState.APPROVED:
        raise ProviderNotApproved("the provider is not approved")
    if not provider.has_role(*ROLES_OF_KIND[terms.kind]):
        raise ProviderRoleMissing(f"the provider is not approved for {terms.kind} contracts")
    if conditions.state is not ConditionSetState.PUBLISHED or conditions.valid_from > terms.valid_from:
        raise ConditionSetNotPublished("the version of conditions is not published for the contract's period")
    _check_scope(terms, provider, conditions)
    for line in terms.lines:
        check_line(line, kind=terms.kind, provider=provider, entry=catalogue.get(line.service_code))
    return inherited(conditions.clauses, terms.own_clauses)


def check_line(line: ServiceLine, *, kind: ContractKind, provider: Provider, entry: CatalogueEntry | None) -> None:
    """Refuse a line that a contract of this kind with this provider cannot have."""
    if entry is None:
        raise ServiceNotInCatalogue(f"{line.service_code} is not in the catalogue")
    if ARRANGEMENT_OF_KIND[kind] not in entry.arrangements:
        raise ArrangementNotAllowed(f"{line.service_code} is not arranged by {ARRANGEMENT_OF_KIND[kind]}")
    if not {unit.id for unit in provider.units}.issuperset(line.unit_ids):
        raise InvalidValue("lines", "a line names a unit of another provider")


def check_price(line: ServiceLine, entry: CatalogueEntry | None) -> None:
    """In regime ASIAKASSETELI the client pays no top-up, so a voucher price stays within the county's value
    (MONEY-2)."""
    if entry is None:
        raise ServiceNotInCatalogue(f"{line.service_code} is not in the catalogue")
    if line.voucher and line.unit_price_cents > entry.reference_price_cents:
        raise PriceAboveValue(f"the price of {line.service_code} is above the county's value")


def _check_scope(terms: ContractTerms, provider: Provider, conditions: ConditionSet) -> None:
    """The conditions are those of the contract's role, or of one of its services."""
    scopes = {role for role in ROLES_OF_KIND[terms.kind] if provider.has_role(role)}
    if conditions.scope not in scopes | {line.service_code for line in terms.lines}:
        raise ConditionSetNotPublished("the version of conditions is for another role or service")
