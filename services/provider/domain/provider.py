"""A provider, its units and its states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.care import DeliveryMode
from services.kernel.machine import move
from services.kernel.refusal import IllegalTransition
from services.provider.domain.condition import Condition, ConditionKind, Evidence, check_met
from services.provider.domain.identifiers import business_id, organisation_oid
from services.provider.domain.refusals import ContractInForce, RegistrationNotValid, UnitExists


class Ownership(StrEnum):
    """The sector of ownership (S1.05a)."""

    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"
    THIRD = "THIRD"


class ProviderRole(StrEnum):
    """What a provider may be in the county."""

    COUNTY_ENTERPRISE = "COUNTY_ENTERPRISE"
    DIRECT_CHOICE_HSSC = "DIRECT_CHOICE_HSSC"
    DIRECT_CHOICE_DENTAL = "DIRECT_CHOICE_DENTAL"
    VOUCHER = "VOUCHER"
    PURCHASED = "PURCHASED"


class ProviderState(StrEnum):
    """The states of a provider."""

    APPLICANT = "APPLICANT"
    APPROVED = "APPROVED"
    FROZEN = "FROZEN"
    REMOVED = "REMOVED"


TRANSITIONS: dict[tuple[ProviderState, str], ProviderState] = {
    (ProviderState.APPLICANT, "approve"): ProviderState.APPROVED,
    (ProviderState.APPROVED, "freeze"): ProviderState.FROZEN,
    (ProviderState.FROZEN, "unfreeze"): ProviderState.APPROVED,
    (ProviderState.APPROVED, "remove"): ProviderState.REMOVED,
    (ProviderState.FROZEN, "remove"): ProviderState.REMOVED,
}


class UnitKind(StrEnum):
    """The kinds of service units."""

    HSSC = "HSSC"
    DENTAL = "DENTAL"
    CARE_HOME = "CARE_HOME"
    CLINIC = "CLINIC"
    REGIONAL_CARE_CENTRE = "REGIONAL_CARE_CENTRE"
    FAMILY_CENTRE = "FAMILY_CENTRE"
    REMOTE = "REMOTE"
    MOBILE = "MOBILE"
    OTHER = "OTHER"


class Accessibility(StrEnum):
    """How people with disabilities get into a unit and are served there."""

    STEP_FREE = "STEP_FREE"
    TOILET = "TOILET"
    HEARING_LOOP = "HEARING_LOOP"
    SIGN_LANGUAGE = "SIGN_LANGUAGE"
    PLAIN_LANGUAGE = "PLAIN_LANGUAGE"
    VISUAL = "VISUAL"


class RegistrationState(StrEnum):
    """Whether a supervisory registration holds."""

    PENDING = "PENDING"
    VALID = "VALID"
    LOST = "LOST"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Entry in the supervisory register."""

    register: str
    number: str
    from_date: date | None
    state: RegistrationState


@dataclass(frozen=True, kw_only=True)
class UnitTerms:
    """A unit as it is added; an empty municipality for a remote or mobile one, capacity 0: not limited."""

    code: str
    display_name: str
    oid: str
    kind: UnitKind
    municipality_code: str
    modes: tuple[DeliveryMode, ...]
    languages: tuple[str, ...]
    capacity: int
    area_municipality_codes: tuple[str, ...]
    accessibility: tuple[Accessibility, ...] = ()


@dataclass(eq=False, kw_only=True)
class ServiceUnit:
    """A unit of a provider."""

    id: UUID
    county_scheme: str
    county_code: str
    position: int
    code: str
    terms: UnitTerms
    created_at: datetime
    created_by: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the registers and a provider's papers say of it."""

    registration: Registration
    prepayment_register: bool
    insurance_valid_to: date | None
    insurance_kind: str
    self_monitoring_url: str


@dataclass(frozen=True, kw_only=True)
class Application:
    """What an organisation tells when it applies (PROVIDER-1), and its standing as last recorded.

    A wrong business id or oid is refused on construction.
    """

    business_id: str
    display_name: str
    ownership: Ownership
    roles: tuple[ProviderRole, ...]
    oid: str
    registration: Registration
    prepayment_register: bool = False
    insurance_valid_to: date | None = None
    insurance_kind: str = ""
    self_monitoring_url: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "business_id", business_id(self.business_id))
        organisation_oid(self.oid, self.business_id)


