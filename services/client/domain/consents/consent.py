"""Permissions and denials of disclosure (CONSENT-3), and what they mean for one look at one thing (CONSENT-3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from services.client.domain.clients.identity_code import ADULT_AGE
from services.client.domain.consents.refusals import DenialNotAllowed, MinorTooYoung, NotAMinor, NotInformed
from services.client.domain.relationships.relationship import RelationshipKind
from services.kernel.care import Sector
from services.kernel.machine import move

COUNTY_ENTERPRISE = "COUNTY_ENTERPRISE"
BY_CONTRACT = frozenset({"VOUCHER", "PURCHASED"})
BY_CHOICE = frozenset({"DIRECT_CHOICE_HSSC", "DIRECT_CHOICE_DENTAL"})
SERVES_BY_CONTRACT = frozenset({RelationshipKind.VOUCHER, RelationshipKind.PLAN_SERVICE})


class ConsentKind(Enum):
    """Whether disclosure is permitted or denied."""

    PERMISSION = "PERMISSION"
    DENIAL = "DENIAL"


class ConsentTarget(Enum):
    """What it is about: all data of the sector, a receiving controller, a service task, a document, the guardian."""

    ALL = "ALL"
    CONTROLLER = "CONTROLLER"
    SERVICE_TASK = "SERVICE_TASK"
    DOCUMENT = "DOCUMENT"
    GUARDIAN = "GUARDIAN"


class ConsentState(Enum):
    """Whether it counts."""

    IN_FORCE = "IN_FORCE"
    REVOKED = "REVOKED"


class DisclosureException(Enum):
    """A lawful reason to read in spite of a denial or without permission (CONSENT-4)."""

    NEEDS_ASSESSMENT = "NEEDS_ASSESSMENT"
    EMERGENCY = "EMERGENCY"


TRANSITIONS: dict[tuple[ConsentState, str], ConsentState] = {
    (ConsentState.IN_FORCE, "revoke"): ConsentState.REVOKED,
}


@dataclass(frozen=True)
class Scope:
    """What a consent covers; `target_id` is a controller, a service task or a document, else empty."""

    kind: ConsentKind
    sector: Sector
    target: ConsentTarget
    target_id: str = ""


@dataclass(eq=False, kw_only=True)
class Consent:
    """A client's permission or denial, separate for social welfare and for health."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    scope: Scope
    created_at: datetime
    created_by: str
    state: ConsentState = ConsentState.IN_FORCE
    revoked_at: datetime | None = None
    revoked_by: str = ""
    version: int = 1

    def revoke(self, *, by: str, now: datetime) -> None:
        """It may be withdrawn at any time, once."""
        self.state = move(TRANSITIONS, self.state, "revoke", noun="a consent")
        self.revoked_at, self.revoked_by = now, by
        self.version += 1


@dataclass(frozen=True)
class Item:
    """What is looked at: a row that all around the plan see, or (`closer`) a narrative or a document."""

    sector: Sector
    service_task: str = ""
    document_id: str = ""
    producer: str = ""
    closer: bool = True


@dataclass(frozen=True)
class Reader:
    """Who looks: the controller it is, the roles it has as a provider here, and its relationships with the client."""

    controller: str
    roles: frozenset[str] = frozenset()
    relationships: frozenset[RelationshipKind] = frozenset()

    @property
    def of_county(self) -> bool:
        """The county enterprise, or a provider that serves this client by voucher or purchase: one controller."""
        return COUNTY_ENTERPRISE in self.roles or bool(
            self.roles & BY_CONTRACT and self.relationships & SERVES_BY_CONTRACT
        )

    @property
    def of_network(self) -> bool:
        """Known to the county as a provider: it needs no permission, whatever it does for this client."""
        return bool(self.roles)


def check_scope(scope: Scope, *, informed: bool, roles: Collection[str], own_county: str) -> None:
    """CONSENT-1: a permission needs an informed client; between the county and who acts for it nothing can be denied.

    `roles` are those of the provider that is the target, empty for any other controller.
    """
    if scope.kind is ConsentKind.PERMISSION:
        if not informed:
            raise NotInformed("the client was not informed of what the permission means")
        return
    acts_only = bool({COUNTY_ENTERPRISE, *BY_CONTRACT} & set(roles)) and not BY_CHOICE & set(roles)
    if scope.target is ConsentTarget.CONTROLLER and (acts_only or scope.target_id == own_county):
        raise DenialNotAllowed(
            "nothing is disclosed between the county and a provider that acts for it: there is no denial"
        )


def check_minor(age: int | None, *, self_told: bool, decides_age: int) -> None:
    """CONSENT-7: a minor may forbid giving own data to the guardian; a younger one when a professional finds them
    able."""
    if age is None or age >= ADULT_AGE:
        raise NotAMinor("the client is of age, or the day of birth is not known")
    if self_told and age < decides_age:
        raise MinorTooYoung("a professional judges whether the client is able to decide, and records the denial")


def denial_applies(
    in_force: Collection[Scope], item: Item, reader: Reader, exception: DisclosureException | None = None
) -> bool:
    """CONSENT-3: whether a denial hides the item from the reader."""
    if exception is not None or (item.producer and item.producer == reader.controller):
        return False
    if reader.of_county or not item.closer:
        return False
    return any(_covers(scope, item, reader) for scope in _of(in_force, ConsentKind.DENIAL, item.sector))


def may_disclose(
    in_force: Collection[Scope], item: Item, reader: Reader, exception: DisclosureException | None = None
) -> bool:
    """CONSENT-2: no denial hides the item; and who is no provider of the county has the client's permission."""
    if denial_applies(in_force, item, reader, exception):
        return False
    if exception is not None or reader.of_network:
        return True
    return any(_covers(scope, item, reader) for scope in _of(in_force, ConsentKind.PERMISSION, item.sector))


def _of(in_force: Collection[Scope], kind: ConsentKind, sector: Sector) -> list[Scope]:
    return [scope for scope in in_force if scope.kind is kind and scope.sector is sector]


def _covers(scope: Scope, item: Item, reader: Reader) -> bool:
    about = {
        ConsentTarget.CONTROLLER: reader.controller,
        ConsentTarget.SERVICE_TASK: item.service_task,
        ConsentTarget.DOCUMENT: item.document_id,
    }
    return scope.target is ConsentTarget.ALL or scope.target_id == about.get(scope.target)
