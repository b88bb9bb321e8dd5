"""A contract, its lines and clauses, and its states (3.5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.provider.domain.catalogue import Arrangement, CatalogueEntry
from services.provider.domain.condition import (
    Clause,
    ConditionSet,
    ConditionSetState,
    Evidence,
    check_met,
    check_once,
    inherited,
)
from services.provider.domain.machine import moved
from services.provider.domain.provider import Provider, ProviderRole, ProviderState
from services.provider.domain.refusals import (
    ArrangementNotAllowed,
    ClauseMissing,
    ConditionSetNotPublished,
    ConditionsMismatch,
    InvalidValue,
    OutsideValidity,
    PriceAboveValue,
    ProviderMismatch,
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


class ContractState(StrEnum):
    """The states of a contract."""

    DRAFT = "DRAFT"
    CONDITIONS_ACCEPTED = "CONDITIONS_ACCEPTED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


TRANSITIONS: dict[tuple[ContractState, str], ContractState] = {
    (ContractState.DRAFT, "accept_conditions"): ContractState.CONDITIONS_ACCEPTED,
    (ContractState.CONDITIONS_ACCEPTED, "activate"): ContractState.ACTIVE,
    (ContractState.DRAFT, "withdraw"): ContractState.WITHDRAWN,
    (ContractState.CONDITIONS_ACCEPTED, "withdraw"): ContractState.WITHDRAWN,
}
"""K2, K3 and K10; the changes of a contract in force (K4 to K9) come with process C."""

IN_FORCE = frozenset({ContractState.ACTIVE, ContractState.SUSPENDED})

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
DIRECT_CHOICE_CLAUSES = ("GUIDANCE_DUTY", "FOLLOW_PLAN", "ACCEPT_ALL")


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """A service at a price per unit of care; no units named: every unit of the provider. Capacity 0: not limited."""

    service_code: str
    unit_ids: tuple[UUID, ...]
    unit_price_cents: int
    voucher: bool
    capacity: int


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
            if line.unit_price_cents < 0 or line.capacity < 0:
                raise InvalidValue("lines", "a price or a capacity is not negative")
            if line.voucher != (self.kind is ContractKind.VOUCHER):
                raise InvalidValue("lines", "the lines of a voucher contract, and only they, are chosen with a voucher")


@dataclass(eq=False, kw_only=True)
class Contract:
    """A contract of the county with a provider, or the assignment of the county enterprise."""

    uid: UUID
    county_scheme: str
    county_code: str
    number: str
    provider_id: UUID
    kind: ContractKind
    condition_set_id: UUID
    condition_set_number: int
    terms: ContractTerms
    clauses: tuple[Clause, ...]
    state: ContractState
    termination_effective: date | None
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime

    def accept_conditions(
        self, condition_set_id: UUID, number: int, clause_codes: Collection[str], *, by: str, now: datetime
    ) -> None:
        """K2: the provider `by` accepts exactly the version and the clauses of this contract."""
        if by != str(self.provider_id):
            raise ProviderMismatch
        after = moved(TRANSITIONS, self.state, "accept_conditions", what="a contract")
        if (condition_set_id, number) != (self.condition_set_id, self.condition_set_number):
            raise ConditionsMismatch("the contract stands under another version of conditions")
        if sorted(clause_codes) != [clause.code for clause in self.clauses]:
            raise ConditionsMismatch("the contract has other clauses than those accepted")
        self._become(after, now)

    def activate(
        self,
        *,
        provider: Provider,
        conditions: ConditionSet,
        evidence: Mapping[str, Evidence],
        catalogue: Mapping[str, CatalogueEntry],
        day: date,
        now: datetime,
    ) -> None:
        """K3: in force from now on, when every guard of domain.md 3.5 holds on `day`."""
        after = moved(TRANSITIONS, self.state, "activate", what="a contract")
        if provider.state is not ProviderState.APPROVED:
            raise ProviderNotApproved("the provider is not approved")
        if not self.terms.valid_from <= day <= self.terms.valid_to:
            raise OutsideValidity("today is outside the period of the contract")
        check_met((one for one in conditions.conditions if one.mandatory), evidence, day=day)
        self._check_clauses()
        self._check_prices(catalogue)
        self._become(after, now)

    def withdraw(self, *, now: datetime) -> None:
        """K10: never comes into force."""
        self._become(moved(TRANSITIONS, self.state, "withdraw", what="a contract"), now)

    def _check_clauses(self) -> None:
        present = {clause.code for clause in self.clauses}
        if self.kind is ContractKind.DIRECT_CHOICE:
            for code in DIRECT_CHOICE_CLAUSES:
                if code not in present:
                    raise ClauseMissing(f"a direct-choice contract needs the clause {code}")

    def _check_prices(self, catalogue: Mapping[str, CatalogueEntry]) -> None:
        """In regime ASIAKASSETELI the client pays no top-up, so a voucher price stays within the county's value."""
        for line in self.terms.lines:
            entry = catalogue.get(line.service_code)
            if entry is None:
                raise ServiceNotInCatalogue(f"{line.service_code} is not in the catalogue")
            if line.voucher and line.unit_price_cents > entry.reference_price_cents:
                raise PriceAboveValue(f"the price of {line.service_code} is above the county's value")

    def _become(self, state: ContractState, now: datetime) -> None:
        self.state = state
        self.version += 1
        self.updated_at = now


def check_draft(
    terms: ContractTerms, *, provider: Provider, conditions: ConditionSet, catalogue: Mapping[str, CatalogueEntry]
) -> tuple[Clause, ...]:
    """K1: refuse terms this provider cannot get; gives the clauses that will be in force, by code."""
    if provider.state is not ProviderState.APPROVED:
        raise ProviderNotApproved("the provider is not approved")
    if not provider.has_role(*ROLES_OF_KIND[terms.kind]):
        raise ProviderRoleMissing(f"the provider is not approved for {terms.kind} contracts")
    if conditions.state is not ConditionSetState.PUBLISHED or conditions.valid_from > terms.valid_from:
        raise ConditionSetNotPublished("the version of conditions is not published for the contract's period")
    _check_scope(terms, provider, conditions)
    units = {unit.uid for unit in provider.units}
    for line in terms.lines:
        entry = catalogue.get(line.service_code)
        if entry is None:
            raise ServiceNotInCatalogue(f"{line.service_code} is not in the catalogue")
        if ARRANGEMENT_OF_KIND[terms.kind] not in entry.arrangements:
            raise ArrangementNotAllowed(f"{line.service_code} is not arranged by {ARRANGEMENT_OF_KIND[terms.kind]}")
        if not units.issuperset(line.unit_ids):
            raise InvalidValue("lines", "a line names a unit of another provider")
    return inherited(conditions.clauses, terms.own_clauses)


def _check_scope(terms: ContractTerms, provider: Provider, conditions: ConditionSet) -> None:
    """The conditions are those of the contract's role, or of one of its services."""
    scopes = {role for role in ROLES_OF_KIND[terms.kind] if provider.has_role(role)}
    if conditions.scope not in scopes | {line.service_code for line in terms.lines}:
        raise ConditionSetNotPublished("the version of conditions is for another role or service")
