"""Who people are: the client's person and whereabouts, and the professionals who act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID


class Language(Enum):
    """The language a client is served in."""

    UNSPECIFIED = "UNSPECIFIED"
    FI = "FI"
    SV = "SV"
    SE = "SE"
    OTHER = "OTHER"


@dataclass(frozen=True)
class Person:
    """The core of a person's identity, without the identity code; names may be empty."""

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    language: Language = Language.UNSPECIFIED
    interpreter: bool = False


@dataclass(frozen=True)
class ContactData:
    """Where a client lives and is reached; the municipality is its three-digit code."""

    municipality_code: str = ""
    address: str = ""
    contact_address: str = ""
    phone: str = ""


class Category(Enum):
    """What a professional is, for the composition of teams and assessments."""

    SOCIAL_WORKER = "SOCIAL_WORKER"
    OTHER_SOCIAL = "OTHER_SOCIAL"
    HEALTH = "HEALTH"


class Registry(Enum):
    """The register a professional's number comes from."""

    NONE = "UNSPECIFIED"
    SOCIAL = "SOCIAL"
    HEALTH = "HEALTH"


@dataclass(frozen=True)
class Professional:
    """A professional; `professional_id` is the opaque subject of their tokens."""

    professional_id: str
    title: str
    category: Category
    registry: Registry = Registry.NONE
    registry_number: str = ""
    organisation_id: UUID | None = None

    @property
    def registered(self) -> bool:
        """Has a number in the social welfare or the health care register."""
        return self.registry is not Registry.NONE and bool(self.registry_number)


def with_others(people: Iterable[Professional], others: Iterable[Professional]) -> tuple[Professional, ...]:
    """Each professional once, in the order given; of two entries for one the first counts."""
    known: dict[str, Professional] = {}
    for professional in (*people, *others):
        known.setdefault(professional.professional_id, professional)
    return tuple(known.values())
