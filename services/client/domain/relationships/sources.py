"""Which relationships each source asks for, from its newest state (RELATIONSHIP-1); words as the other services say
them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.client.domain.relationships.relationship import RelationshipKind, Tie

SERVED = frozenset({"ASSIGNED", "ACKNOWLEDGED", "IN_DELIVERY", "SUSPENDED"})
IN_FORCE = frozenset({"ACTIVE", "UNDER_REVIEW"})
CONSULTED = frozenset({"CONSULTATION", "UNDER_REVIEW"})
ENDED = frozenset({"CLOSED", "CANCELLED"})
AT_PROVIDER = frozenset({"RESERVED", "ACTIVE", "PARTIALLY_REDEEMED", "CLOSING"})
LEFT = frozenset({"CONTRACT", "PROVIDER_QUIT", "CLIENT_CHANGE"})
NOT_HANDING_OVER = frozenset({"STAYS", "CLOSED"})
REFERRED = frozenset({"SENT", "RECEIVED", "ACCEPTED", "SCHEDULED", "IN_PROGRESS", "COMPLETED"})


@dataclass(frozen=True)
class PlannedService:
    """A service of a plan: who delivers it where, and its state."""

    provider_id: UUID | None
    unit_id: UUID | None
    state: str


@dataclass(frozen=True)
class PlanCopy:
    """A plan at one version, as far as relationships follow from it."""

    plan_id: UUID
    operator_id: UUID
    operator_unit_id: UUID | None
    state: str
    services: tuple[PlannedService, ...]

    @property
    def over(self) -> bool:
        """Closed or cancelled."""
        return self.state in ENDED

    @property
    def consulting(self) -> bool:
        """Other providers may be asked about the draft or the review."""
        return self.state in CONSULTED


def ties_of_plan(plan: PlanCopy, held: Iterable[Tie]) -> frozenset[Tie]:
    """The operator's (RELATIONSHIP-3); those of the providers of services in force (RELATIONSHIP-5); and, while
    providers are consulted, theirs (RELATIONSHIP-4).

    Who is consulted in a review is told one by one, so those held stay as long as consulting goes on.
    """
    if plan.over:
        return frozenset()
    ties = {Tie(RelationshipKind.PLAN_OPERATOR, plan.operator_id, plan.operator_unit_id)}
    if plan.state in IN_FORCE:
        ties |= {
            Tie(RelationshipKind.PLAN_SERVICE, service.provider_id, service.unit_id)
            for service in plan.services
            if service.provider_id and service.state in SERVED
        }
    if plan.state == "CONSULTATION":
        asked = {service.provider_id for service in plan.services if service.provider_id} - {plan.operator_id}
        ties |= {Tie(RelationshipKind.CONSULTATION, provider) for provider in asked}
    if plan.consulting:
        ties |= {tie for tie in held if tie.kind is RelationshipKind.CONSULTATION}
    return frozenset(ties)


def ties_of_voucher(state: str, provider_id: UUID | None, unit_id: UUID | None) -> frozenset[Tie]:
    """The provider's, from the choice until it declines, is left, or all is claimed and settled (RELATIONSHIP-6)."""
    if provider_id is None or state not in AT_PROVIDER:
        return frozenset()
    return frozenset({Tie(RelationshipKind.VOUCHER, provider_id, unit_id)})


def ties_of_search(state: str, cause: str, handover_days: int, served: Tie | None) -> frozenset[Tie]:
    """The provider left, `served` as it was, while another is sought and it hands over, if its contract says so
    (PROCESS-C8, RELATIONSHIP-12).

    A provider that refused or declined has nothing to hand over; with one that stays the service goes on as it was.
    """
    if served is None or not handover_days or cause not in LEFT or state in NOT_HANDING_OVER:
        return frozenset()
    return frozenset({served})


def ties_of_referral(state: str, target_id: UUID) -> frozenset[Tie]:
    """The target's, from the sending until the loop is closed, or the client returned, or it was cancelled
    (RELATIONSHIP-7)."""
    return frozenset({Tie(RelationshipKind.REFERRAL, target_id)}) if state in REFERRED else frozenset()
