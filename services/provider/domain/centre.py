"""The county's decisions that its enterprise gives further services at health and social services centres (S1.20)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.kernel.care import Arrangement
from services.kernel.refusal import InvalidValue
from services.provider.domain.catalogue import CatalogueEntry
from services.provider.domain.provider import UnitKind
from services.provider.domain.refusals import (
    ArrangementNotAllowed,
    DirectChoiceService,
    NotACentre,
    ServiceNotInCatalogue,
)


@dataclass(frozen=True, kw_only=True)
class CentreServiceTerms:
    """What is decided; both days inclusive, no last day: it runs on."""

    decision_number: str
    service_code: str
    unit_ids: tuple[UUID, ...]
    from_date: date
    to_date: date | None

    def __post_init__(self) -> None:
        if self.to_date is not None and self.to_date < self.from_date:
            raise InvalidValue("to_date", "the period ends before it begins")


@dataclass(eq=False, kw_only=True)
class CentreServiceDecision:
    """A decision of the county."""

    id: UUID
    county_scheme: str
    county_code: str
    decision_number: str
    service_code: str
    unit_ids: tuple[UUID, ...]
    from_date: date
    to_date: date | None
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime

    def end(self, last: date, *, day: date, now: datetime) -> None:
        """Set its last day, `day` at the earliest."""
        if last < max(day, self.from_date):
            raise InvalidValue("to_date", "a decision ends today at the earliest, and not before it begins")
        if self.to_date is not None and last >= self.to_date:
            raise InvalidValue("to_date", "the decision ends by then already")
        self.to_date = last
        self.version += 1
        self.updated_at = now


def check_decision(terms: CentreServiceTerms, *, entry: CatalogueEntry | None, kinds: Mapping[UUID, UnitKind]) -> None:
    """Refuse what is no service of the enterprise beside direct choice, and what is no centre (S2.24)."""
    if entry is None:
        raise ServiceNotInCatalogue(f"{terms.service_code} is not in the catalogue")
    if Arrangement.DIRECT_CHOICE in entry.arrangements:
        raise DirectChoiceService(f"the client gets {terms.service_code} by direct choice")
    if Arrangement.OWN not in entry.arrangements:
        raise ArrangementNotAllowed(f"{terms.service_code} is not produced by the county enterprise")
    if not _all_centres(terms.unit_ids, kinds):
        raise NotACentre("a unit of the decision is no health and social services centre")


def _all_centres(unit_ids: Collection[UUID], kinds: Mapping[UUID, UnitKind]) -> bool:
    return all(kinds.get(unit_id) is UnitKind.HSSC for unit_id in unit_ids)
