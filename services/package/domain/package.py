"""A package, its versions and its states (PACKAGE-1 to PACKAGE-4)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.care import Arrangement, CareUnit, DeliveryMode, NeedDomain
from services.kernel.machine import move
from services.kernel.refusal import InvalidValue
from services.package.domain.neighbours import AssessmentCopy
from services.package.domain.refusals import DraftExists, NoDraft


class ClientGroup(StrEnum):
    """For whom a package is."""

    FAMILIES_WITH_CHILDREN = "FAMILIES_WITH_CHILDREN"
    CHILDREN_DEMANDING = "CHILDREN_DEMANDING"
    OLDER_PEOPLE = "OLDER_PEOPLE"
    INFORMAL_FAMILY_CARE = "INFORMAL_FAMILY_CARE"
    MENTAL_HEALTH_SUBSTANCE = "MENTAL_HEALTH_SUBSTANCE"
    REHABILITATION = "REHABILITATION"
    OTHER = "OTHER"


class PackageState(StrEnum):
    """The states of a package."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


TRANSITIONS: dict[tuple[PackageState, str], PackageState] = {
    (PackageState.DRAFT, "edit"): PackageState.DRAFT,
    (PackageState.DRAFT, "publish"): PackageState.PUBLISHED,
    (PackageState.PUBLISHED, "new_version"): PackageState.PUBLISHED,
    (PackageState.PUBLISHED, "edit"): PackageState.PUBLISHED,
    (PackageState.PUBLISHED, "publish"): PackageState.PUBLISHED,
    (PackageState.PUBLISHED, "degrade"): PackageState.PUBLISHED,
    (PackageState.PUBLISHED, "retire"): PackageState.RETIRED,
}


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """Who may enter; every criterion that is set must be met. Zero or empty: not set; no domains: every domain.

    Where the client lives is told by whoever asks and kept nowhere; untold, it is in no municipality.
    """

    min_age: int = 0
    max_age: int = 0
    child_in_household: bool = False
    informal_carer: bool = False
    need_domains: tuple[NeedDomain, ...] = ()
    need_min_level: int = 0
    need_min_domains: int = 0
    municipality_codes: tuple[str, ...] = ()

    def unmet(self, assessment: AssessmentCopy, municipality_code: str) -> list[str]:
        """The criteria (PACKAGE-6) the assessment and the municipality do not meet; empty when the client may enter."""
        domains = self.need_domains or tuple(NeedDomain)
        needs = sum(assessment.needs.get(domain, 0) >= max(self.need_min_level, 1) for domain in domains)
        checks = {
            "min_age": not self.min_age or assessment.age_years >= self.min_age,
            "max_age": not self.max_age or assessment.age_years <= self.max_age,
            "child_in_household": not self.child_in_household or assessment.child_in_household,
            "informal_carer": not self.informal_carer or assessment.informal_carer,
            "needs": needs >= self.need_min_domains,
            "municipality": not self.municipality_codes or municipality_code in self.municipality_codes,
        }
        return [name for name, met in checks.items() if not met]


@dataclass(frozen=True)
class Coordinator:
    """Who holds a network together."""

    provider_id: UUID
    unit_id: UUID


