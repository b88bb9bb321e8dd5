"""Copies of plans with their services, and of deliveries."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.kernel.care import Arrangement

PLANS_IN_FORCE = frozenset({"ACTIVE", "UNDER_REVIEW"})


OPEN_PLANS = PLANS_IN_FORCE | {"DRAFT", "CONSULTATION"}


@dataclass(frozen=True)
class PlanCopy:
    """A plan: whose, in which state, and which MAJOR version is in force (0: none)."""

    plan_id: UUID
    client_id: UUID
    state: str
    version: int
    major: int = 0


@dataclass(frozen=True)
class PlanServiceCopy:
    """A planned service."""

    plan_service_id: UUID
    plan_id: UUID
    client_id: UUID
    service_code: str
    arrangement: str
    state: str
    provider_id: UUID | None
    unit_id: UUID | None
    contract_id: UUID | None
    voucher_id: UUID | None
    enrolment_id: UUID | None
    item_code: str
    units: int
    unit: str
    from_date: date | None
    to_date: date | None
    units_delivered: int = 0

    @property
    def awaits_choice(self) -> bool:
        """Whether a voucher may be drafted for it (VOUCHER-1)."""
        return self.arrangement == Arrangement.VOUCHER and self.state == "AWAITING_CHOICE"


@dataclass(frozen=True)
class DeliveryCopy:
    """A recorded delivery."""

    delivery_id: UUID
    client_id: UUID
    plan_service_id: UUID | None
    voucher_id: UUID | None
    provider_id: UUID
    service_code: str
    service_date: date
    units: int
    mode: str = ""