@dataclass(eq=False, kw_only=True)
class Provider:
    """An organisation that delivers, or has applied to deliver, care services in the county."""

    id: UUID
    county_scheme: str
    county_code: str
    business_id: str
    roles: tuple[ProviderRole, ...]
    application: Application
    state: ProviderState
    state_reason: str
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    units: list[ServiceUnit] = field(default_factory=list)

    def approve(
        self, conditions: Iterable[Condition], evidence: Mapping[str, Evidence], *, now: datetime, day: date
    ) -> None:
        """The registration is valid and each statutory condition of its roles has valid evidence (PROVIDER-2)."""
        after = move(TRANSITIONS, self.state, "approve", noun="a provider")
        self.check_registered()
        check_met(
            (condition for condition in conditions if condition.kind is ConditionKind.STATUTORY), evidence, day=day
        )
        self._become(after, "", now)

    def freeze(self, reason: str, *, now: datetime) -> None:
        """Takes no new clients for now (PROVIDER-3)."""
        self._become(move(TRANSITIONS, self.state, "freeze", noun="a provider"), reason, now)

    def unfreeze(self, *, now: datetime) -> None:
        """Takes clients again (PROVIDER-3)."""
        self._become(move(TRANSITIONS, self.state, "unfreeze", noun="a provider"), "", now)

    def check_registered(self) -> None:
        """Refuse with RegistrationNotValid unless it is in force in the supervisory register."""
        if self.application.registration.state is not RegistrationState.VALID:
            raise RegistrationNotValid("the registration in the supervisory register is not in force")

    @property
    def lost_registration(self) -> bool:
        """The supervisor withdrew its registration."""
        return self.application.registration.state is RegistrationState.LOST

    def record_standing(self, standing: Standing, *, now: datetime) -> None:
        """What the registers and its papers say now."""
        if self.state is ProviderState.REMOVED:
            raise IllegalTransition("a provider", self.state, "record_standing")
        self.application = replace(
            self.application,
            registration=standing.registration,
            prepayment_register=standing.prepayment_register,
            insurance_valid_to=standing.insurance_valid_to,
            insurance_kind=standing.insurance_kind,
            self_monitoring_url=standing.self_monitoring_url,
        )
        self._changed(now)

    def remove(self, reason: str, *, contract_in_force: bool, now: datetime) -> None:
        """For good; refused while one of its contracts is in force (PROVIDER-4)."""
        after = move(TRANSITIONS, self.state, "remove", noun="a provider")
        if contract_in_force:
            raise ContractInForce("a contract of the provider is in force; it must end first")
        self._become(after, reason, now)

    def add_unit(self, terms: UnitTerms, *, unit_id: UUID, by: str, now: datetime) -> ServiceUnit:
        """Add a unit; its oid, when given, lies below the organisation's; a removed provider gets none."""
        if self.state is ProviderState.REMOVED:
            raise IllegalTransition("a provider", self.state, "add_unit")
        if any(unit.code == terms.code for unit in self.units):
            raise UnitExists("a service unit with this code is in the register")
        if terms.oid:
            organisation_oid(terms.oid, self.business_id)
        unit = ServiceUnit(
            id=unit_id,
            county_scheme=self.county_scheme,
            county_code=self.county_code,
            position=len(self.units),
            code=terms.code,
            terms=terms,
            created_at=now,
            created_by=by,
        )
        self.units.append(unit)
        self._changed(now)
        return unit

    def has_role(self, *roles: ProviderRole) -> bool:
        """Whether it may be one of these."""
        return any(role in self.roles for role in roles)

    def _become(self, state: ProviderState, reason: str, now: datetime) -> None:
        self.state, self.state_reason = state, reason
        self._changed(now)

    def _changed(self, now: datetime) -> None:
        self.version += 1
        self.updated_at = now