@dataclass(frozen=True, kw_only=True)
class Member:
    """A provider of the network and the items it delivers; no unit named: all its units."""

    provider_id: UUID
    unit_id: UUID | None
    role: str
    item_codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One service of a package; `units` 0: not counted. `unit_cost_cents` is calculated, not a price."""

    item_code: str
    service_code: str
    units: int
    unit: CareUnit
    duration_months: int
    arrangement: Arrangement
    modes: tuple[DeliveryMode, ...]
    mandatory: bool
    depends_on: str
    unit_cost_cents: int

    @property
    def cost_cents(self) -> int:
        """What the item costs for one client."""
        return self.units * self.unit_cost_cents


@dataclass(frozen=True, kw_only=True)
class PackageContent:
    """What one version holds; refuses on construction what contradicts itself. `envelope_cents` None: not told."""

    name_fi: str
    name_en: str
    name_sv: str
    client_group: ClientGroup
    goals: tuple[str, ...]
    criteria: Criteria
    coordinator: Coordinator | None
    members: tuple[Member, ...]
    items: tuple[Item, ...]
    envelope_cents: int | None
    single_unit: bool
    indicators: tuple[str, ...]

    def __post_init__(self) -> None:
        codes = [item.item_code for item in self.items]
        if len(codes) != len(set(codes)):
            raise InvalidValue("content.items", "an item code stands twice")
        if any(item.units < 0 or item.unit_cost_cents < 0 or item.duration_months < 1 for item in self.items):
            raise InvalidValue("content.items", "units and costs are not negative, and an item lasts a month or more")
        if self.envelope_cents is not None and self.envelope_cents < 0:
            raise InvalidValue("content.envelope", "an envelope is not negative")
        for place, item in enumerate(self.items):
            if item.depends_on and item.depends_on not in codes[:place]:
                raise InvalidValue("content.items", f"{item.item_code} depends on no item before it")
        for member in self.members:
            if not set(member.item_codes) <= set(codes):
                raise InvalidValue("content.members", "a member names an item the package does not have")

    def item(self, item_code: str) -> Item | None:
        """The item with this code."""
        return next((item for item in self.items if item.item_code == item_code), None)

    def members_for(self, item_code: str) -> Iterable[Member]:
        """The members that deliver the item, in the network's order."""
        return (member for member in self.members if item_code in member.item_codes)


@dataclass(eq=False, kw_only=True)
class Package:
    """A package with the version clients are enrolled in and the version being drafted.

    `degraded` names the items of the published version that no member may deliver now.
    """

    id: UUID
    county_scheme: str
    county_code: str
    code: str
    state: PackageState
    published_number: int
    published: PackageContent | None
    draft_number: int
    draft: PackageContent | None
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    degraded: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every mandatory item of the published version has a qualified member."""
        items = self.published.items if self.published else ()
        return not any(item.mandatory and item.item_code in self.degraded for item in items)

    def edit(self, content: PackageContent, *, now: datetime) -> None:
        """Replace the version being drafted."""
        state = move(TRANSITIONS, self.state, "edit", noun="a package")
        if self.draft is None:
            raise NoDraft("the package has no version in draft")
        self.draft = content
        self._become(state, now)

    def drafted(self) -> PackageContent:
        """What publishing would publish; refuses with IllegalTransition or NoDraft."""
        move(TRANSITIONS, self.state, "publish", noun="a package")
        if self.draft is None:
            raise NoDraft("the package has no version in draft")
        return self.draft

    def publish(self, *, now: datetime) -> None:
        """The draft becomes the published version; its guards are those of `publishing` (PACKAGE-2, PACKAGE-3)."""
        content = self.drafted()
        self.published, self.published_number = content, self.draft_number
        self.draft, self.draft_number, self.degraded = None, 0, ()
        self._become(move(TRANSITIONS, self.state, "publish", noun="a package"), now)

    def new_version(self, *, now: datetime) -> None:
        """Draft a copy of the published version; those enrolled keep theirs (PACKAGE-3)."""
        state = move(TRANSITIONS, self.state, "new_version", noun="a package")
        if self.draft is not None:
            raise DraftExists("the package has a version in draft")
        self.draft, self.draft_number = self.published, self.published_number + 1
        self._become(state, now)

    def degrade(self, item_codes: Collection[str], *, now: datetime) -> None:
        """These items of the published version have no qualified member now; none: all have one again (PACKAGE-5)."""
        state = move(TRANSITIONS, self.state, "degrade", noun="a package")
        self.degraded = tuple(item_codes)
        self._become(state, now)

    def retire(self, *, now: datetime) -> None:
        """No new enrolments (PACKAGE-4)."""
        self._become(move(TRANSITIONS, self.state, "retire", noun="a package"), now)

    def _become(self, state: PackageState, now: datetime) -> None:
        self.state = state
        self.version += 1
        self.updated_at = now
